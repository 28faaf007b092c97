import { and, eq, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { Exact } from "../api/core/model/exact.ts";
import type { Price } from "../api/core/model/price-book.ts";
import type { Cite } from "./citations.ts";
import type { Database } from "./database.ts";
import { packedRows, type RowOf } from "./packed-rows.ts";
import { price } from "./schema.ts";

/** In place of a region: a source states one price for all regions. */
export const everywhere = "global";

/** Which prices: those of a region that are known at a snapshot and in force on a day. */
export interface PricesAt {
  readonly region: string;
  readonly snapshotNumber: number;
  /** A day (ISO); null: the newest prices known. Undated prices are in force on no particular day. */
  readonly asOf: string | null;
}

export interface CurrentPrices {
  readonly currency: string;
  readonly prices: Map<string, Price[]>;
}

/**
 * A region's prices in force: for each tier of each SKU the one that holds since the latest day, the latest snapshot deciding between
 * equals. What is still two different prices stays two, for rating to refuse. Null: the region has no prices.
 */
export async function readCurrentPrices(
  database: Database,
  where: PricesAt & { readonly cite: Cite },
): Promise<CurrentPrices | null> {
  if (where.region === everywhere) return null;
  const rows = (await readPricesInForce(database, where)).filter((row) => row.status === null);
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

/** A row of the price table that nothing newer has taken the place of, with what is withdrawn. */
export type PriceInForce = RowOf<typeof columns>;

/** Sorted by SKU, tier and source. `among`: a condition on the SKU. */
export function readPricesInForce(database: Database, where: PricesAt, among?: SQL): Promise<PriceInForce[]> {
  return readLatest(database, and(competing(where), among), sql`partition by`);
}

/** The same of each region by itself, among the rows of the condition. */
export function readEachRegion(database: Database, among: SQL | undefined): Promise<PriceInForce[]> {
  return readLatest(database, among, sql`partition by ${price.region},`);
}

async function readLatest(database: Database, among: SQL | undefined, partition: SQL): Promise<PriceInForce[]> {
  const rank = sql<number>`rank() over (${partition} ${price.sku}, coalesce(${price.tierFrom}, 0)
    order by ${price.effectiveFrom} desc nulls last, ${price.snapshot} desc)`;
  const ranked = database
    .select({ ...columns, rank: rank.as("rank") })
    .from(price)
    .where(among)
    .as("ranked");
  const packed = packedRows(columns, ranked);
  return packed.rows(await database.select(packed.selection).from(ranked).where(eq(ranked.rank, 1))).sort(bySkuAndTier);
}

/** The rows that the prices in force are chosen from. */
export function competing({ region, ...at }: PricesAt): SQL | undefined {
  return and(inArray(price.region, [region, everywhere]), known(at));
}

/** What a snapshot knows, with what is withdrawn. */
export function known({ snapshotNumber, asOf }: Omit<PricesAt, "region">): SQL | undefined {
  return and(
    lte(price.snapshot, snapshotNumber),
    or(isNull(price.status), eq(price.status, "withdrawn")),
    asOf === null ? undefined : lte(price.effectiveFrom, asOf),
  );
}

/** By code unit, since databases differ in how they sort text. */
function bySkuAndTier(a: PriceInForce, b: PriceInForce): number {
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
  status: price.status,
  flag: price.flag,
  tierFrom: price.tierFrom,
  tierTo: price.tierTo,
};

const zero = new Exact(0);

export function toPrice(row: PriceInForce, cite: Cite): Price {
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
function isSame(other: Price, row: PriceInForce): boolean {
  return (
    other.tierFrom.eq(row.tierFrom ?? 0) &&
    (row.tierTo === null ? other.tierTo === null : other.tierTo?.eq(row.tierTo) === true) &&
    other.unit === row.unit &&
    other.unitPrice.eq(row.price)
  );
}
