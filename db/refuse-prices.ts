import { Exact } from "../api/core/model/exact.ts";
import { priceUnits } from "../api/core/model/price-book.ts";
import type { KeptBack, KeptBackCode, ReadPrice, SkuReading } from "./price-changes.ts";
import { tierKey } from "./price-tiers.ts";
import type { PriceInForce } from "./prices.ts";

/** Every reason not to believe what was read of an SKU; none: it may take the place of what is held. */
export function doubts(one: SkuReading): KeptBack[] {
  const refuse = (code: KeptBackCode, message: string): KeptBack => ({
    ...{ code, region: one.reading.region, sku: one.sku },
    message: `${message} ${old(one.held)}`,
  });
  const all = [...badUnits(one), ...contradictions(one), ...badCurrencies(one), ...tooEarly(one)];
  // Of prices that cannot be compared, the ratio says nothing.
  return (all.length > 0 ? all : jumps(one)).map(([code, message]) => refuse(code, message));
}

type Doubt = readonly [code: KeptBackCode, message: string];

function badUnits({ read, held }: SkuReading): Doubt[] {
  const units = new Set(read.map(({ unit }) => unit));
  const known: readonly string[] = priceUnits;
  const unknown = [...units].filter((unit) => !known.includes(unit));
  if (unknown.length > 0) return [["unknown_unit", `The unit ${unknown.join(", ")} is not known.`]];
  const before = held.find(({ unit }) => !units.has(unit));
  if (units.size > 1) return [["two_prices", `It is priced per ${[...units].sort().join(" and per ")}.`]];
  return before === undefined ? [] : [["unit_changed", `The unit ${before.unit} has become ${[...units].join()}.`]];
}

function badCurrencies({ read, held, reading }: SkuReading): Doubt[] {
  const found = new Set(read.map(({ currency }) => currency));
  // An SKU that is new is measured by its region.
  const neighbour = reading.inForce.find(({ region }) => region === reading.region);
  const like = held.length > 0 || neighbour === undefined ? held : [neighbour];
  const before = like.find(({ currency }) => !found.has(currency)) ?? null;
  const now = [...found].sort().join(" and ");
  if (before !== null) return [["currency_changed", `The currency ${before.currency} has become ${now}.`]];
  return found.size > 1 ? [["currency_changed", `It is priced in ${now}.`]] : [];
}

/** Two prices for one tier, or tiers that reach into each other. */
function contradictions({ read, reading }: SkuReading): Doubt[] {
  const told = (row: ReadPrice) => `${row.price} ${row.currency} from ${row.tierFrom ?? 0} to ${row.tierTo ?? "∞"}`;
  const sorted = read.toSorted((a, b) => new Exact(a.tierFrom ?? 0).comparedTo(b.tierFrom ?? 0));
  for (const [at, row] of sorted.entries()) {
    const next = sorted[at + 1];
    if (next === undefined) continue;
    const apart = row.tierTo !== null && new Exact(row.tierTo).lte(next.tierFrom ?? 0);
    if (!apart && !isOnePrice(row, next)) {
      return [["two_prices", `Prices that contradict each other: ${told(row)} and ${told(next)}.`]];
    }
  }
  for (const row of read.filter(({ live }) => !live)) {
    const other = reading.history.find(
      (held) => held.sku === row.sku && tierKey(held) === tierKey(row) && held.effectiveFrom === row.effectiveFrom,
    );
    if (other !== undefined && !new Exact(other.price).eq(row.price)) {
      return [["two_prices", `For ${row.effectiveFrom} ${row.price} was read, and ${other.price} is held.`]];
    }
  }
  return [];
}

function isOnePrice(one: ReadPrice, other: ReadPrice): boolean {
  const sameEnd = one.tierTo === null ? other.tierTo === null : new Exact(one.tierTo).eq(other.tierTo ?? -1);
  return sameEnd && tierKey(one) === tierKey(other) && new Exact(one.price).eq(other.price);
}

/** Prices in force are chosen by their day, so one of the future would be taken for today's. */
function tooEarly({ read, reading }: SkuReading): Doubt[] {
  const row = read.find(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom > reading.today);
  if (row === undefined) return [];
  return [["not_yet_in_force", `${row.price} ${row.currency} is in force from ${row.effectiveFrom} on only.`]];
}

function jumps({ read, held, reading: { maxRatio } }: SkuReading): Doubt[] {
  for (const row of read) {
    const before = held.find((other) => other.status === null && tierKey(other) === tierKey(row));
    if (before === undefined) continue;
    const [small, large] = [new Exact(before.price), new Exact(row.price)].sort((a, b) => a.comparedTo(b));
    if (small === undefined || large === undefined || large.lte(small.times(maxRatio))) continue;
    const way = `If that is right, allow it with a ratio above ${maxRatio}.`;
    return [["jump", `${before.price} would become ${row.price} ${row.currency}. ${way}`]];
  }
  return [];
}

function old(held: readonly PriceInForce[]): string {
  const prices = held.filter(({ status }) => status === null);
  if (prices.length === 0) return "It stays without a price.";
  const all = prices.map(({ price, currency, unit }) => `${price} ${currency} per ${unit}`);
  return `${all.join(", ")} (${prices[0]?.effectiveDate}) ${prices.length === 1 ? "stays" : "stay"}.`;
}
