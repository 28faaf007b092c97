import { Decimal } from "decimal.js";
import type { PriceRow, RefusalReason, RefusedRow, SourceRow } from "./price-source.ts";

/** What a part of a source turns out to hold, in whatever order it comes. */
export interface Gathering {
  /** By region and SKU: the rows, packed, one a line. A region has tens of thousands, and objects take five times the memory. */
  readonly prices: Map<string, string>;
  /** Of the rows: they are few, and long. */
  readonly sources: string[];
  readonly refused: Map<string, RefusedSoFar>;
}

export interface Refusal {
  readonly reason: RefusalReason;
  readonly name: string;
  readonly message: string;
  readonly region: string | null;
  readonly sku: string | null;
  /** The provider's id of what is refused. */
  readonly id: string;
  readonly source: string;
}

interface RefusedSoFar {
  readonly refusal: Refusal;
  /** Of the ids, so that a product that comes twice counts once. A number each, since there are hundreds of thousands. */
  readonly hashes: Set<number>;
  readonly examples: string[];
}

const examplesMax = 5;

export function startGathering(): Gathering {
  return { prices: new Map(), sources: [], refused: new Map() };
}

/** The same rate seen twice is one row; another price for the same tier is kept until `settle` refuses both. */
export function addPrice(gathering: Gathering, row: PriceRow): void {
  const key = `${row.region} ${row.sku}`;
  const packed = pack(gathering, row);
  const seen = gathering.prices.get(key);
  if (seen === undefined) gathering.prices.set(key, packed);
  else if (!seen.split("\n").includes(packed)) gathering.prices.set(key, `${seen}\n${packed}`);
}

/** Products refused for one reason and under one name are counted together, each of the provider's ids once. */
export function refuse(gathering: Gathering, refusal: Refusal): void {
  const { reason, region, name, sku, message, id } = refusal;
  const key = JSON.stringify([reason, region, name, sku, message]);
  const seen = gathering.refused.get(key) ?? { refusal, hashes: new Set(), examples: [] };
  gathering.refused.set(key, seen);
  seen.hashes.add(hash(id));
  if (seen.examples.includes(id)) return;
  seen.examples.push(id);
  if (seen.examples.length > examplesMax) seen.examples.sort().pop();
}

/** All rows, sorted: first the prices that are certain, then what is refused, with every two prices for one tier. */
export function* settle(gathering: Gathering): Generator<SourceRow> {
  for (const key of [...gathering.prices.keys()].sort()) {
    const rows = oncePerTier(unpack(gathering, key));
    if (hasOneReading(rows)) yield* rows;
    else for (const row of rows) refuse(gathering, ambiguous(row, rows));
  }
  const refused = [...gathering.refused.values()].map(refusedRow);
  yield* refused.sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

function pack({ sources }: Gathering, row: PriceRow): string {
  const { kind: _, region: __, sku: ___, source, ...rest } = row;
  if (sources.at(-1) !== source && !sources.includes(source)) sources.push(source);
  return JSON.stringify([sources.indexOf(source), ...packed.map((name) => rest[name])]);
}

function unpack({ prices, sources }: Gathering, key: string): PriceRow[] {
  const [region = "", sku = ""] = key.split(" ");
  return (prices.get(key) ?? "").split("\n").map((line) => {
    const [source, ...values] = JSON.parse(line) as [number, ...unknown[]];
    const rest = Object.fromEntries(packed.map((name, i) => [name, values[i]])) as unknown as Packed;
    return { kind: "price", region, sku, ...rest, source: sources[source] ?? "" };
  });
}

type Packed = Omit<PriceRow, "kind" | "region" | "sku" | "source">;
const packed = [
  ...["unit", "unitPrice", "currency", "tierFrom", "tierTo"],
  ...["effectiveDate", "effectiveFrom", "rateCode", "note"],
] as readonly (keyof Packed)[];

function sameNumbers(one: PriceRow, other: PriceRow): boolean {
  return one.unitPrice === other.unitPrice && one.tierFrom === other.tierFrom && one.tierTo === other.tierTo;
}

/** By tier. Rates that agree in every number are one price, and which rate code names it must not depend on their order. */
function oncePerTier(rows: readonly PriceRow[]): PriceRow[] {
  const sorted = rows.toSorted(
    (a, b) => new Decimal(a.tierFrom).comparedTo(b.tierFrom) || compareText(a.rateCode ?? "", b.rateCode ?? ""),
  );
  return sorted.filter((row, i) => !sorted.slice(0, i).some((before) => sameNumbers(before, row)));
}

/** One price per tier, and no tier reaching into the next. */
function hasOneReading(rows: readonly PriceRow[]): boolean {
  return rows.every((row, i) => {
    const next = rows[i + 1];
    return next === undefined || (row.tierTo !== null && new Decimal(row.tierTo).lte(next.tierFrom));
  });
}

function ambiguous(row: PriceRow, rows: readonly PriceRow[]): Refusal {
  const all = rows.map(
    (each) =>
      `${each.unitPrice} ${each.currency} from ${each.tierFrom} to ${each.tierTo ?? "∞"} (${each.rateCode ?? "no rate code"})`,
  );
  return {
    reason: "ambiguous",
    name: row.sku,
    message: `Prices that contradict each other: ${all.sort().join("; ")}.`,
    region: row.region,
    sku: row.sku,
    id: row.rateCode ?? row.unitPrice,
    source: row.source,
  };
}

function refusedRow({ refusal, hashes, examples }: RefusedSoFar): RefusedRow {
  const { id: _, ...rest } = refusal;
  return { kind: "refused", ...rest, count: hashes.size, examples: examples.sort() };
}

function sortKey({ region, reason, name, message, sku }: RefusedRow): string {
  return JSON.stringify([region, reason, name, sku, message]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** 30 bits, FNV-1a: small enough a number to take no memory of its own. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 2;
}
