import fc from "fast-check";
import type { LoadShape } from "../../../api/core/model/load.ts";
import type {
  Alarm,
  Calendar,
  ScaledLifetime,
  ScalingMetric,
  ScalingPolicy,
  StepAdjustment,
} from "../../../api/core/model/scaling.ts";
import { aLifetime, aLoad, aMetric, aScaling, aStepper, aTracker } from "./scaled-service.ts";

export const upTo = (max: number, min = 0) => fc.integer({ min, max });
/** Not whole, so that what is computed from it lies on no threshold but for a rounding error, which two formulas need not share. */
const some = (max: number) => fc.integer({ min: 0, max }).map((whole) => whole + Math.SQRT1_2);

/** Of loads that are to be met by some tens of tasks with 100 CPU units each. */
const anyShape: fc.Arbitrary<LoadShape> = fc.oneof(
  fc.record({ kind: fc.constant("constant" as const), value: upTo(2000) }),
  fc.record({
    kind: fc.constant("hourly" as const),
    values: fc.oneof(...[24, 168].map((length) => fc.array(some(2000), { minLength: length, maxLength: length }))),
    interpolation: fc.constantFrom("step" as const, "linear" as const),
  }),
  fc
    .record({
      kind: fc.constant("series" as const),
      startSeconds: upTo(3600, -7200),
      periodSeconds: fc.constantFrom(20, 60, 90, 300, 3600),
      values: fc.oneof(
        ...[3, 40].map((freq) => fc.array(fc.option(upTo(2000), { freq }), { minLength: 1, maxLength: 200 })),
      ),
      repeats: fc.boolean(),
    })
    .map(({ repeats, ...series }) => ({ ...series, repeatPoints: repeats ? series.values.length : null })),
  fc.record({
    kind: fc.constant("generated" as const),
    base: some(100),
    peak: some(2000),
    peakHour: upTo(23),
    weekendFactor: fc.constantFrom(0.5, 1),
    noise: fc.constantFrom(0, 0.25),
    bursts: fc.option(fc.record({ perWeek: upTo(500), factor: upTo(3), seconds: upTo(7200, 60) })),
    seed: fc.option(upTo(1000)),
  }),
);

const anyMetric: fc.Arbitrary<ScalingMetric> = fc
  .record({
    kind: fc.constantFrom("cpu", "cpu", "cpu", "memory", "requests-per-task", "requests", "requests-offered"),
    statistic: fc.constantFrom("average", "average", "minimum", "maximum", "sum"),
    periodSeconds: fc.constantFrom(20, 60, 60, 60, 300),
    publicationDelaySeconds: fc.oneof(fc.constantFrom(0, 0, 180), upTo(400)),
  })
  .map((fields) => aMetric(fields));

/** Utilisation is about 50 where there are tasks enough, requests in a minute about 3,000 for each of them. */
function aboutThreshold({ kind, statistic, periodSeconds }: ScalingMetric): fc.Arbitrary<number> {
  const least = kind === "cpu" || kind === "memory" ? 1 : 60;
  const most = statistic === "sum" ? Math.max(1, periodSeconds / 60) : 1;
  return fc.oneof(fc.constant(50 * least * most), upTo(70 * least * most, 30 * least));
}

function anyAlarm(comparisons: readonly Alarm["comparison"][], threshold: number): fc.Arbitrary<Alarm> {
  return fc
    .record({
      comparison: fc.constantFrom(...comparisons),
      datapoints: fc.oneof({ arbitrary: upTo(3, 1), weight: 3 }, upTo(15, 1)),
      all: fc.boolean(),
      some: upTo(14),
    })
    .map(({ comparison, datapoints, all, some: toAlarm }) => ({
      comparison,
      threshold,
      datapoints,
      datapointsToAlarm: all ? datapoints : 1 + (toAlarm % datapoints),
    }));
}

const anyCooldown = fc.oneof(fc.constantFrom(0, 60, 300), upTo(600));

const anyTracker = anyMetric.chain((metric) =>
  aboutThreshold(metric).chain((target) =>
    fc
      .record({
        high: anyAlarm([">"], target),
        low: anyAlarm(["<"], target * 0.9),
        scaleOutCooldownSeconds: anyCooldown,
        scaleInCooldownSeconds: anyCooldown,
        scaleInDisabled: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
      })
      .map((fields) => aTracker(target, { metric, ...fields })),
  ),
);

/** Outward steps begin at the threshold, inward ones end there, and some leave out what is near. */
function stepsOf(outward: boolean, by: readonly number[]): StepAdjustment[] {
  return by.map((adjustment, at) => {
    const near = at * 10;
    const far = at === by.length - 1 ? null : near + 10;
    if (outward) return { lower: near, upper: far, adjustment };
    return { lower: far === null ? null : -far, upper: near === 0 ? 0 : -near, adjustment: -adjustment };
  });
}

const anyStepper = anyMetric.chain((metric) =>
  aboutThreshold(metric).chain((threshold) =>
    fc.boolean().chain((outward) =>
      fc
        .record({
          alarm: anyAlarm(outward ? [">", ">="] : ["<", "<="], threshold),
          adjustment: fc.constantFrom("change" as const, "percent" as const, "exact" as const),
          by: fc.array(upTo(40), { minLength: 1, maxLength: 3 }),
          magnitudeMin: fc.constantFrom(0, 2),
          cooldownSeconds: anyCooldown,
        })
        .map(({ by, ...fields }) => {
          const steps = stepsOf(outward || fields.adjustment === "exact", by);
          return aStepper({ metric, ...fields, steps });
        }),
    ),
  ),
);

const anyPolicy: fc.Arbitrary<ScalingPolicy> = fc.oneof(anyTracker, anyStepper);

/** `first` seconds into the period and every so many after it, as `everySoOften` reads it. */
const anyAction = fc
  .record({
    first: upTo(5000),
    every: upTo(20_000, 1000),
    min: fc.option(upTo(10)),
    more: fc.option(fc.oneof(upTo(3), upTo(20))),
  })
  .map(({ first, every, min, more }) => ({
    name: "set",
    schedule: { expression: `${first} ${every}`, timeZone: "UTC", startSeconds: null, endSeconds: null },
    min,
    max: more === null ? null : (min ?? 0) + more,
  }));

export const everySoOften: Calendar = ({ expression }, from, periodStart) => {
  const [first = 0, every = 1] = expression.split(" ").map(Number);
  return periodStart + first + Math.max(0, Math.ceil((from - periodStart - first) / every)) * every;
};

function mostlySome<T>(one: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<readonly T[]> {
  return fc.oneof({ arbitrary: fc.array(one, { minLength: 1, maxLength }), weight: 15 }, fc.constant([]));
}

const seldom = fc.integer({ min: 0, max: 7 }).map((one) => one === 0);

const anyScaling = fc
  .record({
    min: fc.oneof(fc.constant(0), upTo(5)),
    more: upTo(40),
    policies: mostlySome(anyPolicy, 3),
    scheduledActions: fc.array(anyAction, { maxLength: 2 }),
    suspended: fc.record({ in: seldom, out: seldom, scheduled: seldom }),
  })
  .map(({ min, more, ...fields }) => aScaling({ min, max: min + more, ...fields }));

const anySeconds = fc.oneof(fc.constant(0), upTo(400));

const lifetime = fc
  .record({
    loads: mostlySome(
      fc.record({
        shape: anyShape,
        growthPerMonth: fc.constantFrom(0, 0, 3),
        cpuUnits: fc.constantFrom(1, 1, 1, 0.5, 0),
        memoryMiB: fc.constantFrom(1, 1, 0.5, 0),
      }),
      2,
    ),
    idle: fc.record({ cpuUnits: fc.constantFrom(0, 10), memoryMiB: fc.constantFrom(0, 30) }),
    scaling: fc.option(anyScaling, { freq: 20 }),
    behaviour: fc.record({
      startSeconds: anySeconds,
      drainSeconds: anySeconds,
      stops: fc.constantFrom("newest" as const, "oldest" as const),
      utilizationMaxPercent: fc.constantFrom(100, 1e9),
    }),
    deployments: fc.option(
      fc.record({
        perWeek: fc.constantFrom(7, 100, 333),
        kind: fc.constantFrom("rolling" as const, "blue-green" as const),
        maximumPercent: fc.constantFrom(100, 130, 150, 200),
        minimumHealthyPercent: fc.constantFrom(0, 50, 75, 100),
        roundSeconds: upTo(1000, 1),
      }),
      { freq: 1 },
    ),
  })
  .map(({ loads, ...fields }) =>
    aLifetime({ ...fields, loads: loads.map(({ shape, ...load }) => aLoad(shape, load)) }),
  );

/** Unbiased: at the smallest and the largest values nothing happens, most of the time. */
export const anyLifetime: fc.Arbitrary<ScaledLifetime> = fc.noBias(lifetime);
