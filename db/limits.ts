import { asc, lte } from "drizzle-orm";
import { Exact } from "../api/core/model/exact.ts";
import type { Limit } from "../api/core/model/price-book.ts";
import type { Cite } from "./citations.ts";
import type { Database } from "./database.ts";
import { limitValue } from "./schema.ts";

/** Limits by key, as known at the snapshot with this number. */
export async function readLimits(
  database: Database,
  where: { readonly snapshotNumber: number; readonly cite: Cite },
): Promise<Map<string, Limit>> {
  const rows = await database
    .select()
    .from(limitValue)
    .where(lte(limitValue.snapshot, where.snapshotNumber))
    .orderBy(asc(limitValue.key), asc(limitValue.snapshot));
  return new Map(
    rows.map((row) => [
      row.key,
      { key: row.key, value: new Exact(row.value), unit: row.unit, source: where.cite(row), asOf: row.asOf },
    ]),
  );
}
