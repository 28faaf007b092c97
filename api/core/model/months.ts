/** A month of the calendar can be a day longer than the month that monthly prices are quoted for. */
const daysPerMonth = 30;

/**
 * When each month of a period ends, in seconds from its start, the last one with the period: months of one length, one after another. What
 * is left over the last whole one, up to a day, belongs to it: 744 hours are a month of 31 days, 8,784 a leap year.
 */
export function monthEnds(periodSeconds: number, monthSeconds: number): readonly number[] {
  const count = Math.max(1, Math.ceil((periodSeconds - monthSeconds / daysPerMonth) / monthSeconds));
  return Array.from({ length: count }, (_, at) => (at + 1 === count ? periodSeconds : (at + 1) * monthSeconds));
}
