import { instantText } from "./instant-text.ts";
import type { ComparisonDocument } from "./json.ts";
import { periodSecondsOf } from "./usage-over-time.ts";

/** When the planned bill's period begins, and who says so. */
export interface FocusPeriod {
  /** Since 1970 UTC. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** The address of the bill, the request that was compared, or nobody. */
  readonly from: "asked" | "request" | "assumed";
}

/**
 * The month that is asked for; else as the request says; else, an assumption, the first month from that of the newest price on that is
 * long enough, so that a month of 730 hours is one of 31 days and all of it in one billing period.
 */
export function focusPeriodOf(document: ComparisonDocument, month: string | null): FocusPeriod {
  const seconds = periodSecondsOf(document);
  const { period = null, prices } = document;
  const beginning = (startSeconds: number, from: FocusPeriod["from"]) => {
    return { startSeconds, endSeconds: startSeconds + seconds, from };
  };
  if (month !== null) return beginning(Date.parse(`${month}-01T00:00:00Z`) / 1000, "asked");
  if (period !== null) return beginning(Date.parse(period.start) / 1000, period.assumed ? "assumed" : "request");
  const newest = monthStart(Date.parse(`${(prices.newest ?? "1970-01-01").slice(0, 10)}T00:00:00Z`) / 1000);
  // Of any two months one has 31 days, but for those around February.
  const later = [newest];
  for (let next = 1; next < 3; next++) later.push(nextMonth(later.at(-1) ?? newest));
  const found = later.find((start) => nextMonth(start) - start >= seconds);
  return beginning(found ?? newest, "assumed");
}

/** The calendar months in UTC that a period touches: where each begins, and where the last one ends. */
export function monthsOf({ startSeconds, endSeconds }: FocusPeriod): readonly number[] {
  const months = [monthStart(startSeconds)];
  while ((months.at(-1) ?? endSeconds) < endSeconds) months.push(nextMonth(months.at(-1) ?? endSeconds));
  return months;
}

function monthStart(seconds: number): number {
  return Date.parse(`${instantText(seconds).slice(0, 7)}-01T00:00:00Z`) / 1000;
}

function nextMonth(start: number): number {
  return monthStart(start + 32 * 86_400);
}
