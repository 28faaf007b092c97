import { isBlank, isEmpty, isObject, kindOf, unknownFields } from "../model/field.ts";
import { fieldPath, type Problem } from "../model/problem.ts";
import { instantOf, isTimeZone, offsetsOf } from "../model/time-zone.ts";

/** The first instant of the priced period and the time zone that hours of the day are told in. A day alone begins at its midnight there. */
export function readPeriod(
  value: unknown,
  report: (problem: Problem) => void,
): { startSeconds: number | null; timeZone: string } {
  const unsaid = { startSeconds: null, timeZone: "UTC" };
  if (isEmpty(value)) return unsaid;
  if (!isObject(value)) {
    report({ code: "wrong_type", path: "period", message: `period must be an object, not ${kindOf(value)}.` });
    return unsaid;
  }
  for (const problem of unknownFields(value, "period", ["start", "timeZone"])) report(problem);
  const timeZone = readTimeZone(value.timeZone, report);
  return { startSeconds: readStart(value.start, timeZone, report), timeZone };
}

function readTimeZone(value: unknown, report: (problem: Problem) => void): string {
  if (isBlank(value)) return "UTC";
  if (typeof value === "string" && /^[A-Za-z][\w+/-]{0,63}$/.test(value) && isTimeZone(value)) return value;
  const message = "timeZone must be the name of a time zone, such as UTC or Europe/Berlin.";
  report({ code: "not_a_time_zone", path: fieldPath("period", "timeZone"), message });
  return "UTC";
}

function readStart(value: unknown, timeZone: string, report: (problem: Problem) => void): number | null {
  if (isBlank(value)) return null;
  const milliseconds = typeof value === "string" && instant.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    const message = "start must be an instant such as 2026-11-01T00:00:00Z.";
    report({ code: "not_an_instant", path: fieldPath("period", "start"), message });
    return null;
  }
  const seconds = Math.floor(milliseconds / 1000);
  return String(value).includes("T") ? seconds : instantOf(seconds, offsetsOf(timeZone));
}

const instant =
  /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;
