import { describe, expect, test } from "vitest";
import { hasNumericWeekday, isSchedule, nextInstant } from "../../api/aws/calendar.ts";

const seconds = (instant: string) => Date.parse(instant) / 1000;

/** The first instants from `from` on. */
function instants(
  expression: string,
  timeZone: string,
  given: { from: string; count?: number; start?: string; end?: string },
) {
  const startSeconds = given.start === undefined ? null : seconds(given.start);
  const endSeconds = given.end === undefined ? null : seconds(given.end);
  const schedule = { expression, timeZone, startSeconds, endSeconds };
  const found: string[] = [];
  let next = nextInstant(schedule, seconds(given.from), seconds(given.from));
  while (next !== null && found.length < (given.count ?? 3)) {
    found.push(new Date(next * 1000).toISOString().slice(0, 19));
    next = nextInstant(schedule, next + 1, seconds(given.from));
  }
  return found;
}

describe("cron", () => {
  test("SCH-6: cron(0 9 * * ? *) is 09:00 UTC each day", () => {
    expect(instants("cron(0 9 * * ? *)", "UTC", { from: "2026-11-01T09:00:01Z", count: 2 })).toEqual([
      "2026-11-02T09:00:00",
      "2026-11-03T09:00:00",
    ]);
    expect(instants("cron(0 9 * * ? *)", "UTC", { from: "2026-11-01T09:00:00Z", count: 1 })).toEqual([
      "2026-11-01T09:00:00",
    ]);
  });

  test("SCH-7: 09:00 in New York is 13:00 UTC until the clock goes back on 1 November 2026, and 14:00 then", () => {
    expect(instants("cron(0 9 * * ? *)", "America/New_York", { from: "2026-10-31T00:00:00Z" })).toEqual([
      "2026-10-31T13:00:00",
      "2026-11-01T14:00:00",
      "2026-11-02T14:00:00",
    ]);
  });

  test("02:30 in Berlin happens at 03:00 summer time on 29 March 2026, when there is no 02:30, and once when there are two", () => {
    expect(instants("cron(30 2 * * ? *)", "Europe/Berlin", { from: "2026-03-28T12:00:00Z", count: 2 })).toEqual([
      "2026-03-29T01:00:00",
      "2026-03-30T00:30:00",
    ]);
    expect(instants("cron(30 2 * * ? *)", "Europe/Berlin", { from: "2026-10-24T12:00:00Z", count: 2 })).toEqual([
      "2026-10-25T00:30:00",
      "2026-10-26T01:30:00",
    ]);
  });

  test("weekdays, lists and steps: 8 and 20 h from Monday to Friday; every quarter of an hour", () => {
    expect(instants("cron(0 8,20 ? * MON-FRI *)", "UTC", { from: "2026-11-06T12:00:00Z" })).toEqual([
      "2026-11-06T20:00:00",
      "2026-11-09T08:00:00",
      "2026-11-09T20:00:00",
    ]);
    expect(instants("cron(0/15 * * * ? *)", "UTC", { from: "2026-11-06T23:40:00Z" })).toEqual([
      "2026-11-06T23:45:00",
      "2026-11-07T00:00:00",
      "2026-11-07T00:15:00",
    ]);
  });

  test("days of the month and years: the first of each month, and never again after 2026", () => {
    expect(instants("cron(0 0 1 * ? *)", "UTC", { from: "2026-11-02T00:00:00Z", count: 2 })).toEqual([
      "2026-12-01T00:00:00",
      "2027-01-01T00:00:00",
    ]);
    expect(instants("cron(0 0 1 12 ? 2026)", "UTC", { from: "2026-11-02T00:00:00Z" })).toEqual(["2026-12-01T00:00:00"]);
  });

  test("a numeric day of the week is told apart from a name", () => {
    expect(["cron(30 6 * * 2 *)", "cron(30 6 ? * TUE *)", "cron(30 6 ? * MON#2 *)"].map(hasNumericWeekday)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test("at(…) is once, in its zone: 09:00 in Tokyo is 00:00 UTC", () => {
  expect(instants("at(2026-11-03T09:00:00)", "Asia/Tokyo", { from: "2026-11-01T00:00:00Z" })).toEqual([
    "2026-11-03T00:00:00",
  ]);
});

describe("rate", () => {
  test("counts from the start of the period, the first one an interval later", () => {
    expect(instants("rate(12 hours)", "UTC", { from: "2026-11-01T00:00:00Z" })).toEqual([
      "2026-11-01T12:00:00",
      "2026-11-02T00:00:00",
      "2026-11-02T12:00:00",
    ]);
  });

  test("with a start counts from there, beginning there, and with an end stops", () => {
    const bounds = { from: "2026-11-01T00:00:00Z", start: "2026-11-01T06:00:00Z", end: "2026-11-02T06:00:00Z" };
    expect(instants("rate(1 day)", "UTC", bounds)).toEqual(["2026-11-01T06:00:00", "2026-11-02T06:00:00"]);
  });
});

test.each([
  "",
  "cron()",
  "cron(0 9 * * ?)",
  "cron(99 9 * * ? *)",
  "rate(0 days)",
  "rate(5 weeks)",
  "at(tomorrow)",
  "0 9 * * *",
])("%j is no schedule", (expression) => {
  expect(isSchedule(expression)).toBe(false);
});
