import type { Fraction } from "./fraction.ts";

/** What is counted; the smallest useful unit, so that counts are whole but for expected shares. */
export type UsageUnit =
  | "cpu-unit-second"
  | "MiB-second"
  | "instance-second"
  | "IOPS-second"
  | "MiBps-second"
  /** Of what is billed by the hour or month that it is there: a load balancer, an address, an alarm. */
  | "item-second"
  /** Capacity units of load balancers. */
  | "LCU-second"
  | "request"
  | "byte";

/** Metered usage of one SKU in one period. */
export interface Usage {
  readonly sku: string;
  /** Whose usage it is; null where services share it. */
  readonly service: string | null;
  readonly description: string;
  readonly quantity: Fraction;
  readonly unit: UsageUnit;
  /** Id of the launch type that bills it; absent: it comes with the whole of what runs. */
  readonly launchType?: string;
  /** The half-open period it falls in, in seconds from the start of the priced period, at an even rate. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}
