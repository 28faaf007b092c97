import fc from "fast-check";
import { expect, test } from "vitest";
import type { LoadShape } from "../../../api/core/model/load.ts";
import type { ScaledLifetime } from "../../../api/core/model/scaling.ts";
import { taskSecondsByHour } from "../../../api/core/scaling/report.ts";
import { aLifetime, aLoad, aMetric, aScaling, aStepper, aTracker, played } from "./scaled-service.ts";

const upTo = (max: number, min = 0) => fc.integer({ min, max });

const shape: fc.Arbitrary<LoadShape> = fc.oneof(
  fc.record({ kind: fc.constant("constant" as const), value: upTo(2000) }),
  fc.record({
    kind: fc.constant("hourly" as const),
    values: fc.array(upTo(2000), { minLength: 24, maxLength: 24 }),
    interpolation: fc.constantFrom("step" as const, "linear" as const),
  }),
  fc.record({
    kind: fc.constant("series" as const),
    startSeconds: upTo(7200),
    periodSeconds: fc.constantFrom(20, 60, 300, 3600),
    values: fc.array(fc.option(upTo(2000), { freq: 9 }), { minLength: 1, maxLength: 200 }),
    repeatPoints: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant("generated" as const),
    base: upTo(100),
    peak: upTo(2000),
    peakHour: upTo(23),
    weekendFactor: fc.constantFrom(0.5, 1),
    noise: fc.constantFrom(0, 0.25),
    bursts: fc.option(fc.record({ perWeek: upTo(100), factor: upTo(3), seconds: upTo(7200, 60) })),
    seed: fc.option(upTo(1000)),
  }),
);

const alarmOf = (comparison: ">" | "<", threshold: number) =>
  upTo(15, 1).map((datapoints) => ({
    comparison,
    threshold,
    datapoints,
    datapointsToAlarm: Math.ceil(datapoints / 2),
  }));

const metric = fc
  .record({ periodSeconds: fc.constantFrom(20, 60, 300), publicationDelaySeconds: upTo(400) })
  .map((fields) => aMetric(fields));

const tracker = fc
  .record({
    metric,
    high: alarmOf(">", 50),
    low: alarmOf("<", 45),
    scaleOutCooldownSeconds: upTo(600),
    scaleInCooldownSeconds: upTo(600),
    scaleInDisabled: fc.boolean(),
  })
  .map((fields) => aTracker(50, fields));

const stepper = fc
  .record({
    metric,
    adjustment: fc.constantFrom("change" as const, "percent" as const),
    cooldownSeconds: upTo(600),
    by: upTo(50, -50),
  })
  .map(({ by, ...fields }) =>
    aStepper({
      ...fields,
      alarm: { comparison: by > 0 ? ">" : "<", threshold: 40, datapoints: 2, datapointsToAlarm: 2 },
      steps: [{ lower: by > 0 ? 0 : null, upper: by > 0 ? null : 0, adjustment: by }],
    }),
  );

const lifetime: fc.Arbitrary<ScaledLifetime> = fc
  .record({
    shapes: fc.array(shape, { minLength: 1, maxLength: 2 }),
    growthPerMonth: fc.constantFrom(0, 3),
    policies: fc.array(fc.oneof(tracker, stepper), { maxLength: 3 }),
    min: upTo(5),
    more: upTo(30),
    behaviour: fc.record({
      startSeconds: upTo(400),
      drainSeconds: upTo(400),
      stops: fc.constantFrom("newest" as const, "oldest" as const),
      utilizationMaxPercent: fc.constantFrom(100, 1e9),
    }),
    perWeek: fc.constantFrom(0, 0, 20),
    scheduled: fc.boolean(),
  })
  .map(({ shapes, growthPerMonth, policies, min, more, behaviour, perWeek, scheduled }) => {
    const schedule = { expression: "rate", timeZone: "UTC", startSeconds: null, endSeconds: null };
    const actions = [{ name: "narrow", schedule, min, max: min + Math.ceil(more / 2) }];
    return aLifetime({
      loads: shapes.map((one) => aLoad(one, { growthPerMonth })),
      scaling: aScaling({ min, max: min + more, policies, scheduledActions: scheduled ? actions : [] }),
      behaviour,
      deployments:
        perWeek === 0
          ? null
          : { perWeek, kind: "rolling", maximumPercent: 150, minimumHealthyPercent: 100, roundSeconds: 200 },
    });
  });

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
