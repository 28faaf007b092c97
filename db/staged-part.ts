import { and, asc, eq, lt, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { type instanceType, type price, type spotAdvice, stagedPart } from "./schema.ts";

/** A row of the price table, before it belongs to a snapshot; `source` is the whole citation. */
export type StagedPrice = Omit<typeof price.$inferSelect, "snapshot" | "region" | "flag" | "unit"> & {
  readonly unit: string;
};

/** What a source says of an instance type; null: nothing. `source` is the whole citation. */
export type StagedType = Partial<typeof instanceType.$inferSelect> & { readonly name: string; readonly asOf: string };

/** Advice on Spot capacity, before it belongs to a snapshot; `source` is the whole citation. */
export type StagedAdvice = Omit<typeof spotAdvice.$inferSelect, "snapshot" | "region">;

/** A record that the source would not vouch for. */
export interface RefusedRecord {
  /** Null: it is not known what it would have been the price of. */
  readonly sku: string | null;
  readonly name: string;
  readonly message: string;
}

/** All that was read of one part of a source for one region. */
export interface StagedPart {
  /** The source lists what is in force now; otherwise each row tells of its own day, and an older one is history. */
  readonly live: boolean;
  /** SKUs that the part lists in full, as patterns with `*`: what it does not list any more has vanished. */
  readonly covers: readonly string[];
  readonly prices: readonly StagedPrice[];
  readonly instanceTypes: readonly StagedType[];
  readonly spotAdvice: readonly StagedAdvice[];
  readonly refused: readonly RefusedRecord[];
}

/** Which part of which source, for which refresh. */
export interface PartName {
  readonly refresh: string;
  readonly region: string;
  readonly source: string;
  readonly part: string;
}

/** Puts a part by until its refresh compares it; seen by no reader of prices. Read anew, it takes the place of what was read before. */
export async function stagePart(database: Database, name: PartName, part: StagedPart): Promise<void> {
  const content = JSON.stringify(part);
  await database
    .insert(stagedPart)
    .values({ ...name, content })
    .onConflictDoUpdate({
      target: [stagedPart.refresh, stagedPart.region, stagedPart.source, stagedPart.part],
      set: { content },
    });
}

/** The regions that something is staged for, by name. */
export async function stagedRegions(database: Database, refresh: string): Promise<string[]> {
  const rows = await database
    .selectDistinct({ region: stagedPart.region })
    .from(stagedPart)
    .where(eq(stagedPart.refresh, refresh));
  return rows.map(({ region }) => region).sort();
}

export async function readStaged(
  database: Database,
  { refresh, region }: Pick<PartName, "refresh" | "region">,
): Promise<{ readonly names: readonly string[]; readonly parts: readonly StagedPart[] }> {
  const rows = await database
    .select()
    .from(stagedPart)
    .where(and(eq(stagedPart.refresh, refresh), eq(stagedPart.region, region)))
    .orderBy(asc(stagedPart.source), asc(stagedPart.part));
  return {
    names: rows.map(({ source, part }) => `${source}/${part}`),
    parts: rows.map(({ content }) => JSON.parse(content) as StagedPart),
  };
}

/** Forgets what the refresh has staged. */
export async function discardStaged(database: Database, refresh: string): Promise<void> {
  await database.delete(stagedPart).where(eq(stagedPart.refresh, refresh));
}

/** Forgets what refreshes have left behind that ended before their time. None takes a day. */
export async function discardAbandoned(database: Database): Promise<void> {
  await database.delete(stagedPart).where(lt(stagedPart.stagedAt, sql`now() - interval '1 day'`));
}
