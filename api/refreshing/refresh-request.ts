import type { Database } from "../../db/database.ts";
import { listRegions } from "../../db/regions.ts";
import { today } from "../price-sources/clock.ts";
import { findRegion } from "../price-sources/regions.ts";
import type { RefreshRequest } from "./refresh.ts";
import type { RefreshSettings } from "./refresh-settings.ts";
import { isSourceName, type Outside, openSource } from "./sources.ts";

/** What the settings ask for, as of now. */
export async function refreshRequest(
  database: Database,
  { regions, sources }: Omit<RefreshSettings, "cron">,
  outside: Outside,
): Promise<RefreshRequest> {
  return {
    regions: regions ?? (await listRegions(database)).filter((region) => findRegion(region) !== null),
    sources: sources.filter(isSourceName).map((name) => openSource(name, outside)),
    today: today(outside.clock),
  };
}
