import { Exact } from "../api/core/model/exact.ts";
import type { PriceUnit } from "../api/core/model/price-book.ts";
import type {
  ChangeCounts,
  KeptBack,
  NewPrice,
  PriceChanges,
  PriceMove,
  ReadPrice,
  RegionReading,
  SkuReading,
} from "./price-changes.ts";
import { startOf, tierKey } from "./price-tiers.ts";
import type { PriceInForce } from "./prices.ts";
import { doubts } from "./refuse-prices.ts";

/**
 * What a region's reading changes: rows to add for what is new or different, and for each SKU that is not to be trusted the reason why
 * nothing of it changes. What is the same makes no row. Observations of single Spot pools are not compared: they are history only.
 */
export function comparePrices(reading: RegionReading): PriceChanges {
  const changes: PriceChanges = { additions: [], counts: noChanges(), moves: [], refusals: [] };
  const held = Map.groupBy(reading.inForce, ({ sku }) => sku);
  const read = Map.groupBy(readPrices(reading), ({ sku }) => sku);
  const refused = reading.parts.flatMap((part) => part.refused);
  const refusedSkus = new Set(refused.flatMap(({ sku }) => sku ?? []));
  for (const { sku, name, message } of refused) {
    const what = sku === null ? `${name}: ` : "";
    changes.refusals.push({ code: "refused_record", region: reading.region, sku, message: what + message });
  }
  for (const [sku, rows] of [...read].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (refusedSkus.has(sku)) continue;
    const one = { sku, held: held.get(sku) ?? [], read: rows, reading };
    const reasons = doubts(one);
    if (reasons.length > 0) changes.refusals.push(...reasons);
    else compareSku(one, changes);
  }
  // Of a reserved term that is refused it is known only which instance type it is for.
  const isRefused = coveredBy([...refusedSkus].flatMap((sku) => [sku, `${sku}/*`]));
  const gone = vanished(reading, (sku) => read.has(sku) || isRefused(sku));
  changes.refusals.push(...gone);
  changes.counts.vanished = gone.length;
  return changes;
}

export function noChanges(): ChangeCounts {
  return { new: 0, changed: 0, unchanged: 0, confirmed: 0, vanished: 0 };
}

function readPrices({ parts }: RegionReading): ReadPrice[] {
  return parts.flatMap(({ live, prices }) =>
    prices.filter(({ status }) => status === null).map((row) => ({ ...row, live })),
  );
}

function compareSku(one: SkuReading, changes: PriceChanges): void {
  const tiers = new Map<string, ReadPrice>();
  for (const row of one.read) if (!tiers.has(tierKey(row))) tiers.set(tierKey(row), row);
  for (const [tier, row] of tiers) {
    const held = one.held.filter((other) => tierKey(other) === tier);
    if (isHistory(row, held)) addHistory(one, row, changes);
    else compareTier(one, { row, held }, changes);
  }
  for (const row of one.held) {
    // A list with other tiers than before takes all of the old ones' places.
    if (row.status === null && !tiers.has(tierKey(row))) changes.additions.push(withdrawal(one, row));
  }
}

/** Older than what is in force, from a source that does not claim to tell the present. */
function isHistory(row: ReadPrice, held: readonly PriceInForce[]): boolean {
  const [newest] = held;
  return !row.live && row.effectiveFrom !== null && row.effectiveFrom < (newest?.effectiveFrom ?? "");
}

function addHistory({ sku, reading }: SkuReading, row: ReadPrice, { additions, counts }: PriceChanges): void {
  const known = reading.history.some(
    (other) => other.sku === sku && tierKey(other) === tierKey(row) && other.effectiveFrom === row.effectiveFrom,
  );
  if (known) counts.unchanged++;
  else {
    counts.new++;
    additions.push(newPrice(row, reading.region, row.effectiveFrom));
  }
}

function compareTier(
  { reading }: SkuReading,
  { row, held }: { readonly row: ReadPrice; readonly held: readonly PriceInForce[] },
  { additions, counts, moves }: PriceChanges,
): void {
  const { region, today } = reading;
  const priced = held.filter(({ status }) => status === null);
  const [before] = priced;
  const same = before !== undefined && priced.every((other) => isSame(other, row));
  const doubtful =
    priced.some(({ flag, effectiveFrom }) => flag !== null || effectiveFrom === null) || isLater(row, before);
  if (before === undefined) counts.new++;
  else if (same) counts.unchanged++;
  else {
    counts.changed++;
    moves.push(move(region, before, row));
  }
  if (same && !doubtful) return;
  if (same) counts.confirmed++;
  additions.push(newPrice(row, region, startOf(row, held, today)));
}

/** Said anew of a later day, by a source that tells of days: no reading of its file confirms anything else. */
function isLater(row: ReadPrice, before: PriceInForce | undefined): boolean {
  return !row.live && (row.effectiveFrom ?? "") > (before?.effectiveFrom ?? "");
}

function isSame(held: PriceInForce, row: ReadPrice): boolean {
  const sameEnd =
    held.tierTo === null ? row.tierTo === null : row.tierTo !== null && new Exact(held.tierTo).eq(row.tierTo);
  return sameEnd && new Exact(held.price).eq(row.price);
}

function move(region: string, before: PriceInForce, { sku, unit, currency, tierFrom, price }: ReadPrice): PriceMove {
  const old = new Exact(before.price);
  const percent = old.isZero() ? null : new Exact(price).minus(old).div(old).times(100).toDecimalPlaces(1).toString();
  return { region, sku, tierFrom: tierFrom ?? "0", unit, currency, before: before.price, after: price, percent };
}

function newPrice({ live: _, ...row }: ReadPrice, region: string, effectiveFrom: string | null): NewPrice {
  // The unit is one of ours: `doubts` has looked.
  return { ...row, unit: row.unit as PriceUnit, region, effectiveFrom, flag: null };
}

/** That a tier has no price of its own any more, from the day on which the list's present ones begin. */
function withdrawal({ read, reading }: SkuReading, { snapshot: _, ...row }: PriceInForce): NewPrice {
  const [present] = read;
  const effectiveFrom =
    present === undefined ? reading.today : startOf(present, [{ ...row, snapshot: 0 }], reading.today);
  const { effectiveDate = reading.today, source = row.source } = present ?? {};
  return {
    ...row,
    region: reading.region,
    ...{ status: "withdrawn", flag: null, rateCode: null, effectiveDate, effectiveFrom, source },
    note: "The list has other tiers now.",
  };
}

function vanished({ inForce, parts, region }: RegionReading, isThere: (sku: string) => boolean): KeptBack[] {
  const covered = coveredBy(parts.flatMap(({ covers }) => covers));
  const gone = new Map<string, PriceInForce>();
  for (const row of inForce) {
    const ours = row.status === null && row.region === region && covered(row.sku) && !isThere(row.sku);
    if (ours && !gone.has(row.sku)) gone.set(row.sku, row);
  }
  return [...gone.values()].map(({ sku, price, unit, currency, effectiveDate }) => {
    const old = `${price} ${currency} per ${unit} (${effectiveDate})`;
    return { code: "vanished", region, sku, message: `The source lists no price any more; ${old} stays.` };
  });
}

/** Whether an SKU matches one of the patterns, in which `*` stands for anything but nothing. */
export function coveredBy(patterns: readonly string[]): (sku: string) => boolean {
  if (patterns.length === 0) return () => false;
  const escaped = patterns.map((pattern) => pattern.split("*").map(RegExp.escape).join(".+"));
  const any = new RegExp(`^(?:${escaped.join("|")})$`);
  return (sku) => any.test(sku);
}
