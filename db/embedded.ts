import { chmodSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite, types } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { takeDataDirectory } from "./data-directory.ts";
import type { JobStore, OpenDatabase, Statement } from "./database.ts";
import { guardedClient } from "./guarded-client.ts";
import * as schema from "./schema.ts";
import { seed } from "./seed.ts";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** The embedded Postgres with its files in the directory, which no other process may hold. Throws `DataDirectoryInUse`. */
export async function openDirectory(path: string): Promise<OpenDatabase> {
  const directory = takeDataDirectory(path);
  try {
    const cluster = join(path, "postgres");
    if (!existsSync(cluster)) await createCluster(cluster);
    const client = guardedClient(await PGlite.create({ dataDir: cluster }), path);
    const opened = await prepare(client);
    const close = async () => {
      if (!client.isBroken()) await opened.close();
      directory.release();
    };
    return { ...opened, announce: directory.announce, close };
  } catch (cause) {
    directory.release();
    throw cause;
  }
}

/** An embedded Postgres that is gone when closed. */
export async function openMemory(): Promise<OpenDatabase> {
  return await prepare(await PGlite.create());
}

/** Whole or not at all: a process killed half-way leaves only a draft. Made in memory, which is three times as fast as on files. */
async function createCluster(cluster: string): Promise<void> {
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  const model = await PGlite.create();
  const files = await model.dumpDataDir("none");
  await model.close();
  await (await PGlite.create({ dataDir: draft, loadDataDir: files })).close();
  chmodSync(draft, 0o700);
  renameSync(draft, cluster);
}

async function prepare(client: PGlite): Promise<OpenDatabase> {
  const database = drizzle(client, { schema });
  await migrate(database, { migrationsFolder });
  await seed({
    database,
    copy: async ({ into, csv }) => {
      await client.query(`copy ${into} from '/dev/blob' with (format csv)`, [], { blob: new Blob([csv]) });
    },
  });
  const run = async ({ sql, params, rowMode }: Statement) =>
    (await client.query(sql, [...params], { rowMode, parsers: asText })).rows;
  const jobStore = { isEmbedded: true, executeSql: executeOn(client) };
  return { database, jobStore, run, announce: () => undefined, close: () => client.close() };
}

const asText = Object.fromEntries(
  [types.TIMESTAMP, types.TIMESTAMPTZ, types.DATE].map((type) => [type, (value: string) => value]),
);

function executeOn(client: PGlite): JobStore["executeSql"] {
  return async (text, values = []) => {
    try {
      if (values.length > 0) return await client.query<object>(text, [...values]);
      return { rows: (await client.exec(text)).flatMap(({ rows }) => rows as object[]) };
    } catch (error) {
      await client.query("rollback");
      throw error;
    }
  };
}
