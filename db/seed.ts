import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import type { LoneConnection } from "./database.ts";
import { lockSnapshots, refuseUnknownSources, startSnapshot } from "./write-snapshot.ts";

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
export async function seed(connection: LoneConnection): Promise<void> {
  const { database } = connection;
  const files = await listFiles();
  const id = await contentHash(files);
  await database.execute(sql`begin`);
  try {
    await lockSnapshots(database);
    const started = await startSnapshot(database, { id, description });
    if (started !== null) {
      for (const file of files) await copyFile(connection, file, started.number);
      await refuseUnknownSources(database, started.number);
    }
    await database.execute(sql`commit`);
  } catch (error) {
    await database.execute(sql`rollback`);
    throw error;
  }
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
async function copyFile(connection: LoneConnection, { table, file }: SeedFile, snapshot: number): Promise<void> {
  const text = await readFile(new URL(file, folder), "utf8");
  const end = text.indexOf("\n");
  const rows = text.slice(end + 1, -1);
  await connection.copy({
    into: `${table} (snapshot, ${text.slice(0, end)})`,
    csv: `${snapshot},${rows.replaceAll("\n", `\n${snapshot},`)}\n`,
  });
}
