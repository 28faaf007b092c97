import { and, desc, eq, lte } from "drizzle-orm";
import { coveredBy } from "./compare-prices.ts";
import type { Database } from "./database.ts";
import type { ChangeCounts } from "./price-changes.ts";
import { reading } from "./schema.ts";

/** That a region's prices were read and compared with what was known, by one refresh. */
export interface Reading {
  readonly refresh: string;
  readonly region: string;
  /** Number of the latest snapshot afterwards. */
  readonly snapshot: number;
  /** ISO day. */
  readonly readOn: string;
  /** `source/part`. */
  readonly parts: readonly string[];
  /** SKUs that these parts list in full, as patterns with `*`. */
  readonly covers: readonly string[];
  /** SKUs whose old prices were kept all the same. */
  readonly keptBack: readonly string[];
  readonly counts: ChangeCounts;
}

export async function storeReading(
  database: Database,
  { parts, covers, keptBack, counts, ...row }: Reading,
): Promise<void> {
  await database.insert(reading).values({ ...row, content: JSON.stringify({ parts, covers, keptBack, counts }) });
}

/** Whether the refresh has come to its end: its prices were compared, and written where they were new. */
export async function isPublished(database: Database, refresh: string): Promise<boolean> {
  return (await database.$count(reading, eq(reading.refresh, refresh))) > 0;
}

/**
 * The newest day on which each SKU of a region was read and found as it is known; null: never since it was loaded. Unchanged prices
 * make no new rows, so this and not their date says how fresh they are.
 */
export async function readConfirmations(
  database: Database,
  where: { readonly region: string; readonly snapshotNumber?: number },
): Promise<(sku: string) => string | null> {
  const { region, snapshotNumber } = where;
  const rows = await database
    .select()
    .from(reading)
    .where(
      and(eq(reading.region, region), snapshotNumber === undefined ? undefined : lte(reading.snapshot, snapshotNumber)),
    )
    .orderBy(desc(reading.readAt))
    .limit(readingsMax);
  const readings = rows.map(({ readOn, content }) => {
    const { covers, keptBack } = JSON.parse(content) as Pick<Reading, "covers" | "keptBack">;
    return { readOn, covers: coveredBy(covers), keptBack: new Set(keptBack) };
  });
  return (sku) => readings.find(({ covers, keptBack }) => covers(sku) && !keptBack.has(sku))?.readOn ?? null;
}

/** Each source is read far more often. */
const readingsMax = 100;
