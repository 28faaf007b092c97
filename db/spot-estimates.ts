import { and, eq, lte } from "drizzle-orm";
import { Exact } from "../api/core/model/exact.ts";
import type { Price } from "../api/core/model/price-book.ts";
import type { Cite } from "./citations.ts";
import type { Database } from "./database.ts";
import { packedRows, type RowOf } from "./packed-rows.ts";
import type { CurrentPrices, PricesAt } from "./prices.ts";
import { spotAdvice } from "./schema.ts";

/**
 * Spot prices derived from the provider's advice, on-demand × (1 − savings / 100), for types that have advice and an on-demand price
 * but no observed Spot price. They are estimates, and say so.
 */
export function estimateSpotPrices(
  all: readonly Advice[],
  { known: { prices, currency }, cite }: { readonly known: CurrentPrices; readonly cite: Cite },
): Map<string, Price[]> {
  const estimates = new Map<string, Price[]>();
  for (const advice of all) {
    const sku = `ec2-spot/linux/${advice.instanceType}`;
    const onDemand = prices.get(`ec2/linux/${advice.instanceType}`);
    if (onDemand === undefined || prices.has(sku)) continue;
    const derived = { advice, adviceSource: cite(advice), currency };
    estimates.set(
      sku,
      onDemand.map((price) => derive(sku, price, derived)),
    );
  }
  return estimates;
}

const columns = {
  snapshot: spotAdvice.snapshot,
  instanceType: spotAdvice.instanceType,
  savingsPercent: spotAdvice.savingsPercent,
  effectiveDate: spotAdvice.effectiveDate,
  effectiveFrom: spotAdvice.effectiveFrom,
  source: spotAdvice.source,
};

export type Advice = RowOf<typeof columns>;

/** Oldest snapshot first, so that later advice on a type takes the place of earlier; of a day's, what had been given by then. */
export async function readAdvice(database: Database, where: PricesAt): Promise<Advice[]> {
  const packed = packedRows(columns);
  const selected = await database
    .select(packed.selection)
    .from(spotAdvice)
    .where(
      and(
        eq(spotAdvice.region, where.region),
        lte(spotAdvice.snapshot, where.snapshotNumber),
        where.asOf === null ? undefined : lte(spotAdvice.effectiveFrom, where.asOf),
      ),
    );
  return packed.rows(selected).sort((a, b) => a.snapshot - b.snapshot || (a.instanceType < b.instanceType ? -1 : 1));
}

function derive(sku: string, onDemand: Price, from: { advice: Advice; adviceSource: string; currency: string }): Price {
  const { advice, adviceSource, currency } = from;
  return {
    ...onDemand,
    sku,
    unitPrice: onDemand.unitPrice.times(new Exact(100).minus(advice.savingsPercent)).div(100),
    source:
      `Derived, not published: the on-demand price of ${onDemand.unitPrice} ${currency} (${onDemand.effectiveDate}; ` +
      `${onDemand.source}) less ${advice.savingsPercent} % (${adviceSource})`,
    rateCode: null,
    effectiveDate: advice.effectiveDate,
    effectiveFrom: advice.effectiveFrom,
    estimated: true,
  };
}
