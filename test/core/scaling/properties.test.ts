import fc from "fast-check";
import { expect, test } from "vitest";
import { taskSecondsByHour } from "../../../api/core/scaling/report.ts";
import { randomLifetime as lifetime, upTo } from "./random-lifetime.ts";
import { played } from "./scaled-service.ts";

const day = {
  periodSeconds: 86_400,
  tasks: 5,
  calendar: (_: unknown, from: number) => Math.ceil(from / 40_010) * 40_010,
};

test("the desired number stays within min and max, once it is there", () => {
  fc.assert(
    fc.property(lifetime, (one) => {
      const { min, max } = one.scaling ?? { min: 0, max: 0 };
      const { report } = played(one, { ...day, tasks: max });
      const counts = report.timeline.map(({ desired }) => desired);
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(min);
      expect(Math.max(...counts)).toBeLessThanOrEqual(max);
    }),
    { numRuns: 60 },
  );
});

test("task-seconds are the area under the timeline, the sum over lives and the sum over hours, and all lives are in the period", () => {
  fc.assert(
    fc.property(lifetime, (one) => {
      const { lives, report } = played(one, day);
      const area = report.timeline.reduce((sum, { startSeconds, alive }, at) => {
        const end = report.timeline[at + 1]?.startSeconds ?? day.periodSeconds;
        return sum + alive * (end - startSeconds);
      }, 0);
      const lived = lives.reduce((sum, life) => sum + life.count * (life.endSeconds - life.startSeconds), 0);
      const hours = [...taskSecondsByHour(report)];
      expect([area, lived]).toEqual([report.taskSeconds, report.taskSeconds]);
      expect([hours.length, hours.reduce((sum, seconds) => sum + seconds, 0)]).toEqual([24, report.taskSeconds]);
      expect(lives.every((life) => life.startSeconds >= 0 && life.startSeconds < life.endSeconds)).toBe(true);
      expect(lives.every((life) => life.endSeconds <= day.periodSeconds)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("the same input and seed give the same bytes, and what a whole day skips, a day cut short at any second agrees with", () => {
  fc.assert(
    fc.property(lifetime, upTo(86_000, 1), (one, seconds) => {
      const whole = played(one, day).report.timeline;
      expect(JSON.stringify(played(structuredClone(one), day).report.timeline)).toBe(JSON.stringify(whole));
      const cut = played(structuredClone(one), { ...day, periodSeconds: seconds }).report.timeline;
      expect(cut).toEqual(whole.filter(({ startSeconds }) => startSeconds < seconds));
    }),
    { numRuns: 60 },
  );
});

test("scaling the load and the tasks' capacity together by 4 changes nothing", () => {
  fc.assert(
    fc.property(lifetime, (one) => {
      // Products with powers of two are exact, so that even what lies on a threshold stays there.
      const whole = { ...one, loads: one.loads.map((load) => ({ ...load, growthPerMonth: 0 })) };
      const larger = { ...whole, loads: whole.loads.map((load) => ({ ...load, cpuUnits: 4, memoryMiB: 4 })) };
      const capacity = { cpuUnits: 400, memoryMiB: 400 };
      expect(played(larger, { ...day, capacity }).report).toEqual(played(whole, day).report);
    }),
    { numRuns: 60 },
  );
});
