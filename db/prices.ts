import { and, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import { Exact } from "../api/core/model/exact.ts";
import type { Price } from "../api/core/model/price-book.ts";
import type { Cite } from "./citations.ts";
import type { Database } from "./database.ts";
import { jsonRows, type RowOf } from "./json-rows.ts";
import { price } from "./schema.ts";

/** In place of a region: a source states one price for all regions. */
export const everywhere = "global";

export interface CurrentPrices {
  readonly currency: string;
  readonly prices: Map<string, Price[]>;
}

/**
 * A region's current prices as known at the snapshot with this number: for each tier of each SKU the one that holds since the latest
 * day, the latest snapshot deciding between equals. What is still two different prices stays two, for rating to refuse.
 * Null: the region has no prices.
 */
export async function readCurrentPrices(
  database: Database,
  where: { readonly region: string; readonly snapshotNumber: number; readonly cite: Cite },
): Promise<CurrentPrices | null> {
  if (where.region === everywhere) return null;
  const rows = await currentRows(database, where);
  const currencies = new Set(rows.filter((row) => row.region === where.region).map((row) => row.currency));
  const [currency] = currencies;
  if (currency === undefined) return null;
  if (currencies.size > 1) throw new Error(`Prices of ${where.region} are in ${[...currencies].join(" and ")}`);
  const prices = new Map<string, Price[]>();
  for (const row of rows) {
    if (row.currency !== currency) continue;
    const known = prices.get(row.sku);
    if (known === undefined) prices.set(row.sku, [toPrice(row, where.cite)]);
    else if (!known.some((other) => isSame(other, row))) known.push(toPrice(row, where.cite));
  }
  return { currency, prices };
}

async function currentRows(
  database: Database,
  where: { region: string; snapshotNumber: number },
): Promise<RowOf<typeof columns>[]> {
  const ranked = database
    .select({ ...columns, rank: rank.as("rank") })
    .from(price)
    .where(
      and(
        inArray(price.region, [where.region, everywhere]),
        lte(price.snapshot, where.snapshotNumber),
        isNull(price.status),
      ),
    )
    .as("ranked");
  const json = jsonRows(columns, ranked);
  return json.rows(await database.select(json.selection).from(ranked).where(eq(ranked.rank, 1))).sort(bySkuAndTier);
}

/** By code unit, since databases differ in how they sort text. */
function bySkuAndTier(a: PriceRow, b: PriceRow): number {
  if (a.sku !== b.sku) return a.sku < b.sku ? -1 : 1;
  const tiers = Number(a.tierFrom) - Number(b.tierFrom);
  if (tiers !== 0) return tiers;
  return a.source < b.source ? -1 : 1;
}

const columns = {
  snapshot: price.snapshot,
  region: price.region,
  sku: price.sku,
  unit: price.unit,
  price: price.price,
  currency: price.currency,
  effectiveDate: price.effectiveDate,
  effectiveFrom: price.effectiveFrom,
  source: price.source,
  rateCode: price.rateCode,
  flag: price.flag,
  tierFrom: price.tierFrom,
  tierTo: price.tierTo,
};

type PriceRow = RowOf<typeof columns>;

const rank = sql<number>`rank() over (
  partition by ${price.sku}, ${price.tierFrom}
  order by ${price.effectiveFrom} desc nulls last, ${price.snapshot} desc)`;

const zero = new Exact(0);

function toPrice(row: PriceRow, cite: Cite): Price {
  return {
    sku: row.sku,
    unit: row.unit,
    unitPrice: new Exact(row.price),
    tierFrom: row.tierFrom === null ? zero : new Exact(row.tierFrom),
    tierTo: row.tierTo === null ? null : new Exact(row.tierTo),
    source: cite(row),
    rateCode: row.rateCode,
    effectiveDate: row.effectiveDate,
    effectiveFrom: row.effectiveFrom,
    estimated: false,
    flag: row.flag,
  };
}

/** Two sources that agree are one price. */
function isSame(other: Price, row: PriceRow): boolean {
  return (
    other.tierFrom.eq(row.tierFrom ?? 0) &&
    (row.tierTo === null ? other.tierTo === null : other.tierTo?.eq(row.tierTo) === true) &&
    other.unit === row.unit &&
    other.unitPrice.eq(row.price)
  );
}
