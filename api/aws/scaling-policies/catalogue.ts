import type { PolicyKind } from "./policy-kind.ts";
import { predictiveScaling } from "./predictive-scaling.ts";
import { stepScaling } from "./step-scaling.ts";
import { targetTracking } from "./target-tracking.ts";

/** Every kind of scaling policy there is. A kind is one file and its line here. */
export const policyKinds: readonly PolicyKind[] = [targetTracking, stepScaling, predictiveScaling];
