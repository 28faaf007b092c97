import { and, asc, count, eq, gt, inArray, min, sql } from "drizzle-orm";
import { createBatch } from "./batches.ts";
import type { Database } from "./database.ts";
import { importRow, listImport } from "./import-schema.ts";
import { insertRows } from "./insert-rows.ts";

export interface ClusterPlace {
  readonly region: string;
  readonly cluster: string;
}

/** A row as it is kept: where it belongs, and JSON of all that it says. */
export interface KeptRow extends ClusterPlace {
  readonly number: number;
  readonly service: string;
  readonly body: string;
}

/** Rows that are packed together. */
export interface ImportedCluster extends ClusterPlace {
  /** Of its first row, and of its item in the batch. */
  readonly number: number;
  readonly rows: number;
}

/** Begins an import and its batch, which nobody sees before both are sealed. Deleting the batch is deleting the import. */
export async function createImport(database: Database, id: string): Promise<void> {
  await createBatch(database, id);
  await database.insert(listImport).values({ id });
}

export async function addImportRows(database: Database, id: string, rows: readonly KeptRow[]): Promise<void> {
  await insertRows(
    database,
    importRow,
    rows.map((row) => ({ import: id, ...row })),
  );
}

/** `content`: JSON of what taking it in came to. */
export async function sealImport(database: Database, id: string, content: string): Promise<void> {
  await database.update(listImport).set({ content }).where(eq(listImport.id, id));
}

/** What sealed it; null where there is none, or it is still being taken in. */
export async function findImport(database: Database, id: string): Promise<string | null> {
  const found = await database.select({ content: listImport.content }).from(listImport).where(eq(listImport.id, id));
  return found[0]?.content ?? null;
}

/** Rows whose service stands in an earlier row of the same cluster, with the number of that one. */
export async function repeatedRows(
  database: Database,
  id: string,
): Promise<readonly (Omit<KeptRow, "body"> & { readonly first: number })[]> {
  const { number, region, cluster, service } = importRow;
  const first = sql<number>`min(${number}) over (partition by ${region}, ${cluster}, ${service})`.as("first");
  const rows = database
    .select({ number, region, cluster, service, first })
    .from(importRow)
    .where(eq(importRow.import, id))
    .as("rows");
  return await database.select().from(rows).where(sql`${rows.number} > ${rows.first}`).orderBy(rows.number);
}

export async function dropRows(database: Database, id: string, numbers: readonly number[]): Promise<void> {
  for (let from = 0; from < numbers.length; from += numbersAtOnce) {
    const some = numbers.slice(from, from + numbersAtOnce);
    await database.delete(importRow).where(and(eq(importRow.import, id), inArray(importRow.number, some)));
  }
}

/** Well below what a statement may have of parameters. */
const numbersAtOnce = 5000;

/** In the order of their first rows. */
export async function importedClusters(database: Database, id: string): Promise<readonly ImportedCluster[]> {
  const number = sql<number>`${min(importRow.number)}`.as("first");
  return await database
    .select({ number, region: importRow.region, cluster: importRow.cluster, rows: count() })
    .from(importRow)
    .where(eq(importRow.import, id))
    .groupBy(importRow.region, importRow.cluster)
    .orderBy(asc(number));
}

/** The rows of these clusters, in the order of their numbers. */
export async function rowsOfClusters(
  database: Database,
  id: string,
  clusters: readonly ClusterPlace[],
): Promise<readonly KeptRow[]> {
  const places = sql.join(
    clusters.map(({ region, cluster }) => sql`(${region}, ${cluster})`),
    sql`, `,
  );
  return await database
    .select(keptRow)
    .from(importRow)
    .where(and(eq(importRow.import, id), sql`(${importRow.region}, ${importRow.cluster}) in (${places})`))
    .orderBy(importRow.number);
}

/** All rows in the order of their numbers, a thousand at a time. */
export async function* importedRows(database: Database, id: string): AsyncGenerator<readonly KeptRow[]> {
  let after = 0;
  while (true) {
    const rows = await database
      .select(keptRow)
      .from(importRow)
      .where(and(eq(importRow.import, id), gt(importRow.number, after)))
      .orderBy(importRow.number)
      .limit(rowsAtOnce);
    if (rows.length > 0) yield rows;
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1)?.number ?? after;
  }
}

const rowsAtOnce = 1000;

const keptRow = {
  number: importRow.number,
  region: importRow.region,
  cluster: importRow.cluster,
  service: importRow.service,
  body: importRow.body,
};
