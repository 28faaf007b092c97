import type { ScheduledAction } from "../model/scaling.ts";

/** A bound that passes the other takes it along. */
export function withinBounds({ min, max }: ScheduledAction, leastNow: number, mostNow: number): [number, number] {
  const least = min ?? leastNow;
  const most = max ?? mostNow;
  if (least <= most) return [least, most];
  return min !== null ? [least, least] : [most, most];
}
