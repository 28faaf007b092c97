import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type * as schema from "./schema.ts";

/** The same queries on the embedded Postgres and on a server. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

/** One statement as text, for whoever asks from another thread. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
  /** Rows as lists of values in the order of the columns, or as objects by column. */
  readonly rowMode: "array" | "object";
}

/** How the job queue, which brings its own statements, has them run. */
export interface JobStore {
  /** Nobody else has the database open. */
  readonly isEmbedded: boolean;
  /** Several statements at once where there are no values; one that fails leaves no transaction open behind it. */
  executeSql(text: string, values?: readonly unknown[]): Promise<{ rows: object[] }>;
}

export interface OpenDatabase {
  readonly database: Database;
  readonly jobStore: JobStore;
  /** Runs a statement for a `remoteDatabase`: dates and times come as the texts they are sent as. */
  run(statement: Statement): Promise<unknown[]>;
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
