import type { Fraction } from "./model/fraction.ts";
import type { Admission } from "./model/launch-type.ts";
import type { Service } from "./model/workload.ts";

/** A service on a launch type: what that says of it, and which share of its tasks runs there. */
export interface PlannedTask {
  readonly service: Service;
  readonly admission: Admission;
  readonly share: Fraction;
}
