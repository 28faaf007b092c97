import { drizzle } from "drizzle-orm/pg-proxy";
import type { Database, Statement } from "./database.ts";
import * as schema from "./schema.ts";

/**
 * A database that is open elsewhere, such as in another thread, and runs statements when asked. It knows no transactions: what needs
 * one belongs where the database is open.
 */
export function remoteDatabase(run: (statement: Statement) => Promise<unknown[]>): Database {
  return drizzle(
    async (sql, params, method) => ({
      rows: await run({ sql, params, rowMode: method === "all" ? "array" : "object" }),
    }),
    { schema },
  );
}
