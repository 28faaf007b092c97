import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { prepareJobStore } from "./job-store.ts";
import { DatabaseUnreachable } from "./problems.ts";
import * as schema from "./schema.ts";
import { seed } from "./seed.ts";
import { executeOn } from "./server.ts";

/** Any number, as long as it is ours alone in the database. */
const advisoryLock = 7_869_231_001;

/**
 * Brings a server's tables and its job queue up to date and loads the bundled prices; does nothing where that is done. Two at once take turns.
 * Throws `DatabaseUnreachable`.
 */
export async function prepareServer(databaseUrl: string): Promise<void> {
  // One connection, since the lock is the connection's.
  const client = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(${advisoryLock})`.catch((cause: unknown) => {
      throw new DatabaseUnreachable(cause);
    });
    const database = drizzle(client, { schema });
    await migrate(database, { migrationsFolder: fileURLToPath(new URL("./migrations", import.meta.url)) });
    await seed({
      database,
      copy: async ({ into, csv }) => {
        const writable = await client.unsafe(`copy ${into} from stdin with (format csv)`).writable();
        await pipeline(Readable.from([csv]), writable);
      },
    });
    await prepareJobStore({ isEmbedded: false, executeSql: executeOn(client) });
  } finally {
    await client.end();
  }
}
