import { and, eq, inArray, lte } from "drizzle-orm";
import type { Database } from "./database.ts";
import { tierKey } from "./price-tiers.ts";
import { competing } from "./prices.ts";
import { readConfirmations } from "./readings.ts";
import { price, spotAdvice } from "./schema.ts";
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
  const named = used.map(({ sku, effectiveDate, estimated }) => ({
    sku: estimated ? adviceOn(sku) : sku,
    effectiveDate,
  }));
  const held = await datesHeld(database, at, [...new Set(named.map(({ sku }) => sku))]);
  const confirmedOn = await readConfirmations(database, at);
  const days = named.flatMap(({ sku, effectiveDate }) => {
    const rows = held.get(sku) ?? [];
    const own = rows.filter((row) => row.effectiveDate === effectiveDate);
    const confirmed = own.some((row) => inForce(rows, row)) ? confirmedOn(sku) : null;
    return own.reduce((day, row) => latest(day, row.effectiveFrom), confirmed) ?? [];
  });
  return days.sort()[0] ?? null;
}

const advice = "spot-advice/";

/** What stands for the advice that a Spot price is derived from, among the SKUs that a refresh confirms. */
export function adviceOn(sku: string): string {
  return advice + sku;
}

interface DatedRow {
  readonly sku: string;
  readonly tierFrom: string | null;
  readonly effectiveDate: string;
  readonly effectiveFrom: string | null;
}

/** By SKU, what competes to be its price, and of advice all that there is. */
async function datesHeld(
  database: Database,
  at: Parameters<typeof competing>[0],
  skus: readonly string[],
): Promise<Map<string, DatedRow[]>> {
  const { sku, tierFrom, effectiveDate, effectiveFrom } = price;
  const prices = await database
    .select({ sku, tierFrom, effectiveDate, effectiveFrom })
    .from(price)
    .where(and(competing(at), inArray(sku, [...skus])));
  const { region, snapshot, instanceType: type, effectiveDate: said, effectiveFrom: since } = spotAdvice;
  const types = skus.flatMap((each) => (each.startsWith(advice) ? each.slice(each.lastIndexOf("/") + 1) : []));
  const advised = await database
    .select({ type, effectiveDate: said, effectiveFrom: since })
    .from(spotAdvice)
    .where(and(eq(region, at.region), lte(snapshot, at.snapshotNumber), inArray(type, types)));
  const rows = advised.map((row) => ({ ...row, sku: adviceOn(`ec2-spot/linux/${row.type}`), tierFrom: null }));
  return Map.groupBy([...prices, ...rows], (row) => row.sku);
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
