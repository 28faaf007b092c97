import type { Load, LoadShape } from "../../../api/core/model/load.ts";
import type {
  Calendar,
  ScaledLifetime,
  Scaling,
  ScalingMetric,
  ScalingReport,
  StepScalingPolicy,
  TargetTrackingPolicy,
} from "../../../api/core/model/scaling.ts";
import { simulate } from "../../../api/core/scaling/simulate.ts";
import { aService, aWorkload } from "../sample-workload.ts";

/** One CPU unit for each unit of the shape's value, and as many MiB and requests per second. */
export function aLoad(shape: LoadShape, fields: Partial<Load> = {}): Load {
  return { shape, requestsPerSecond: 1, cpuUnits: 1, memoryMiB: 1, growthPerMonth: 0, ...fields };
}

/** Seen at once. */
export function aMetric(fields: Partial<ScalingMetric> = {}): ScalingMetric {
  return { kind: "cpu", periodSeconds: 60, statistic: "average", publicationDelaySeconds: 0, ...fields };
}

/** CPU at the target, in alarm at the first datapoint above it or at the first below nine tenths of it, no cooldowns. */
export function aTracker(target: number, fields: Partial<TargetTrackingPolicy> = {}): TargetTrackingPolicy {
  return {
    kind: "target-tracking",
    name: "track",
    metric: aMetric(),
    target,
    high: { comparison: ">", threshold: target, datapoints: 1, datapointsToAlarm: 1 },
    low: { comparison: "<", threshold: target * 0.9, datapoints: 1, datapointsToAlarm: 1 },
    scaleOutCooldownSeconds: 0,
    scaleInCooldownSeconds: 0,
    scaleInDisabled: false,
    ...fields,
  };
}

/** One more task whenever CPU is at 50 % or above. */
export function aStepper(fields: Partial<StepScalingPolicy> = {}): StepScalingPolicy {
  return {
    kind: "step-scaling",
    name: "step",
    metric: aMetric(),
    alarm: { comparison: ">=", threshold: 50, datapoints: 1, datapointsToAlarm: 1 },
    adjustment: "change",
    steps: [{ lower: 0, upper: null, adjustment: 1 }],
    magnitudeMin: 0,
    cooldownSeconds: 0,
    ...fields,
  };
}

export function aScaling(fields: Partial<Scaling> = {}): Scaling {
  const suspended = { in: false, out: false, scheduled: false };
  return { min: 0, max: 1000, suspended, policies: [], scheduledActions: [], ...fields };
}

/** Tasks that take load at once and stop at once. */
export function aLifetime(fields: Partial<ScaledLifetime> = {}): ScaledLifetime {
  return {
    kind: "scaled",
    loads: [],
    idle: { cpuUnits: 0, memoryMiB: 0 },
    scaling: null,
    behaviour: { startSeconds: 0, drainSeconds: 0, stops: "newest", utilizationMaxPercent: 1e9 },
    deployments: null,
    ...fields,
  };
}

/** A point each minute from the period's start on, null for a gap. */
export function minutes(...values: readonly (number | null)[]): LoadShape {
  return { kind: "series", startSeconds: 0, periodSeconds: 60, values, repeatPoints: null };
}

interface Given {
  readonly tasks?: number;
  readonly periodSeconds?: number;
  readonly period?: { readonly startSeconds: number; readonly timeZone: string };
  readonly capacity?: { readonly cpuUnits: number; readonly memoryMiB: number };
  readonly calendar?: Calendar;
  readonly seed?: number;
}

/** A service of tasks with 100 CPU units and 100 MiB, from 1970-01-01 UTC for an hour, played anew. */
export function played(lifetime: ScaledLifetime, given: Given = {}) {
  const { tasks = 1, periodSeconds = 3600, period = { startSeconds: 0, timeZone: "UTC" }, seed = 1 } = given;
  const workload = aWorkload([aService({ tasks, lifetime })], { periodSeconds, period, seed });
  const demand = simulate(workload, {
    capacityOf: () => given.capacity ?? { cpuUnits: 100, memoryMiB: 100 },
    calendar: given.calendar ?? (() => null),
  });
  return { lives: demand.lives, report: demand.reports[0] as ScalingReport };
}

/** [second, desired] wherever the desired number changes. */
export function desiredOf({ timeline }: ScalingReport): [second: number, desired: number][] {
  const steps = timeline.map(({ startSeconds, desired }): [number, number] => [startSeconds, desired]);
  return steps.filter(([, desired], at) => at === 0 || desired !== steps[at - 1]?.[1]);
}
