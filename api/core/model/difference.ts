import type { Decimal } from "decimal.js";

/** What one comparison says and what another does. */
export interface Sides<T> {
  readonly was: T;
  readonly is: T;
}

/**
 * Why an amount is another:
 * - `price`: the same SKU has another unit price (a price list, a rate card, a region, an estimate);
 * - `count`: more or fewer task-hours: services that came or went, other counts, other scaling;
 * - `shape`: a task takes more or less, or is of another architecture or operating system;
 * - `launch-type`: tasks went from one launch type to another within the option;
 * - `packing`: instances cost more or less than the four above say: other types, more or less idle room;
 * - `period`: other hours are priced;
 * - `usage`: quantities that come with the whole (traffic, logs, load balancers), and what an old comparison does not explain.
 */
export const causes = ["price", "count", "shape", "launch-type", "packing", "period", "usage"] as const;
export type Cause = (typeof causes)[number];

/** One comparison beside another: what is another amount, and why. */
export interface Difference {
  readonly ids: Sides<string>;
  readonly currency: string;
  /** What was asked or taken differently, in words. */
  readonly inputs: readonly (Sides<string> & { readonly name: string })[];
  readonly cheapest: Sides<string | null>;
  readonly recommended: Sides<string | null>;
  /** In the order of the second, then those that only the first has. */
  readonly options: readonly OptionDifference[];
}

export type OptionState = "priced" | "not-feasible" | "absent";

export interface OptionDifference {
  readonly id: string;
  readonly label: string;
  readonly state: Sides<OptionState>;
  /** Null where it is not priced. */
  readonly total: Sides<Decimal | null>;
  /** Sums to the difference exactly; the largest first. Empty where one of the two is not priced. */
  readonly causes: readonly CauseOfDifference[];
  /** As shown, in cents. */
  readonly services: readonly (Sides<Decimal> & { readonly service: string | null })[];
  /** Tasks that are others in size or number, and cost as much as before. */
  readonly withoutCost: readonly FreeChange[];
}

export interface CauseOfDifference {
  readonly cause: Cause;
  readonly amount: Decimal;
  /** Sums to the amount exactly; the largest first. */
  readonly lines: readonly DifferenceLine[];
}

export interface DifferenceLine {
  readonly cause: Cause;
  /** Null: shared by services. */
  readonly service: string | null;
  readonly launchType: string | null;
  readonly sku: string | null;
  readonly description: string;
  /** Of what `was` and `is` count. */
  readonly unit: string;
  /** Null: nothing to set side by side. */
  readonly measured: Sides<Decimal> | null;
  readonly amount: Decimal;
}

export interface FreeChange extends Sides<string> {
  readonly service: string;
  readonly launchType: string;
  readonly what: "count" | "shape";
}
