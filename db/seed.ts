import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { BulkLoader, BulkTransaction } from "./database.ts";

const folder = new URL("./seed/", import.meta.url);
const description = "bundled with Stowage";

/** In the order they are loaded: sources first, since prices refer to them. Prices are the files of `seed/prices/`. */
const tables: readonly SeedFile[] = [
  { table: "source", file: "sources.csv" },
  { table: "instance_type", file: "instance-types.csv" },
  { table: "registered_memory", file: "registered-memory.csv" },
  { table: "task_size", file: "task-sizes.csv" },
  { table: "limit_value", file: "limits.csv" },
  { table: "spot_advice", file: "spot-advice.csv" },
];

interface SeedFile {
  readonly table: string;
  readonly file: string;
}

/**
 * Loads the bundled prices and facts as one snapshot, in one transaction, unless a snapshot with the same content is there already.
 * Two processes that seed one server take turns.
 */
export async function seed(loader: BulkLoader): Promise<void> {
  const files = await listFiles();
  const id = await contentHash(files);
  await loader.transaction(async (load) => {
    await load.rows("lock table snapshot in share row exclusive mode");
    const known = await load.rows("select number from snapshot where id = $1", [id]);
    if (known.length > 0) return;
    const inserted = await load.rows("insert into snapshot (id, description) values ($1, $2) returning number", [
      id,
      description,
    ]);
    const number = Number(inserted[0]?.number);
    for (const file of files) await copyFile(load, file, number);
    await refuseUnknownSources(load, number);
  });
}

async function listFiles(): Promise<readonly SeedFile[]> {
  const prices = (await readdir(new URL("prices/", folder))).filter((name) => name.endsWith(".csv")).sort();
  return [...tables, ...prices.map((name) => ({ table: "price", file: `prices/${name}` }))];
}

async function contentHash(files: readonly SeedFile[]): Promise<string> {
  const hash = createHash("sha256");
  for (const { file } of files) {
    hash
      .update(`${file}\0`)
      .update(await readFile(new URL(file, folder)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

/** A seed file's header names the table's columns; every line is one row, so that the snapshot's number can go in front of it. */
async function copyFile(load: BulkTransaction, { table, file }: SeedFile, snapshot: number): Promise<void> {
  const text = await readFile(new URL(file, folder), "utf8");
  const end = text.indexOf("\n");
  const rows = text.slice(end + 1, -1);
  await load.copy({
    into: `${table} (snapshot, ${text.slice(0, end)})`,
    csv: `${snapshot},${rows.replaceAll("\n", `\n${snapshot},`)}\n`,
  });
}

/** Foreign keys would tell the same, but row by row they double the time of loading. */
async function refuseUnknownSources(load: BulkTransaction, snapshot: number): Promise<void> {
  const unknown = await load.rows(
    `select distinct source from price where snapshot = $1::int
     and source not in (select id from source where snapshot = $1::int)`,
    [String(snapshot)],
  );
  if (unknown.length > 0)
    throw new Error(`Seed prices name unknown sources: ${unknown.map((row) => row.source).join(", ")}`);
}
