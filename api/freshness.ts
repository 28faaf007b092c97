import type { Freshness } from "./present/staleness.ts";

export const staleAfterDaysDefault = 365;

/** As of now, by the environment's STOWAGE_STALE_AFTER_DAYS or a year. */
export function freshnessNow(
  staleAfterDays: number = Number(process.env.STOWAGE_STALE_AFTER_DAYS || staleAfterDaysDefault),
): Freshness {
  return { staleAfterDays, today: new Date().toISOString().slice(0, 10) };
}
