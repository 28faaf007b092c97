import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Database, OpenDatabase } from "./database.ts";
import journal from "./migrations/meta/_journal.json" with { type: "json" };
import { DatabaseNotPrepared, DatabaseUnreachable } from "./problems.ts";
import * as schema from "./schema.ts";
import { findSnapshot } from "./snapshots.ts";

/**
 * Opens a database on a Postgres server. Throws `DatabaseUnreachable`, or `DatabaseNotPrepared` where `prepareServer` has not run for
 * this version.
 */
export async function openServer(databaseUrl: string): Promise<OpenDatabase> {
  const client = postgres(databaseUrl, { onnotice: () => undefined });
  const database = drizzle(client, { schema });
  try {
    await requireMigrations(database);
    if ((await findSnapshot(database)) === null) throw new DatabaseNotPrepared("it holds no prices");
  } catch (cause) {
    await client.end();
    throw cause;
  }
  return { database, announce: () => undefined, close: () => client.end() };
}

/** Drizzle's own record of what it applied, by the time each migration was written. */
const applied = sql`drizzle.__drizzle_migrations`;

async function requireMigrations(database: Database): Promise<void> {
  const needed = Math.max(...journal.entries.map((entry) => entry.when));
  const newest = await database
    .select({ when: sql<string | null>`max(created_at)` })
    .from(applied)
    .then(([row]) => Number(row?.when ?? 0))
    .catch((error: unknown) => {
      if (!isUndefinedTable(error)) throw new DatabaseUnreachable(error);
      throw new DatabaseNotPrepared("its tables are missing", { cause: error });
    });
  if (newest < needed) throw new DatabaseNotPrepared("its tables are those of an older version");
}

const undefinedTable = "42P01";

function isUndefinedTable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === undefinedTable) || isUndefinedTable(error.cause);
}
