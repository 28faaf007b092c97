import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";

/** Whoever waits holds a connection. */
const waitSecondsMax = 5;

/** Until the transaction ends, nobody else who asks for this lock changes the workload of this name, whether or not there is one. */
export async function lockWorkload(transaction: Database, name: string): Promise<void> {
  await transaction.execute(sql.raw(`set local lock_timeout = '${waitSecondsMax}s'`));
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`stowage workload ${name}`}, 0))`);
}
