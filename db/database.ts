import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type * as schema from "./schema.ts";

/** The same queries on the embedded Postgres and on a server. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface OpenDatabase {
  readonly database: Database;
  /** Tells other processes that find the data directory taken where this one answers. */
  announce(url: string): void;
  close(): Promise<void>;
}

/** A connection that nobody else uses, so that statements on it may form a transaction of their own. */
export interface LoneConnection {
  readonly database: Database;
  /** Bulk loading, which Drizzle has no word for: `into` is a table with its columns. */
  copy(rows: { readonly into: string; readonly csv: string }): Promise<void>;
}
