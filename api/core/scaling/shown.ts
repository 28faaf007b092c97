import type { MetricKind, ScaledLifetime, TaskCapacity } from "../model/scaling.ts";
import type { LoadReader } from "./load-reader.ts";

/** Tasks that a load is on. */
export interface LoadedTasks {
  readonly running: number;
  readonly capacity: TaskCapacity;
  readonly lifetime: ScaledLifetime;
  readonly slotSeconds: number;
}

/** What a metric shows. All there is arrives whether tasks run or not; the rest is measured on tasks. A gap in the load is one in all of it. */
export function shown(kind: MetricKind, load: LoadReader, tasks: LoadedTasks): number {
  const { running, capacity, lifetime, slotSeconds } = tasks;
  const { idle } = lifetime;
  if (kind === "requests-offered") return load.requestsPerSecond * slotSeconds;
  if (running === 0) return Number.NaN;
  if (kind === "cpu") return percent(load.cpuUnits + running * idle.cpuUnits, capacity.cpuUnits, tasks);
  if (kind === "memory") return percent(load.memoryMiB + running * idle.memoryMiB, capacity.memoryMiB, tasks);
  const requests = load.requestsPerSecond * slotSeconds;
  return kind === "requests" ? requests : requests / running;
}

/** A task without any of it shows nothing; what is not a number stays so. */
function percent(wanted: number, each: number, { running, lifetime }: LoadedTasks): number {
  if (each === 0) return Number.NaN;
  // Multiplied first: 55 of 100 are 55 percent then, and not a hair more.
  return Math.min((100 * wanted) / (running * each), lifetime.behaviour.utilizationMaxPercent);
}
