import type {
  Alarm,
  MetricKind,
  ScaledLifetime,
  ScalingMetric,
  ScalingPolicy,
  StepScalingPolicy,
  TaskCapacity,
} from "../../../api/core/model/scaling.ts";
import type { LoadOfSlot } from "./load-second.ts";

/** One past slot of a service: its load (null: a gap) and the tasks that ran. */
export interface Slot {
  readonly load: LoadOfSlot | null;
  readonly running: number;
}

/** All slots before the second `t`, oldest first, and what they are measured with. */
export interface Past {
  readonly t: number;
  readonly slots: readonly Slot[];
  readonly slotSeconds: number;
  readonly lifetime: ScaledLifetime;
  readonly capacity: TaskCapacity;
}

interface Datapoint {
  /** Null: missing. */
  readonly value: number | null;
  /** Mean over what it was measured on. */
  readonly running: number;
}

/** What a slot shows of a metric; null: nothing. */
function shown(metric: ScalingMetric, slot: Slot, { lifetime, capacity, slotSeconds }: Past): number | null {
  const { load, running } = slot;
  if (load === null || lifetime.loads.length === 0) return null;
  const { idle, behaviour } = lifetime;
  const percent = (wanted: number, each: number) =>
    running === 0 || each === 0 ? null : Math.min(behaviour.utilizationMaxPercent, (100 * wanted) / (each * running));
  const requests = load.requestsPerSecond * slotSeconds;
  const byKind: Record<MetricKind, number | null> = {
    cpu: percent(load.cpuUnits + idle.cpuUnits * running, capacity.cpuUnits),
    memory: percent(load.memoryMiB + idle.memoryMiB * running, capacity.memoryMiB),
    "requests-per-task": running === 0 ? null : requests / running,
    requests: running === 0 ? null : requests,
    "requests-offered": requests,
  };
  return byKind[metric.kind];
}

/** What a datapoint of such slots alone would show. */
export function shownAsDatapoint(metric: ScalingMetric, slot: Slot, past: Past): number | null {
  const value = shown(metric, slot, past);
  return value === null || metric.statistic !== "sum" ? value : (value * metric.periodSeconds) / past.slotSeconds;
}

/** The k-th datapoint of a metric, once it can be seen. */
function datapoint(metric: ScalingMetric, number: number, past: Past): Datapoint {
  const perPoint = metric.periodSeconds / past.slotSeconds;
  const measured = past.slots
    .slice(number * perPoint, (number + 1) * perPoint)
    .map((slot) => ({ value: shown(metric, slot, past), running: slot.running }))
    .filter((slot): slot is { value: number; running: number } => slot.value !== null);
  if (measured.length === 0) return { value: null, running: 0 };
  const values = measured.map(({ value }) => value);
  return { value: combined(values, metric.statistic), running: mean(measured.map(({ running }) => running)) };
}

function combined(values: readonly number[], statistic: ScalingMetric["statistic"]): number {
  if (statistic === "minimum") return Math.min(...values);
  if (statistic === "maximum") return Math.max(...values);
  return statistic === "sum" ? values.reduce((total, value) => total + value, 0) : mean(values);
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/** The last `count` datapoints that can be seen at `past.t`, oldest first. */
function datapoints(metric: ScalingMetric, count: number, past: Past): Datapoint[] {
  const visible = Math.floor((past.t - metric.publicationDelaySeconds) / metric.periodSeconds);
  const numbers = Array.from({ length: count }, (_, back) => visible - count + back).filter((number) => number >= 0);
  return numbers.map((number) => datapoint(metric, number, past));
}

export function newest(metric: ScalingMetric, past: Past): Datapoint {
  return datapoints(metric, 1, past)[0] ?? { value: null, running: 0 };
}

export function inAlarm(alarm: Alarm, metric: ScalingMetric, past: Past): boolean {
  const breaching = datapoints(metric, alarm.datapoints, past).filter(
    ({ value }) => value !== null && breaches(alarm, value),
  );
  return breaching.length >= alarm.datapointsToAlarm;
}

function breaches({ comparison, threshold }: Alarm, value: number): boolean {
  if (comparison === ">") return value > threshold;
  if (comparison === ">=") return value >= threshold;
  return comparison === "<" ? value < threshold : value <= threshold;
}

/** A quotient that is a whole number but for the last digits of a double is that number. */
export function trackedWant(count: number, value: number, target: number): number {
  return Math.ceil((count * value) / target - 1e-9);
}

/** What a step policy makes of `count` tasks; null: no step is for the value. */
export function stepWant(policy: StepScalingPolicy, value: number, count: number): number | null {
  const distance = value - policy.alarm.threshold;
  const above = distance === 0 ? policy.alarm.comparison.startsWith(">") : distance > 0;
  const step = policy.steps.find(({ lower, upper }) => {
    const low = lower ?? Number.NEGATIVE_INFINITY;
    const high = upper ?? Number.POSITIVE_INFINITY;
    return above ? low <= distance && distance < high : low < distance && distance <= high;
  });
  if (step === undefined) return null;
  if (policy.adjustment === "exact") return step.adjustment;
  if (policy.adjustment === "change") return Math.max(0, count + step.adjustment);
  const change = (count * step.adjustment) / 100;
  const whole = Math.abs(change) < 1 ? Math.sign(change) : Math.trunc(change);
  return Math.max(0, count + Math.sign(whole) * Math.max(Math.abs(whole), policy.magnitudeMin));
}

export function cooldownOf(policy: ScalingPolicy, direction: "out" | "in"): number {
  if (policy.kind === "step-scaling") return policy.cooldownSeconds;
  return direction === "out" ? policy.scaleOutCooldownSeconds : policy.scaleInCooldownSeconds;
}
