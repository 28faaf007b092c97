import type { Decimal } from "decimal.js";
import { and, eq, inArray, isNull, like, lte, notInArray, or } from "drizzle-orm";
import { Exact } from "../api/core/model/exact.ts";
import type { Interruption, PriceHistory } from "../api/core/model/price-book.ts";
import type { Database } from "./database.ts";
import type { PricesAt } from "./prices.ts";
import { price, spotAdvice } from "./schema.ts";

/**
 * Lowest, median and highest of every Spot price that is held for the region, by SKU; contradicted ones do not count. `skus`: of these
 * only.
 */
export async function readSpotHistory(
  database: Database,
  where: PricesAt,
  skus?: readonly string[],
): Promise<Map<string, PriceHistory>> {
  const rows = await database
    .selectDistinct({ sku: price.sku, price: price.price, day: price.effectiveFrom })
    .from(price)
    .where(
      and(
        eq(price.region, where.region),
        lte(price.snapshot, where.snapshotNumber),
        where.asOf === null ? undefined : lte(price.effectiveFrom, where.asOf),
        or(...spotPrefixes.map((prefix) => like(price.sku, `${prefix}%`))),
        skus === undefined ? undefined : inArray(price.sku, [...skus]),
        or(isNull(price.status), notInArray(price.status, ["conflicting", "withdrawn"])),
      ),
    );
  const history = new Map<string, PriceHistory>();
  for (const [sku, seen] of Map.groupBy(rows, (row) => row.sku)) {
    const amounts = seen.map((row) => new Exact(row.price)).sort((a, b) => a.comparedTo(b));
    const days = seen.flatMap((row) => row.day ?? []).sort();
    const [low = new Exact(0)] = amounts;
    const high = amounts.at(-1) ?? low;
    history.set(sku, { low, median: median(amounts), high, observations: seen.length, since: days[0] ?? null });
  }
  return history;
}

const spotPrefixes = ["ec2-spot/", "fargate-spot/"];

/** Whether its price moves, so that a history of it is of use. */
export function isSpot(sku: string): boolean {
  return spotPrefixes.some((prefix) => sku.startsWith(prefix));
}

function median(sorted: readonly Decimal[]): Decimal {
  const half = Math.floor((sorted.length - 1) / 2);
  const lower = sorted[half] ?? new Exact(0);
  const upper = sorted[Math.ceil((sorted.length - 1) / 2)] ?? lower;
  return new Exact(lower).plus(upper).div(2);
}

/** How often Spot instances of each type were lately taken back, as the provider advises. */
export async function readInterruptions(database: Database, where: PricesAt): Promise<Map<string, Interruption>> {
  const rows = await database
    .select({ type: spotAdvice.instanceType, band: spotAdvice.interruptionBand, asOf: spotAdvice.effectiveDate })
    .from(spotAdvice)
    .where(and(eq(spotAdvice.region, where.region), lte(spotAdvice.snapshot, where.snapshotNumber)))
    .orderBy(spotAdvice.snapshot);
  return new Map(rows.map(({ type, band, asOf }) => [type, { band, asOf }]));
}
