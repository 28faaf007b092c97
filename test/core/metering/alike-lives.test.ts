import { expect, test } from "vitest";
import { alikeTogether } from "../../../api/core/metering/alike-lives.ts";
import { one } from "../../../api/core/model/fraction.ts";
import { aService } from "../sample-workload.ts";
import { aLifetime } from "../scaling/scaled-service.ts";

const rowsOf = (scaled: boolean, ...lives: [count: number, start: number, end: number, times: number][]) => {
  const service = aService(scaled ? { lifetime: aLifetime() } : {});
  return lives.map(([count, startSeconds, endSeconds, times]) => ({
    life: { service: "web", count, startSeconds, endSeconds, times },
    task: { service, demand: { resources: {}, exclusive: [], kinds: [] } },
    share: one,
  }));
};

test("lives of a scaled service are metered by their length: 2 of 30 s and 3 × 2 of 30 s are 8, in the time from first to last", () => {
  const rows = alikeTogether(rowsOf(true, [2, 0, 30, 1], [1, 50, 150, 1], [3, 100, 160, 2]));

  expect(
    rows.map(({ life, startSeconds, endSeconds }) => [
      life.count,
      life.endSeconds - life.startSeconds,
      startSeconds,
      endSeconds,
    ]),
  ).toEqual([
    [8, 30, 0, 160],
    [1, 100, 0, 160],
  ]);
});

test("all others stay as they are", () => {
  const rows = rowsOf(false, [2, 0, 30, 1], [2, 30, 60, 1]);

  expect(alikeTogether(rows).map(({ life }) => life)).toEqual(rows.map(({ life }) => life));
});
