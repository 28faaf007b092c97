import type { OpenDatabase } from "./database.ts";

/** Where the data is: a Postgres server, a directory of the embedded Postgres, or (for tests) nowhere but in memory. */
export type DatabaseSettings =
  | { readonly databaseUrl: string }
  | { readonly dataDirectory: string }
  | { readonly memory: true };

/** From DATABASE_URL or else STOWAGE_DATA (`.stowage`). */
export function databaseSettings(environment: Readonly<Record<string, string | undefined>>): DatabaseSettings {
  const { DATABASE_URL: databaseUrl, STOWAGE_DATA: dataDirectory } = environment;
  return databaseUrl ? { databaseUrl } : { dataDirectory: dataDirectory || ".stowage" };
}

/**
 * Opens the database ready for use. The embedded one is brought up to date and given the bundled prices here; a server is others'
 * property too, so there it takes `npm run db -- migrate`. Throws `DataDirectoryInUse`, `DatabaseNotPrepared`, `DatabaseUnreachable`.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<OpenDatabase> {
  // Loaded on demand: Workers have no use for an embedded Postgres, nor most machines for a server's client.
  if ("databaseUrl" in settings) return (await import("./server.ts")).openServer(settings.databaseUrl);
  const { openDirectory, openMemory } = await import("./embedded.ts");
  return "memory" in settings ? openMemory() : openDirectory(settings.dataDirectory);
}
