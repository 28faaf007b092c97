import { describe, expect, test } from "vitest";
import { cronRuns } from "../../../api/aws/kubernetes/cron-runs.ts";

const day = 86_400;

describe("a CronJob's schedule, in a period that begins on Monday, 5 January 2026", () => {
  test.each([
    ["0 3 * * *", 30 * day, 30],
    ["@daily", 30 * day, 30],
    ["@hourly", 730 * 3600, 730],
    ["*/5 * * * *", day, 288],
    ["* * * * *", 730 * 3600, 43_800],
    ["0 9-17 * * 1-5", 7 * day, 45],
    ["0 0 * * sun", 28 * day, 4],
    ["0 0 * * 7", 28 * day, 4],
    ["0 0 1 * *", 365 * day, 12],
    ["30 4 1,15 * 5", 26 * day, 5],
    ["0 0 29 feb *", 365 * day, 0],
    ["15,45 */6 * * *", day, 8],
    ["5/20 0 * * *", day, 3],
    ["0 12 * * *", 12 * 3600, 0],
    ["0 12 * * *", 12 * 3600 + 1, 1],
  ])("%s in %i s comes %i times", (schedule, seconds, runs) => {
    expect(cronRuns(schedule, seconds)).toBe(runs);
  });

  test.each(["", "* * * *", "60 * * * *", "* 24 * * *", "*/0 * * * *", "5-1 * * * *", "a * * * *", "0 0 32 * *"])(
    "%j cannot be read",
    (schedule) => {
      expect(cronRuns(schedule, day)).toBeNull();
    },
  );
});
