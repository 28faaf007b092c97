/** How old prices may get before answers say so, and the day it is. */
export interface Freshness {
  readonly staleAfterDays: number;
  /** ISO. */
  readonly today: string;
}

const millisecondsPerDay = 86_400_000;

/**
 * A sentence where the oldest price used is past its age; null: it is not, or no price was used. `known`: the oldest day on which a
 * price used was last known to hold, where that is later than the oldest price's own (ISO).
 */
export function staleness(
  { oldest, known = oldest }: { readonly oldest: string | null; readonly known?: string | null },
  { staleAfterDays, today }: Freshness,
): string | null {
  if (known === null) return null;
  const days = Math.floor((Date.parse(today) - Date.parse(known)) / millisecondsPerDay);
  if (!(days > staleAfterDays)) return null;
  const what = known === oldest ? "the oldest price used is of" : "a price used was last known to hold on";
  return `Stale: ${what} ${known}, ${days} days ago (more than ${staleAfterDays}).`;
}
