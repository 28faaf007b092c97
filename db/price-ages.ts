import { and, inArray } from "drizzle-orm";
import type { Database } from "./database.ts";
import { tierKey } from "./price-tiers.ts";
import { competing } from "./prices.ts";
import { readConfirmations } from "./readings.ts";
import { price } from "./schema.ts";
import { findSnapshot } from "./snapshots.ts";

/** A price that an answer was made with, as its line names it. */
export interface UsedPrice {
  readonly sku: string;
  /** As the source words it. */
  readonly effectiveDate: string;
  /** Derived from the provider's advice on Spot, not published. */
  readonly estimated: boolean;
}

/**
 * The oldest day (ISO) on which one of the prices was last known to hold: its own day, or the later one on which a refresh found it
 * unchanged. What was found of a later price confirms no earlier one. Null: none of them has a day.
 */
export async function oldestKnownDay(
  database: Database,
  {
    region,
    snapshot,
    used,
  }: { readonly region: string; readonly snapshot: string; readonly used: readonly UsedPrice[] },
): Promise<string | null> {
  const found = await findSnapshot(database, snapshot);
  if (found === null) return null;
  const at = { region, snapshotNumber: found.number, asOf: null };
  const held = await datesHeld(database, at, [...new Set(used.map(({ sku }) => sku))]);
  const confirmedOn = await readConfirmations(database, at);
  const days = used.flatMap(({ sku, effectiveDate, estimated }) => {
    if (estimated) return latest(isoDay(effectiveDate), confirmedOn(`spot-advice/${sku}`)) ?? [];
    const rows = held.get(sku) ?? [];
    const own = rows.filter((row) => row.effectiveDate === effectiveDate);
    const confirmed = own.some((row) => inForce(rows, row)) ? confirmedOn(sku) : null;
    return own.reduce((day, row) => latest(day, row.effectiveFrom), confirmed) ?? [];
  });
  return days.sort()[0] ?? null;
}

interface DatedRow {
  readonly sku: string;
  readonly tierFrom: string | null;
  readonly effectiveDate: string;
  readonly effectiveFrom: string | null;
}

async function datesHeld(
  database: Database,
  at: Parameters<typeof competing>[0],
  skus: readonly string[],
): Promise<Map<string, DatedRow[]>> {
  if (skus.length === 0) return new Map();
  const { sku, tierFrom, effectiveDate, effectiveFrom } = price;
  const rows = await database
    .select({ sku, tierFrom, effectiveDate, effectiveFrom })
    .from(price)
    .where(and(competing(at), inArray(sku, skus)));
  return Map.groupBy(rows, (row) => row.sku);
}

/** None of its tier is of a later day. */
function inForce(rows: readonly DatedRow[], row: DatedRow): boolean {
  return rows.every(
    (other) => tierKey(other) !== tierKey(row) || (other.effectiveFrom ?? "") <= (row.effectiveFrom ?? ""),
  );
}

function latest(one: string | null, other: string | null): string | null {
  return (one ?? "") > (other ?? "") ? one : other;
}

function isoDay(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? null;
}
