import { Cron } from "croner";
import type { Database } from "../../db/database.ts";
import { listRegions } from "../../db/regions.ts";
import { systemClock, today } from "../price-sources/clock.ts";
import { findRegion } from "../price-sources/regions.ts";
import { type RefreshReport, refresh } from "./refresh.ts";
import type { RefreshSettings } from "./refresh-settings.ts";
import { isSourceName, type Outside, openSource } from "./sources.ts";

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
      (report) => log({ refresh: summary(report) }),
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
  { regions, sources }: RefreshSettings,
  { outside, signal }: { readonly outside: Outside; readonly signal?: AbortSignal },
): Promise<RefreshReport> {
  const all = regions ?? (await listRegions(database)).filter((region) => findRegion(region) !== null);
  return await refresh(database, {
    ...{ regions: all, signal, today: today(outside.clock) },
    sources: sources.filter(isSourceName).map((name) => openSource(name, outside)),
  });
}

/** Counts, and the names of what was kept back as far as a line of a log can hold them. */
function summary({ snapshot, counts, refusals, failures }: RefreshReport): object {
  return {
    snapshot,
    ...counts,
    keptBack: refusals.length,
    notRead: failures.length,
    named: [
      ...failures.map(({ code, region, part }) => `${code} ${region} ${part}`),
      ...refusals.map(({ code, region, sku }) => `${code} ${region} ${sku ?? "(no SKU)"}`),
    ].slice(0, namedMax),
  };
}

const namedMax = 50;
