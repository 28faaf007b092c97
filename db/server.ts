import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import type { Database, JobStore, OpenDatabase, Statement } from "./database.ts";
import journal from "./migrations/meta/_journal.json" with { type: "json" };
import { patientClient } from "./patient-client.ts";
import { DatabaseNotPrepared, DatabaseUnreachable } from "./problems.ts";
import * as schema from "./schema.ts";
import { findSnapshot } from "./snapshots.ts";
import { isUnreachable } from "./unreachable.ts";

/**
 * Opens a database on a Postgres server. Throws `DatabaseUnreachable`, or `DatabaseNotPrepared` where `prepareServer` has not run for
 * this version.
 */
export async function openServer(databaseUrl: string): Promise<OpenDatabase> {
  const opened = connectServer(databaseUrl);
  try {
    await requirePrepared(opened.database);
  } catch (cause) {
    await opened.close();
    throw cause;
  }
  return opened;
}

/** A database on a Postgres server, not looked at yet: the first statement connects. */
export function connectServer(databaseUrl: string, options: ConnectionOptions = {}): OpenDatabase {
  const connections = postgres(databaseUrl, { onnotice: () => undefined, ...promptly, ...options });
  const client = patientClient(connections);
  const database = drizzle(client, { schema });
  const run = ({ sql: text, params, rowMode }: Statement): Promise<unknown[]> => {
    const asked = client.unsafe(text, [...params] as never[]);
    return rowMode === "array" ? asked.values() : asked;
  };
  const jobStore = { isEmbedded: false, executeSql: executeOn(client) };
  return {
    database,
    jobStore,
    run,
    announce: () => undefined,
    close: () => connections.end({ timeout: endSecondsMax }),
  };
}

export function executeOn(client: Sql): JobStore["executeSql"] {
  return async (text, values = []) => {
    if (values.length > 0) return { rows: [...(await client.unsafe(text, values.map(asSent) as never[]))] };
    const connection = await client.reserve();
    try {
      // Of several statements, the rows of each.
      return { rows: (await connection.unsafe(text)).flat() };
    } catch (error) {
      // A connection that is lost can be told nothing, and takes its transaction with it.
      if (!isUnreachable(error)) await connection.unsafe("rollback");
      throw error;
    } finally {
      connection.release();
    }
  };
}

/** Drizzle has the client send times and JSON as the texts that it is given. */
function asSent(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value;
}

/** In seconds: a server that is not there is told soon, and one that is back is found soon. */
const promptly = { connect_timeout: 5, backoff: () => 0.5 };
/** For statements in work. */
const endSecondsMax = 5;

export interface ConnectionOptions {
  /** Connections at once. */
  readonly max?: number;
  /** False saves a question on each connection; only arrays, of which we have none, need its answer. */
  readonly fetch_types?: boolean;
}

/** Throws `DatabaseUnreachable`, or `DatabaseNotPrepared` where `prepareServer` has not run for this version. */
export async function requirePrepared(database: Database): Promise<void> {
  await requireMigrations(database);
  if ((await findSnapshot(database)) === null) throw new DatabaseNotPrepared("it holds no prices");
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
