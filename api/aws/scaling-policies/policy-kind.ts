import type { Problem } from "../../core/model/problem.ts";
import type { ScalingPolicy } from "../../core/model/scaling.ts";
import type { MetricAlarm } from "../documents/metric-alarm.ts";
import type { ScalingModel } from "../documents/scaling-model.ts";

/** One kind of scaling policy: a file each beside this one, and a line in the catalogue. */
export interface PolicyKind {
  /** As PutScalingPolicy has it. */
  readonly policyType: string;
  readonly reference: string;
  /** The field of the policy that holds what this kind reads. */
  readonly configuration: string;
  read(policy: PolicyDocument): PolicyReading;
  /** A policy as people hand it in. */
  readonly example: unknown;
}

/** A policy and what goes with it. */
export interface PolicyDocument {
  readonly name: string;
  readonly path: string;
  readonly configuration: unknown;
  /** Those that trigger it. */
  readonly alarms: readonly MetricAlarm[];
  readonly model: ScalingModel;
}

export interface PolicyReading {
  readonly policies: readonly ScalingPolicy[];
  readonly problems: readonly Problem[];
}

/** 180 s for metrics of a minute and longer, 20 s for shorter ones, unless the model says. */
export function publicationDelay(model: ScalingModel, periodSeconds: number): number {
  return model.publicationDelaySeconds ?? (periodSeconds < 60 ? 20 : 180);
}
