import type { Decimal } from "decimal.js";
import type { Charge } from "./model/charge.ts";
import type { PriceRange } from "./model/comparison.ts";
import { Exact } from "./model/exact.ts";
import type { PriceBook, PriceHistory } from "./model/price-book.ts";

/** What the charges would come to at the lowest, median and highest price seen of each SKU that moves; null: none of them moves. */
export function priceRange(charges: readonly Charge[], book: PriceBook): PriceRange | null {
  const histories = charges.flatMap((charge) => book.history?.get(charge.sku) ?? []);
  if (histories.length === 0) return null;
  const at = (pick: (history: PriceHistory) => Decimal) =>
    charges.reduce((sum, charge) => {
      const history = book.history?.get(charge.sku);
      return sum.plus(history === undefined ? charge.cost : ownCost(charge, pick(history)));
    }, new Exact(0));
  const days = histories.flatMap((history) => history.since ?? []).sort();
  return {
    low: at((history) => history.low),
    median: at((history) => history.median),
    high: at((history) => history.high),
    observations: Math.max(...histories.map((history) => history.observations)),
    since: days[0] ?? null,
  };
}

/** A discount of the user's holds for every price that is published. */
function ownCost({ quantity, price }: Charge, published: Decimal): Decimal {
  const listed = price.listUnitPrice ?? price.unitPrice;
  const share = listed.isZero() ? new Exact(1) : price.unitPrice.div(listed);
  return quantity.times(published).times(share).toDecimalPlaces(12, Exact.ROUND_HALF_EVEN);
}
