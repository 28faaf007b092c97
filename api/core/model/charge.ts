import type { Decimal } from "decimal.js";
import type { Price } from "./price-book.ts";

/** Rated usage: quantity × unit price. One line of an answer. */
export interface Charge {
  readonly service: string | null;
  /** Id of the launch type that bills it; null: it comes with the whole of what runs. */
  readonly launchType: string | null;
  readonly sku: string;
  readonly description: string;
  /** In the price's unit, to at least 30 digits. */
  readonly quantity: Decimal;
  readonly price: Price;
  readonly cost: Decimal;
  /** At the published price; the same as `cost` without a rate card. Both rounded half-even to 12 decimals. */
  readonly listCost: Decimal;
  /** When in the period its usage was, as `Usage` tells; left out: in all of it. */
  readonly startSeconds?: number;
  readonly endSeconds?: number;
}
