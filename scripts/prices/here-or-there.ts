import type { Problem, Result } from "../../api/core/model/problem.ts";
import { databaseSettings, openDatabase } from "../../db/connect.ts";
import type { Database } from "../../db/database.ts";
import { DataDirectoryInUse } from "../../db/problems.ts";

export interface Ways<T> {
  here(database: Database): Promise<Result<T>>;
  /** What to ask a server for that holds the data directory: an address below its own. */
  readonly there: string;
}

/** Read from the database, or where a server holds its directory, asked of that server, which answers the same. */
export async function hereOrThere<T>({ here, there }: Ways<T>): Promise<Result<T>> {
  try {
    const opened = await openDatabase(databaseSettings(process.env));
    try {
      return await here(opened.database);
    } finally {
      await opened.close();
    }
  } catch (error) {
    const url = error instanceof DataDirectoryInUse ? error.owner?.url : undefined;
    if (url === null || url === undefined) throw error;
    return await ask<T>(url, there).catch(() => {
      throw error;
    });
  }
}

async function ask<T>(url: string, path: string): Promise<Result<T>> {
  const response = await fetch(new URL(path, url));
  // A server of ours: it holds the data directory, and wrote its address there.
  if (response.ok) return { ok: true, value: (await response.json()) as T };
  const { problems } = (await response.json()) as { readonly problems: readonly Problem[] };
  return { ok: false, problems };
}
