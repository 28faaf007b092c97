import { and, eq, inArray, like, type SQL, sql } from "drizzle-orm";
import type { Interruption, PriceHistory, PriceUnit } from "../api/core/model/price-book.ts";
import type { Result } from "../api/core/model/problem.ts";
import { readCitations } from "./citations.ts";
import type { Database } from "./database.ts";
import { missingPrices } from "./missing-prices.ts";
import type { PriceQuestion } from "./price-book.ts";
import { competing, everywhere, type PriceInForce, type PricesAt, readPricesInForce } from "./prices.ts";
import { readConfirmations } from "./readings.ts";
import { price } from "./schema.ts";
import { askedSnapshot, snapshotIds } from "./snapshots.ts";
import { isSpot, readInterruptions, readSpotHistory } from "./spot-history.ts";

/** A page of a region's prices. */
export interface PriceList {
  readonly region: string;
  readonly currency: string;
  readonly asOf: string | null;
  readonly snapshot: string;
  /** By SKU and tier. Two prices for one tier are both there: nothing can be priced with them. */
  readonly prices: readonly ListedPrice[];
  /** The last SKU of the page, where there are more; null: there are none. */
  readonly last: string | null;
}

export interface ListedPrice {
  readonly sku: string;
  /** `global` where the source states one price for all regions. */
  readonly region: string;
  readonly unit: PriceUnit;
  readonly unitPrice: string;
  readonly currency: string;
  readonly tierFrom: string;
  readonly tierTo: string | null;
  readonly effectiveDate: string;
  readonly effectiveFrom: string | null;
  /** The last day on which its source was read and still said so; null: not since it was loaded. */
  readonly confirmedOn: string | null;
  readonly source: string;
  readonly rateCode: string | null;
  readonly flag: string | null;
  /** Of a Spot price, what it was over the observations held; null: it is none. */
  readonly history: ListedHistory | null;
  /** Of an EC2 Spot price, how often instances of the type were lately taken back; null: it is none, or nobody says. */
  readonly interruption: Interruption | null;
  /** Id of the snapshot that it came with. */
  readonly snapshot: string;
}

/** `PriceHistory` in decimal strings. */
export interface ListedHistory {
  readonly low: string;
  readonly median: string;
  readonly high: string;
  readonly observations: number;
  /** Day of the first one (ISO). */
  readonly since: string | null;
}

export interface PriceListQuestion extends PriceQuestion {
  /** An SKU, or with `*` at its end what it begins with; null: all. */
  readonly sku: string | null;
  /** SKUs after this one only. */
  readonly after: string | null;
  /** Of SKUs. */
  readonly limit: number;
}

/** Published and observed prices, a page at a time; no derived ones. Problems as of `readPriceBook`. */
export async function listPrices(database: Database, asked: PriceListQuestion): Promise<Result<PriceList>> {
  const { region, asOf = null } = asked;
  const found = await askedSnapshot(database, asked.snapshot ?? null);
  if (!found.ok) return found;
  const at = { region, asOf, snapshotNumber: found.value.number };
  const currency = region === everywhere ? null : await currencyOf(database, at);
  if (currency === null) return { ok: false, problems: [await missingPrices(database, at)] };
  const skus = await readSkus(database, at, asked);
  const page = skus.slice(0, asked.limit);
  const among = inArray(price.sku, page);
  const rows = page.length === 0 ? [] : await readPricesInForce(database, at, among);
  const shown = rows.filter((row) => row.status === null && row.currency === currency);
  const prices = await describe(database, shown, at);
  const last = skus.length > page.length ? (page.at(-1) ?? null) : null;
  return { ok: true, value: { region, currency, asOf, snapshot: found.value.id, prices, last } };
}

async function currencyOf(database: Database, at: PricesAt): Promise<string | null> {
  const own = and(competing(at), eq(price.region, at.region));
  const [found] = await database.select({ currency: price.currency }).from(price).where(own).limit(1);
  return found?.currency ?? null;
}

/** By code unit, one more than asked for, so that it is known whether there are more. */
async function readSkus(database: Database, at: PricesAt, asked: PriceListQuestion): Promise<string[]> {
  const sorted = sql`${price.sku} collate "C"`;
  const later = asked.after === null ? undefined : sql`${sorted} > ${asked.after}`;
  const rows = await database
    .select({ sku: price.sku })
    .from(price)
    .where(and(competing(at), matching(asked.sku), later))
    .groupBy(price.sku)
    .orderBy(sorted)
    .limit(asked.limit + 1);
  return rows.map(({ sku }) => sku);
}

function matching(sku: string | null): SQL | undefined {
  if (sku === null) return undefined;
  if (!sku.endsWith("*")) return eq(price.sku, sku);
  return like(price.sku, `${sku.slice(0, -1).replace(/[\\%_]/g, "\\$&")}%`);
}

async function describe(database: Database, rows: readonly PriceInForce[], at: PricesAt): Promise<ListedPrice[]> {
  const cite = await readCitations(database, at.snapshotNumber);
  const confirmedOn = await readConfirmations(database, at);
  const ids = await snapshotIds(database);
  const spot = rows.filter(({ sku }) => isSpot(sku)).map(({ sku }) => sku);
  const history = spot.length === 0 ? new Map<string, PriceHistory>() : await readSpotHistory(database, at, spot);
  const interruptions = spot.length === 0 ? new Map<string, Interruption>() : await readInterruptions(database, at);
  return rows.map((row) => ({
    ...{ sku: row.sku, region: row.region, unit: row.unit, unitPrice: row.price, currency: row.currency },
    ...{ tierFrom: row.tierFrom ?? "0", tierTo: row.tierTo },
    ...{ effectiveDate: row.effectiveDate, effectiveFrom: row.effectiveFrom, confirmedOn: confirmedOn(row.sku) },
    ...{ source: cite(row), rateCode: row.rateCode, flag: row.flag, snapshot: ids.get(row.snapshot) ?? "" },
    history: listed(history.get(row.sku)),
    interruption: interruptions.get(/^ec2-spot\/.*\/(.+)$/.exec(row.sku)?.[1] ?? "") ?? null,
  }));
}

function listed(history: PriceHistory | undefined): ListedHistory | null {
  if (history === undefined) return null;
  const { low, median, high, observations, since } = history;
  return { low: low.toFixed(), median: median.toFixed(), high: high.toFixed(), observations, since };
}
