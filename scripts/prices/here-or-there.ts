import type { Problem, Result } from "../../api/core/model/problem.ts";
import { databaseSettings, openDatabase } from "../../db/connect.ts";
import type { Database } from "../../db/database.ts";
import { DataDirectoryInUse } from "../../db/problems.ts";
import { keyHeader, keyHint } from "../server-key.ts";

export interface Ways<T> {
  here(database: Database): Promise<Result<T>>;
  /** What to ask a server for that holds the data directory: an address below its own. */
  readonly there: string;
  /** How, where it is not a plain GET. The body is sent as JSON. */
  readonly sent?: Sent;
}

interface Sent {
  readonly method: string;
  readonly body?: unknown;
}

/** Done on the database, or where a server holds its directory, by that server when asked, which answers the same. */
export async function hereOrThere<T>({ here, there, sent }: Ways<T>): Promise<Result<T>> {
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
    return await ask<T>(new URL(there, url), sent).catch(() => {
      throw error;
    });
  }
}

async function ask<T>(url: URL, { method, body }: Sent = { method: "GET" }): Promise<Result<T>> {
  const response = await fetch(url, {
    method,
    headers: { ...keyHeader(), ...(body !== undefined && { "Content-Type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // A server of ours: it holds the data directory, and wrote its address there.
  if (response.status === 204) return { ok: true, value: null as T };
  if (response.ok) return { ok: true, value: (await response.json()) as T };
  const { problems } = (await response.json()) as { readonly problems: readonly Problem[] };
  return { ok: false, problems: response.status === 401 ? [...problems, keyHint] : problems };
}
