import type { Decimal } from "decimal.js";
import { Exact } from "../core/model/exact.ts";
import type { PriceUnit } from "../core/model/price-book.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";

type LineItem = OptionDocument["lineItems"][number];

/**
 * How a line item's usage is told to fall on the hours: `metered`, at the even rate at which it was metered between its start and its end;
 * `tasks`, with the number of the service's tasks at each time; `even`, a guess, where the answer does not tell when it is.
 */
export type Spread = "metered" | "tasks" | "even";

/** A line item over time. */
export interface UsageOverTime {
  readonly spread: Spread;
  /** Of the period, in seconds from its start. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** What of an amount has come up to a time: exact sums of parts, to 12 decimals each. */
  upTo(seconds: number, amount: Decimal): Decimal;
}

export function usageOverTime(line: LineItem, option: OptionDocument, document: ComparisonDocument): UsageOverTime {
  // What was kept before answers told when usage is has all of it in the whole period.
  const { startSeconds = 0, endSeconds = periodSecondsOf(document) } = line as Partial<LineItem>;
  const timeline = ofTasks.has(line.unit) ? timelineOf(line, option) : null;
  const tasks = timeline && tasksUpTo(timeline, { startSeconds, endSeconds });
  const share = (seconds: number): Decimal => {
    if (seconds <= startSeconds) return new Exact(0);
    if (seconds >= endSeconds) return new Exact(1);
    if (tasks !== null) return new Exact(tasks(seconds)).div(tasks(endSeconds));
    return new Exact(seconds - startSeconds).div(endSeconds - startSeconds);
  };
  return {
    spread: tasks === null ? spreadOf(line, option) : "tasks",
    ...{ startSeconds, endSeconds },
    upTo: (seconds, amount) => amount.times(share(seconds)).toDecimalPlaces(12),
  };
}

export function periodSecondsOf({ hours }: ComparisonDocument): number {
  return new Exact(hours).times(3600).round().toNumber();
}

/** What a task has for as long as it lives. */
const ofTasks = new Set<PriceUnit>(["vCPU-Hour", "vCPU-Second", "GB-Hour", "GB-Second"]);
/** What is there, or is not, at any time; other units are of what happens. */
const ofTime = new Set<PriceUnit>([...ofTasks, "Instance-Hour", "Hour", "GB-Month", "IOPS-Month", "MiBps-Month"]);
ofTime.add("Count-Month");

function spreadOf(line: LineItem, { scaling }: OptionDocument): Spread {
  if (!ofTime.has(line.unit) || (line as Partial<LineItem>).startSeconds === undefined) return "even";
  if (scaling === null) return "metered";
  const comesAndGoes =
    line.service === null
      ? scaling.capacityProviders.length > 0
      : scaling.services.some(({ service }) => service === line.service);
  return comesAndGoes ? "even" : "metered";
}

type Timeline = readonly { readonly startSeconds: number; readonly alive: number }[];

/** Null: the service does not scale, or the answer does not hold so many steps. */
function timelineOf(line: LineItem, { scaling }: OptionDocument): Timeline | null {
  return scaling?.services.find(({ service }) => service === line.service)?.timeline ?? null;
}

/** Task-seconds from the start up to a time; null: there are none. */
function tasksUpTo(
  timeline: Timeline,
  { startSeconds, endSeconds }: { readonly startSeconds: number; readonly endSeconds: number },
): ((seconds: number) => number) | null {
  const sums: number[] = [];
  let sum = 0;
  const until = (at: number) => timeline[at + 1]?.startSeconds ?? endSeconds;
  const within = (at: number, end: number) => {
    const from = Math.max(timeline[at]?.startSeconds ?? 0, startSeconds);
    return Math.max(0, Math.min(end, until(at)) - from) * (timeline[at]?.alive ?? 0);
  };
  for (const at of timeline.keys()) {
    sums.push(sum);
    sum += within(at, endSeconds);
  }
  if (sum === 0) return null;
  return (seconds) => {
    const at = stepAt(timeline, seconds);
    return (sums[at] ?? 0) + within(at, seconds);
  };
}

/** The last step that begins at the time or before it. */
function stepAt(timeline: Timeline, seconds: number): number {
  let low = 0;
  let high = timeline.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((timeline[middle]?.startSeconds ?? 0) <= seconds) low = middle;
    else high = middle - 1;
  }
  return low;
}
