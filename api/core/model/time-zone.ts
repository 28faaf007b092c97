const secondsPerWeek = 604_800;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether there is such a zone (IANA name, `UTC`). */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Local time minus UTC in a zone, by the instant (seconds since 1970 UTC). */
export function offsetsOf(timeZone: string): (epochSeconds: number) => number {
  if (timeZone === "UTC") return () => 0;
  const format = formatOf(timeZone);
  const weeks = new Map<number, Week>();
  return (at) => {
    const number = Math.floor(at / secondsPerWeek);
    const week = weeks.get(number) ?? weekOf(format, number * secondsPerWeek);
    weeks.set(number, week);
    return at < week.changes ? week.before : week.after;
  };
}

/** No zone has changed its offset twice within a week. */
interface Week {
  readonly changes: number;
  readonly before: number;
  readonly after: number;
}

function weekOf(format: Intl.DateTimeFormat, from: number): Week {
  const until = from + secondsPerWeek;
  const before = offsetAt(format, from);
  const after = offsetAt(format, until);
  return { changes: before === after ? until : firstChange(format, from, until), before, after };
}

/** The instant of a local time (as if it were UTC). In a gap: the first instant after it; there twice: the first. */
export function instantOf(localSeconds: number, offsetOf: (epochSeconds: number) => number): number {
  const early = localSeconds - offsetOf(localSeconds - 86_400);
  if (early + offsetOf(early) === localSeconds) return early;
  const late = localSeconds - offsetOf(localSeconds + 86_400);
  if (late + offsetOf(late) === localSeconds) return late;
  // In a gap, local time jumps over it between the two candidates.
  let before = Math.min(early, late);
  let after = Math.max(early, late);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetOf(middle) < localSeconds) before = middle;
    else after = middle;
  }
  return after;
}

function firstChange(format: Intl.DateTimeFormat, from: number, until: number): number {
  const offset = offsetAt(format, from);
  let same = from;
  let changed = until;
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (offsetAt(format, middle) === offset) same = middle;
    else changed = middle;
  }
  return changed;
}

function offsetAt(format: Intl.DateTimeFormat, epochSeconds: number): number {
  const parts = new Map(format.formatToParts(epochSeconds * 1000).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local / 1000 - epochSeconds;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const numeric = { year: "numeric", month: "numeric", day: "numeric" } as const;
  const time = { hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" } as const;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, ...numeric, ...time });
  formats.set(timeZone, format);
  return format;
}
