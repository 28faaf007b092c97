import { Cron } from "croner";
import type { Schedule } from "../core/model/scaling.ts";
import { instantOf, offsetsOf } from "../core/model/time-zone.ts";

const secondsPerDay = 86_400;
const secondsPerWeek = 604_800;
/** A Monday, from which one week of a weekly recurrence is read. */
const mondaySeconds = 345_600;
const rateSeconds: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** What an expression comes to; all seconds are whole. */
type Recurrence =
  | { readonly kind: "once"; readonly atSeconds: number }
  | { readonly kind: "rate"; readonly everySeconds: number }
  /** Local seconds of the week, from Monday, in order. */
  | { readonly kind: "weekly"; readonly seconds: readonly number[] }
  | { readonly kind: "irregular"; readonly cron: Cron };

/**
 * The first instant of a schedule that is not before `fromSeconds` (seconds since 1970 UTC, whole); null: none any more. A rate counts from
 * the schedule's start or else from the period's, its first instant one interval later; everything else with a start happens there first.
 * A local time that a change of the clock leaves out happens when the clock has moved on, one that comes twice the first time.
 * Source: AWS Application Auto Scaling user guide 2023-06, scheduled-scaling-using-cron-expressions.md.
 */
export function nextInstant(schedule: Schedule, fromSeconds: number, periodStartSeconds: number): number | null {
  const { startSeconds, endSeconds } = schedule;
  const recurrence = recurrenceOf(schedule);
  if (recurrence === null) return null;
  const next =
    startSeconds !== null && fromSeconds <= startSeconds && recurrence.kind !== "once"
      ? startSeconds
      : nextOf(recurrence, Math.max(fromSeconds, startSeconds ?? fromSeconds), {
          zone: schedule.timeZone,
          anchor: startSeconds ?? periodStartSeconds,
        });
  return next === null || (endSeconds !== null && next > endSeconds) ? null : next;
}

/** Whether it is an expression that can be read: `at(…)`, `rate(…)` or `cron(…)`. */
export function isSchedule(expression: string): boolean {
  return recurrenceOf({ expression, timeZone: "UTC" }) !== null;
}

/** Days of the week as numbers, which AWS documents both as 1 = Sunday and as 1 = Monday. */
export function hasNumericWeekday(expression: string): boolean {
  const fields = /^cron\((.+)\)$/.exec(expression.trim())?.[1]?.trim().split(/\s+/) ?? [];
  return /\d/.test((fields.at(-2) ?? "").replace(/[#/]\d+/g, ""));
}

function nextOf(
  recurrence: Recurrence,
  from: number,
  given: { readonly zone: string; readonly anchor: number },
): number | null {
  switch (recurrence.kind) {
    case "once":
      return recurrence.atSeconds >= from ? recurrence.atSeconds : null;
    case "rate": {
      const intervals = Math.max(1, Math.ceil((from - given.anchor) / recurrence.everySeconds));
      return given.anchor + intervals * recurrence.everySeconds;
    }
    case "weekly":
      return nextInWeek(recurrence.seconds, from, given.zone);
    case "irregular": {
      const next = recurrence.cron.nextRun(new Date((from - 1) * 1000));
      return next === null ? null : Math.floor(next.getTime() / 1000);
    }
  }
}

function nextInWeek(seconds: readonly number[], from: number, zone: string): number | null {
  const offsetOf = offsets(zone);
  // Early enough for whatever a change of the clock has put off.
  const local = from + offsetOf(from) - mondaySeconds - 7200;
  for (let week = Math.floor(local / secondsPerWeek); ; week++) {
    const base = week * secondsPerWeek;
    for (let at = firstAtLeast(seconds, local - base); at < seconds.length; at++) {
      const instant = instantOf(base + mondaySeconds + (seconds[at] ?? 0), offsetOf);
      if (instant >= from) return instant;
    }
    if (seconds.length === 0) return null;
  }
}

function firstAtLeast(sorted: readonly number[], least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

const offsetsByZone = new Map<string, (epochSeconds: number) => number>();

function offsets(zone: string): (epochSeconds: number) => number {
  const known = offsetsByZone.get(zone) ?? offsetsOf(zone);
  offsetsByZone.set(zone, known);
  return known;
}

const recurrences = new WeakMap<object, Recurrence | null>();

function recurrenceOf(schedule: Pick<Schedule, "expression" | "timeZone">): Recurrence | null {
  const known = recurrences.get(schedule);
  if (known !== undefined) return known;
  const read = readExpression(schedule.expression, schedule.timeZone);
  recurrences.set(schedule, read);
  return read;
}

function readExpression(expression: string, timeZone: string): Recurrence | null {
  const [, kind, inner = ""] = /^\s*(at|rate|cron)\s*\((.*)\)\s*$/.exec(expression) ?? [];
  if (kind === "rate") return rateOf(inner.trim());
  if (kind === "at") return onceOf(inner.trim(), timeZone);
  return kind === "cron" ? cronOf(inner.trim(), timeZone) : null;
}

function rateOf(text: string): Recurrence | null {
  const [, count, unit = ""] = /^(\d{1,6})\s+(minute|hour|day)s?$/.exec(text) ?? [];
  const everySeconds = Number(count) * (rateSeconds[unit] ?? Number.NaN);
  return everySeconds > 0 ? { kind: "rate", everySeconds } : null;
}

function onceOf(text: string, timeZone: string): Recurrence | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text)) return null;
  const milliseconds = Date.parse(`${text}Z`);
  if (Number.isNaN(milliseconds)) return null;
  return { kind: "once", atSeconds: instantOf(milliseconds / 1000, offsets(timeZone)) };
}

/** Minutes, hours, day of the month, month, day of the week, year; seconds may stand before them. */
function cronOf(text: string, timeZone: string): Recurrence | null {
  const given = text.toUpperCase().split(/\s+/);
  if (given.length < 6 || given.length > 7) return null;
  const fields = (given.length === 6 ? ["0", ...given] : given).map(spelledOut);
  const pattern = fields.join(" ");
  const [, , , day, month, weekday = "", year] = fields;
  const weekly = day === "*" && month === "*" && year === "*" && !/[L#]/.test(weekday);
  try {
    if (!weekly) return { kind: "irregular", cron: new Cron(pattern, { timezone: timeZone, paused: true }) };
    const cron = new Cron(pattern, { timezone: "UTC", paused: true });
    if (weekday !== "*") return { kind: "weekly", seconds: within(cron, secondsPerWeek) };
    const daily = within(cron, secondsPerDay);
    const days = [0, 1, 2, 3, 4, 5, 6].map((number) => number * secondsPerDay);
    return { kind: "weekly", seconds: days.flatMap((start) => daily.map((second) => start + second)) };
  } catch {
    return null;
  }
}

/** Seconds, minutes, hours, days, months, days of the week, years. */
const lastOfField = [59, 59, 23, 31, 12, 6, 9999];

/** `?` is any, and `0/15` from 0 on. */
function spelledOut(part: string, field: number): string {
  if (part === "?") return "*";
  return part.replace(/(^|,)(\d+)\/(\d+)/g, `$1$2-${lastOfField[field]}/$3`);
}

/** Runs in the time from a Monday on; finest is a minute. */
function within(cron: Cron, seconds: number): number[] {
  const runs: number[] = [];
  let at = mondaySeconds - 1;
  while (runs.length < seconds / 60) {
    const next = cron.nextRun(new Date(at * 1000));
    if (next === null) break;
    at = Math.floor(next.getTime() / 1000);
    if (at >= mondaySeconds + seconds) break;
    runs.push(at - mondaySeconds);
  }
  return runs;
}
