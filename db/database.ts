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

/** Bulk loading, which Drizzle has no word for. */
export interface BulkLoader {
  /** All of it or nothing. */
  transaction(work: (load: BulkTransaction) => Promise<void>): Promise<void>;
}

export interface BulkTransaction {
  rows(statement: string, parameters?: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  /** `statement` is a COPY … FROM; `text` is what is copied. */
  copy(statement: { readonly into: string; readonly csv: string }): Promise<void>;
}
