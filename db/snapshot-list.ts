import { asc, count, desc, ne } from "drizzle-orm";
import type { AnyPgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "./database.ts";
import { everywhere } from "./prices.ts";
import * as schema from "./schema.ts";

/** A snapshot, and what came with it. */
export interface ListedSnapshot {
  readonly id: string;
  /** Id of the one before it; null: the first. */
  readonly parent: string | null;
  readonly description: string;
  /** ISO instant. */
  readonly loadedAt: string;
  readonly rows: Readonly<Record<RowKind, number>>;
  readonly regions: readonly string[];
  readonly sources: readonly string[];
}

const kinds = {
  prices: schema.price,
  instanceTypes: schema.instanceType,
  spotAdvice: schema.spotAdvice,
  registeredMemory: schema.registeredMemory,
  taskSizes: schema.taskSize,
  limits: schema.limitValue,
} as const satisfies Record<string, PgTable & { snapshot: AnyPgColumn }>;

export type RowKind = keyof typeof kinds;
export const rowKinds = Object.keys(kinds) as RowKind[];

/** The latest first. */
export async function listSnapshots(database: Database): Promise<ListedSnapshot[]> {
  const { snapshot, price, source } = schema;
  const snapshots = await database.select().from(snapshot).orderBy(desc(snapshot.number));
  const counts = new Map<RowKind, Map<number, number>>();
  for (const kind of rowKinds) counts.set(kind, await countRows(database, kinds[kind]));
  const regions = await database
    .selectDistinct({ snapshot: price.snapshot, region: price.region })
    .from(price)
    .where(ne(price.region, everywhere));
  const sources = await database.select().from(source).orderBy(asc(source.citation));
  return snapshots.map(({ number, id, parent, description, loadedAt }) => ({
    ...{ id, parent, description, loadedAt: loadedAt.toISOString() },
    rows: Object.fromEntries(
      rowKinds.map((kind) => [kind, counts.get(kind)?.get(number) ?? 0]),
    ) as ListedSnapshot["rows"],
    regions: regions.flatMap((row) => (row.snapshot === number ? [row.region] : [])).sort(),
    sources: sources.flatMap((row) => (row.snapshot === number ? [row.citation] : [])),
  }));
}

async function countRows(database: Database, table: (typeof kinds)[RowKind]): Promise<Map<number, number>> {
  const rows = await database
    .select({ snapshot: table.snapshot, count: count() })
    .from(table as PgTable)
    .groupBy(table.snapshot);
  return new Map(rows.map((row) => [Number(row.snapshot), row.count]));
}
