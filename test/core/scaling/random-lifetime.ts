import fc from "fast-check";
import type { LoadShape } from "../../../api/core/model/load.ts";
import type { ScaledLifetime } from "../../../api/core/model/scaling.ts";
import { aLifetime, aLoad, aMetric, aScaling, aStepper, aTracker } from "./scaled-service.ts";

export const upTo = (max: number, min = 0) => fc.integer({ min, max });

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

/** Anything that scales, for a day or so. */
export const randomLifetime: fc.Arbitrary<ScaledLifetime> = fc
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
