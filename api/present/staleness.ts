/** How old prices may get before answers say so, and the day it is. */
export interface Freshness {
  readonly staleAfterDays: number;
  /** ISO. */
  readonly today: string;
}

const millisecondsPerDay = 86_400_000;

/** A sentence where the oldest price used is past its age; null: it is not, or no price was used. */
export function staleness(prices: { readonly oldest: string | null }, freshness: Freshness): string | null {
  if (prices.oldest === null) return null;
  const days = Math.floor((Date.parse(freshness.today) - Date.parse(prices.oldest)) / millisecondsPerDay);
  if (!(days > freshness.staleAfterDays)) return null;
  return `Stale: the oldest price used is of ${prices.oldest}, ${days} days ago (more than ${freshness.staleAfterDays}).`;
}
