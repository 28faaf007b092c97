import { and, eq, gte } from "drizzle-orm";
import type { Database } from "./database.ts";
import type { NewPrice } from "./price-changes.ts";
import { price } from "./schema.ts";
import type { StagedPart } from "./staged-part.ts";

/** Staged observations of single Spot pools that are not held yet, each once. Of a pool and a moment there is one price. */
export async function newObservations(
  database: Database,
  { region, parts }: { readonly region: string; readonly parts: readonly StagedPart[] },
): Promise<NewPrice[]> {
  const staged = parts.flatMap(({ prices }) => prices.filter(({ status }) => status === "observed"));
  const [first] = staged.map(({ effectiveFrom }) => effectiveFrom ?? "").sort();
  if (first === undefined) return [];
  const held = await database
    .select({ sku: price.sku, effectiveDate: price.effectiveDate, note: price.note })
    .from(price)
    .where(and(eq(price.region, region), eq(price.status, "observed"), gte(price.effectiveFrom, first)));
  const known = new Set(held.map(keyOf));
  const added = new Map<string, NewPrice>();
  for (const row of staged) {
    if (!known.has(keyOf(row))) added.set(keyOf(row), { ...row, unit: "Instance-Hour", region, flag: null });
  }
  return [...added.values()];
}

function keyOf({ sku, effectiveDate, note }: { sku: string; effectiveDate: string; note: string | null }): string {
  return JSON.stringify([sku, effectiveDate, note]);
}
