import type { Database } from "../../db/database.ts";
import { systemClock } from "../price-sources/clock.ts";
import type { PriceSource } from "../price-sources/price-source.ts";
import { refreshInRuns } from "./refresh-in-runs.ts";
import { refreshRequest } from "./refresh-request.ts";
import { readRefreshSettings, refreshMistakes } from "./refresh-settings.ts";
import { refreshSummary } from "./refresh-summary.ts";
import { publicSources } from "./sources.ts";

/** Settings and secrets of a Worker, as far as its refresh asks. */
export interface RefreshEnvironment {
  readonly STOWAGE_REFRESH_REGIONS?: string;
  readonly STOWAGE_REFRESH_SOURCE?: string;
  /** How long a run may go on reading, in seconds. */
  readonly STOWAGE_REFRESH_SECONDS?: string;
  readonly STOWAGE_PRICE_ENDPOINT?: string;
  readonly AWS_ACCESS_KEY_ID?: string;
  readonly AWS_SECRET_ACCESS_KEY?: string;
  readonly AWS_SESSION_TOKEN?: string;
}

/** A run may last a quarter of an hour, and its triggers come every five minutes. */
const secondsDefault = "180";

/** One run of the day's refresh, triggered at the times of `cron`. What there is to log. */
export async function workerRefresh(
  database: Database,
  environment: RefreshEnvironment,
  cron: string,
): Promise<object> {
  const { STOWAGE_REFRESH_REGIONS, STOWAGE_REFRESH_SOURCE, STOWAGE_REFRESH_SECONDS = secondsDefault } = environment;
  const told = { STOWAGE_REFRESH: cron, STOWAGE_REFRESH_REGIONS, STOWAGE_REFRESH_SOURCE };
  const settings = readRefreshSettings(told);
  const credentials = credentialsOf(environment);
  const mistakes = [...refreshMistakes(told), ...(credentials === undefined ? keyless(settings?.sources ?? []) : [])];
  if (settings === null || mistakes.length > 0) return { refresh: "not started", mistakes };
  const outside = { clock: systemClock, endpoint: environment.STOWAGE_PRICE_ENDPOINT || undefined, credentials };
  const request = await refreshRequest(database, settings, outside);
  const endMs = Date.now() + Number(STOWAGE_REFRESH_SECONDS) * 1000;
  const { report, published, done, all } = await refreshInRuns(database, request, () => Date.now() < endMs);
  if (report === null) return { refresh: published ? "done today" : "to be continued", done, all };
  return { refresh: { ...refreshSummary(report), leftOut: leftOut(request.sources) } };
}

function credentialsOf({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN }: RefreshEnvironment) {
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return;
  const sessionToken = AWS_SESSION_TOKEN || undefined;
  return { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken };
}

/** Workers have no profile and no role of a machine to fall back on. */
function keyless(sources: readonly string[]): string[] {
  const locked = sources.filter((name) => !(publicSources as readonly string[]).includes(name));
  if (locked.length === 0) return [];
  const mended = `Set both with "npx wrangler secret put", or STOWAGE_REFRESH_SOURCE to ${publicSources.join(" or ")}`;
  return [
    `The secrets AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set, and ${locked.join(", ")} needs them. ${mended}, which need none.`,
  ];
}

/** Too large to be read unasked, such as AmazonEC2's price list file. */
function leftOut(sources: readonly PriceSource[]): string[] {
  return sources.flatMap(({ id, partsOnRequest }) => partsOnRequest.map((part) => `${part} of ${id}`));
}
