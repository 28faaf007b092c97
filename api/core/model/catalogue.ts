import type { AddOn } from "./add-on.ts";
import type { Assignment, LaunchType } from "./launch-type.ts";
import type { PriceBook } from "./price-book.ts";
import type { Problem } from "./problem.ts";
import type { Calendar } from "./scaling.ts";
import type { Workload } from "./workload.ts";

/** The code's own list of what can be priced. */
export interface Catalogue {
  readonly launchTypes: readonly LaunchType[];
  readonly addOns: readonly AddOn[];
  /** What the documents themselves say runs where. */
  configured(workload: Workload): ConfiguredAssignments;
  /** What is wrong with the request in the light of the price book (an instance type that its region does not have). */
  check(workload: Workload, book: PriceBook): readonly Problem[];
  /** When the scheduled actions of services happen. */
  readonly calendar: Calendar;
}

/** All that a calculation needs from outside the documents. */
export interface Market {
  readonly book: PriceBook;
  readonly catalogue: Catalogue;
}

export interface ConfiguredAssignments {
  readonly assignments: readonly Assignment[];
  readonly assumptions: readonly { readonly code: string; readonly text: string }[];
  readonly problems: readonly Problem[];
}
