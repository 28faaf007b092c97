import { CronPattern } from "croner";
import { findRegion } from "../price-sources/regions.ts";

/** When a server refreshes its prices by itself, and from where. */
export interface RefreshSettings {
  /** Five fields, in UTC. */
  readonly cron: string;
  /** Null: all regions that have prices. */
  readonly regions: readonly string[] | null;
  /** Names of sources. */
  readonly sources: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Those that a server can read without anybody there to hand it a file. */
const unattended = ["api", "bulk", "ec2", "savings-plans", "savings-plans-files"];

/** From STOWAGE_REFRESH, STOWAGE_REFRESH_REGIONS and STOWAGE_REFRESH_SOURCE, free of mistakes; null: the first is not set. */
export function readRefreshSettings(environment: Environment): RefreshSettings | null {
  const { STOWAGE_REFRESH: cron = "", STOWAGE_REFRESH_REGIONS: regions, STOWAGE_REFRESH_SOURCE: source } = environment;
  if (cron === "") return null;
  const places = list(regions);
  return { cron, regions: places.join() === "all" ? null : places, sources: list(source || "api") };
}

/** A sentence for each value that cannot be used. */
export function refreshMistakes(environment: Environment): string[] {
  const settings = readRefreshSettings(environment);
  if (settings === null) return [];
  const { cron, regions, sources } = settings;
  const mistakes: string[] = [];
  if (!isCron(cron)) mistakes.push(`STOWAGE_REFRESH must be five fields of a cron table such as "17 4 * * *", in UTC.`);
  const unknown = regions?.find((region) => findRegion(region) === null);
  if (regions?.length === 0 || unknown !== undefined) {
    const said = unknown === undefined ? "nothing" : JSON.stringify(unknown);
    mistakes.push(`STOWAGE_REFRESH_REGIONS must be regions parted by commas, or all, not ${said}.`);
  }
  const strange = sources.find((name) => !unattended.includes(name));
  if (strange !== undefined) {
    mistakes.push(`STOWAGE_REFRESH_SOURCE must be of ${unattended.join(", ")}, not ${JSON.stringify(strange)}.`);
  }
  return mistakes;
}

/** As Workers' triggers have it too: no seconds, no names such as @daily. */
function isCron(text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5) return false;
  try {
    return new CronPattern(text) !== null;
  } catch {
    return false;
  }
}

function list(text = ""): readonly string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
