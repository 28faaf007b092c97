import type { LoadShape } from "../model/load.ts";
import type { ParsedAssumption, Period, Service } from "../model/workload.ts";

/** Monday, 5 January 2026, 00:00 UTC. */
const anyMondaySeconds = 1_767_571_200;

/** When the period is: as it is said; else, if some service's load or schedule makes that matter, from the first series on, or a Monday. */
export function periodOf(
  services: readonly Service[],
  said: { readonly startSeconds: number | null; readonly timeZone: string },
): { readonly period: Period | null; readonly assumptions: readonly ParsedAssumption[] } {
  const scaled = services.flatMap(({ lifetime }) => (lifetime.kind === "scaled" ? [lifetime] : []));
  const { timeZone } = said;
  if (said.startSeconds !== null) return { period: { startSeconds: said.startSeconds, timeZone }, assumptions: [] };
  if (scaled.length === 0) return { period: null, assumptions: [] };
  const shapes = scaled.flatMap(({ loads }) => loads.map(({ shape }) => shape));
  const timed = shapes.some(({ kind }) => kind !== "constant") || scaled.some(({ scaling }) => scaling !== null);
  const starts = shapes.flatMap((shape) => startsOf(shape));
  const startSeconds = starts.length === 0 ? anyMondaySeconds : Math.min(...starts);
  const from = new Date(startSeconds * 1000).toISOString().replace(".000Z", "Z");
  const why = starts.length === 0 ? "a Monday" : "the beginning of the load's series";
  const text = `period.start is not said: the period begins at ${from}, ${why}.`;
  const assumption = { code: "period_start_assumed", text, services: [] };
  return { period: { startSeconds, timeZone, isAssumed: true }, assumptions: timed ? [assumption] : [] };
}

function startsOf(shape: LoadShape): number[] {
  return shape.kind === "series" ? [shape.startSeconds] : [];
}
