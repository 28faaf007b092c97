import { and, asc, eq, lt, not, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
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

/** What was read, and how much that was. */
export interface ReadPart extends StagedPart {
  /** Prices and instance types that the source handed out. */
  readonly rows: number;
  /** Records that the source holds and that are no prices of ours. */
  readonly passedOver: number;
}

/** That the part could not be read, and why. */
export interface FailedPart {
  readonly failure: { readonly code: string; readonly message: string };
}

/** Which part of which source, for which refresh. */
export interface PartName {
  readonly refresh: string;
  readonly region: string;
  readonly source: string;
  readonly part: string;
}

/** Puts a part by until its refresh compares it; seen by no reader of prices. Read anew, it takes the place of what was read before. */
export async function stagePart(database: Database, name: PartName, part: ReadPart | FailedPart): Promise<void> {
  const content = JSON.stringify(part);
  await database
    .insert(stagedPart)
    .values({ ...name, content })
    .onConflictDoUpdate({
      target: [stagedPart.refresh, stagedPart.region, stagedPart.source, stagedPart.part],
      set: { content },
    });
}

/** A part that a refresh is done with; `failure` is null where it was read. */
export interface DonePart extends Omit<PartName, "refresh">, Pick<ReadPart, "rows" | "passedOver"> {
  readonly failure: FailedPart["failure"] | null;
}

/** What the refresh has behind it, in the order it was done. */
export async function listDone(database: Database, refresh: string): Promise<DonePart[]> {
  const content = sql`${stagedPart.content}::json`;
  const rows = await database
    .select({
      ...{ region: stagedPart.region, source: stagedPart.source, part: stagedPart.part },
      rows: sql<number>`coalesce((${content} ->> 'rows')::int, 0)`,
      passedOver: sql<number>`coalesce((${content} ->> 'passedOver')::int, 0)`,
      failure: sql<string | null>`${content} ->> 'failure'`,
    })
    .from(stagedPart)
    .where(eq(stagedPart.refresh, refresh))
    .orderBy(asc(stagedPart.stagedAt));
  return rows.map(({ failure, ...row }) => ({ ...row, failure: failure === null ? null : JSON.parse(failure) }));
}

/** Of what is staged: it is only said there that it could not be read. */
const isFailure = sql`starts_with(${stagedPart.content}, '{"failure":')`;

/** The regions that something is staged for, by name, with how many rows their sources handed out. */
export async function stagedRegions(
  database: Database,
  refresh: string,
): Promise<{ readonly region: string; readonly rows: number }[]> {
  const rows = await database
    .select({ region: stagedPart.region, rows: sql<number>`sum((${stagedPart.content}::json ->> 'rows')::int)::int` })
    .from(stagedPart)
    .where(and(eq(stagedPart.refresh, refresh), not(isFailure)))
    .groupBy(stagedPart.region);
  return rows.sort((a, b) => (a.region < b.region ? -1 : 1));
}

/** One of several about equal parts of a region's SKUs, from 0; each SKU is in one of them, the same on every database. */
export interface SkuSlice {
  readonly slice: number;
  readonly slices: number;
}

export function inSlice(sku: SQL | AnyPgColumn, { slice, slices }: SkuSlice): SQL {
  return sql`('x' || left(md5(${sku}), 6))::bit(24)::int % ${slices} = ${slice}`;
}

/** What is staged of a region: the prices of the slice, instance types and Spot advice with the first slice, all else with every one. */
export async function readStaged(
  database: Database,
  { refresh, region, ...of }: Pick<PartName, "refresh" | "region"> & SkuSlice,
): Promise<{ readonly names: readonly string[]; readonly parts: readonly StagedPart[] }> {
  const rows = await database
    .select({ source: stagedPart.source, part: stagedPart.part, content: sliced(of) })
    .from(stagedPart)
    .where(and(eq(stagedPart.refresh, refresh), eq(stagedPart.region, region), not(isFailure)))
    .orderBy(asc(stagedPart.source), asc(stagedPart.part));
  return {
    names: rows.map(({ source, part }) => `${source}/${part}`),
    parts: rows.map(({ content }) => JSON.parse(content) as StagedPart),
  };
}

/** A part's JSON with the slice alone: the database takes it out, so that it is nowhere in memory as a whole. */
function sliced(of: SkuSlice): SQL<string> {
  if (of.slices === 1) return sql<string>`${stagedPart.content}`;
  const json = sql`${stagedPart.content}::json`;
  const prices = sql`(select coalesce(json_agg(one order by place), '[]'::json)
    from json_array_elements(${json} -> 'prices') with ordinality as every(one, place)
    where ${inSlice(sql`one ->> 'sku'`, of)})`;
  const once = (field: string) => (of.slice === 0 ? sql`${json} -> ${field}::text` : sql`'[]'::json`);
  return sql<string>`json_build_object('live', ${json} -> 'live', 'covers', ${json} -> 'covers',
    'refused', ${json} -> 'refused', 'instanceTypes', ${once("instanceTypes")},
    'spotAdvice', ${once("spotAdvice")}, 'prices', ${prices})::text`;
}

/** Forgets what the refresh has staged. */
export async function discardStaged(database: Database, refresh: string): Promise<void> {
  await database.delete(stagedPart).where(eq(stagedPart.refresh, refresh));
}

/** Forgets what refreshes have left behind that ended before their time. None takes more than a day, however many runs it has. */
export async function discardAbandoned(database: Database): Promise<void> {
  await database.delete(stagedPart).where(lt(stagedPart.stagedAt, sql`now() - interval '1 day'`));
}
