import { Exact } from "../api/core/model/exact.ts";
import type { PriceInForce } from "./prices.ts";

/** The same for the same beginning of a tier, however it is written; no beginning is 0. */
export function tierKey({ tierFrom }: { readonly tierFrom?: string | null }): string {
  return new Exact(tierFrom ?? 0).toString();
}

/**
 * The day from which a newly read price is in force: its own, but for a list of what is in force today never before the price it takes
 * the place of. Where what is held says otherwise of the days between, it stays believed up to the day of the reading.
 */
export function startOf(
  row: { readonly live: boolean; readonly effectiveFrom: string | null },
  held: readonly PriceInForce[],
  today: string,
): string | null {
  if (!row.live) return row.effectiveFrom;
  const before = held[0]?.effectiveFrom ?? null;
  const own = row.effectiveFrom ?? today;
  if (before === null || own >= before) return own;
  return today > before ? today : before;
}
