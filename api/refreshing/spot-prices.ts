import type { StagedPrice } from "../../db/staged-part.ts";
import { Exact } from "../core/model/exact.ts";
import type { SpotRow } from "../price-sources/price-source.ts";

/**
 * One Spot price for each type: the median over the zones of what is in force in each. A region has no Spot price of its own, and
 * instances spread over its zones pay a mean of theirs.
 */
export function spotPrices(rows: readonly SpotRow[]): StagedPrice[] {
  return [...Map.groupBy(rows, ({ sku }) => sku)].map(([sku, all]) => {
    const zones = [...Map.groupBy(all, ({ zone }) => zone).values()].map(newest);
    const sorted = zones.toSorted((a, b) => new Exact(a.unitPrice).comparedTo(b.unitPrice));
    const [low, high] = [sorted[0], sorted.at(-1)];
    const last = zones.reduce((a, b) => (b.observedAt > a.observedAt ? b : a));
    const { unit, currency, observedAt, source } = last;
    return {
      ...{ sku, unit, price: median(sorted), currency, tierFrom: "0", tierTo: null, rateCode: null, status: null },
      ...{ effectiveDate: observedAt, effectiveFrom: observedAt.slice(0, 10), source },
      note: `median of ${zones.length} zones, ${low?.unitPrice} to ${high?.unitPrice}`,
    };
  });
}

/** In force now; of two products with one moment the dearer. */
function newest(rows: readonly SpotRow[]): SpotRow {
  return rows.reduce((a, b) => {
    if (a.observedAt !== b.observedAt) return b.observedAt > a.observedAt ? b : a;
    return new Exact(b.unitPrice).gt(a.unitPrice) ? b : a;
  });
}

function median(sorted: readonly SpotRow[]): string {
  const half = (sorted.length - 1) / 2;
  const [lower, upper] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]];
  return new Exact(lower?.unitPrice ?? 0)
    .plus(upper?.unitPrice ?? 0)
    .div(2)
    .toFixed();
}
