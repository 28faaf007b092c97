import { Cron } from "croner";
import type { Database } from "../../db/database.ts";
import { systemClock } from "../price-sources/clock.ts";
import { type RefreshReport, refresh } from "./refresh.ts";
import { refreshRequest } from "./refresh-request.ts";
import type { RefreshSettings } from "./refresh-settings.ts";
import { refreshSummary } from "./refresh-summary.ts";
import type { Outside } from "./sources.ts";

/** Refreshes at the set times, one refresh after the other, each a line in the log. What is returned ends it, also half-way. */
export function startRefreshTimer(
  database: Database,
  settings: RefreshSettings,
  log: (line: object) => void,
): () => Promise<void> {
  const ending = new AbortController();
  let running = Promise.resolve();
  const outside = { clock: systemClock, endpoint: process.env.STOWAGE_PRICE_ENDPOINT || undefined };
  const job = new Cron(settings.cron, { timezone: "UTC", protect: true }, () => {
    running = refreshOnce(database, settings, { outside, signal: ending.signal }).then(
      (report) => log({ refresh: refreshSummary(report) }),
      // The message of a failed query quotes the query.
      (error: unknown) => log({ refresh: "failed", error: error instanceof Error ? error.name : typeof error }),
    );
    return running;
  });
  return () => {
    job.stop();
    ending.abort(new Error("The server is ending"));
    return running;
  };
}

/** One refresh as the settings say. */
export async function refreshOnce(
  database: Database,
  settings: RefreshSettings,
  { outside, signal }: { readonly outside: Outside; readonly signal?: AbortSignal },
): Promise<RefreshReport> {
  const request = await refreshRequest(database, settings, outside);
  return await refresh(database, { ...request, signal });
}
