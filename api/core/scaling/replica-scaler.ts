import type { ReplicaController, ReplicaMetric, ReplicaRate, ReplicaRules } from "../model/replica-controller.ts";
import type { Scaling, ScheduledAction } from "../model/scaling.ts";
import { withinBounds } from "./bounds.ts";
import type { LoadReader } from "./load-reader.ts";
import type { Watch } from "./watch.ts";

interface Timed {
  readonly t: number;
  /** Tasks proposed, or by how many there were more or fewer. */
  readonly count: number;
}

/** A quotient of what was added up may come out a hair below the whole percent that it is. */
const hair = 1e-9;

/** How many tasks a controller wants, slot by slot; see `ReplicaController`. It waits for no alarm and has no cooldown. */
export class ReplicaScaler {
  desired: number;
  readonly outUntil = 0;
  readonly inUntil = 0;
  readonly watches: readonly Watch[] = [];
  readonly memorySeconds: number;
  readonly #controller: ReplicaController;
  readonly #shown: Float64Array;
  #running = 0;
  #min: number;
  #max: number;
  #proposed: Timed[] = [];
  #changes: Timed[] = [];

  constructor(scaling: Scaling, controller: ReplicaController, desired: number) {
    this.desired = desired;
    this.#min = scaling.min;
    this.#max = scaling.max;
    this.#controller = controller;
    this.#shown = new Float64Array(controller.metrics.length).fill(Number.NaN);
    const { up, down, syncSeconds } = controller;
    const periods = [...up.policies, ...down.policies].map(({ periodSeconds }) => periodSeconds);
    this.memorySeconds = Math.max(up.windowSeconds, down.windowSeconds, ...periods) + 2 * syncSeconds;
  }

  schedule(action: ScheduledAction): void {
    [this.#min, this.#max] = withinBounds(action, this.#min, this.#max);
    this.desired = Math.min(this.#max, Math.max(this.#min, this.desired));
  }

  /** What the slot being played shows, on so many tasks that take load. */
  show(load: LoadReader, running: number, idle: { readonly cpuUnits: number; readonly memoryMiB: number }): void {
    this.#running = running;
    for (const [at, metric] of this.#controller.metrics.entries()) {
      const amount = metric.kind === "cpu" ? "cpuUnits" : "memoryMiB";
      this.#shown[at] = running === 0 ? Number.NaN : percentOf(load[amount] + running * idle[amount], running, metric);
    }
  }

  decide(t: number): void {
    const current = this.desired;
    // A workload that was set to none is left alone.
    if (current === 0) return;
    const proposal = this.#proposal();
    if (proposal === null) return;
    const held = this.#held(proposal, t);
    this.#proposed.push({ t, count: proposal });
    const { up, down } = this.#controller;
    let next = current;
    if (held > current) next = Math.max(current, Math.min(held, this.#limit(up, t, mostTasks)));
    else if (held < current) next = Math.min(current, Math.max(held, this.#limit(down, t, fewestTasks)));
    next = Math.min(this.#max, Math.max(this.#min, next));
    if (next === current) return;
    this.#changes.push({ t, count: next - current });
    this.desired = next;
  }

  /** Whether every metric is there and at or below its target in the slot being played. */
  underTarget(): boolean {
    return this.#controller.metrics.every(({ targetPercent }, at) => (this.#shown[at] as number) <= targetPercent);
  }

  /** Null: no metric is there, or one that is not might have kept what the others would take away. */
  #proposal(): number | null {
    const proposals = this.#controller.metrics.flatMap((metric, at) => {
      const shown = this.#shown[at] as number;
      return Number.isNaN(shown) ? [] : [this.#proposedBy(metric, shown)];
    });
    if (proposals.length === 0) return null;
    const most = Math.max(...proposals);
    return proposals.length < this.#controller.metrics.length && most < this.desired ? null : most;
  }

  #proposedBy({ targetPercent, wholePercent }: ReplicaMetric, shown: number): number {
    const current = this.desired;
    const seen = (percent: number) => (wholePercent ? Math.floor(percent + hair) : percent);
    const ratio = seen(shown) / targetPercent;
    if (this.#isNear(ratio)) return current;
    if (ratio < 1 || this.#running >= current) return Math.ceil(ratio * this.#running - hair);
    // Those that are starting take nothing yet, and will.
    const withStarting = seen((shown * this.#running) / current) / targetPercent;
    if (withStarting < 1 || this.#isNear(withStarting)) return current;
    return Math.max(current, Math.ceil(withStarting * current - hair));
  }

  #isNear(ratio: number): boolean {
    const { tolerance } = this.#controller;
    return ratio >= 1 - tolerance - hair && ratio <= 1 + tolerance + hair;
  }

  /** No further up than the least, no further down than the most that was proposed in the direction's window. */
  #held(proposal: number, t: number): number {
    const { up, down } = this.#controller;
    const since = t - Math.max(up.windowSeconds, down.windowSeconds);
    this.#proposed = this.#proposed.filter((one) => one.t > since);
    let least = proposal;
    let most = proposal;
    for (const { t: at, count } of this.#proposed) {
      if (at > t - up.windowSeconds) least = Math.min(least, count);
      if (at > t - down.windowSeconds) most = Math.max(most, count);
    }
    return Math.min(most, Math.max(least, this.desired));
  }

  #limit(
    { select, policies }: ReplicaRules,
    t: number,
    limitBy: (rate: ReplicaRate, before: number) => number,
  ): number {
    if (select === "disabled") return this.desired;
    this.#changes = this.#changes.filter((one) => one.t > t - this.memorySeconds);
    const limits = policies.map((rate) => {
      const since = this.#changes.filter((one) => one.t > t - rate.periodSeconds);
      return limitBy(
        rate,
        since.reduce((before, { count }) => before - count, this.desired),
      );
    });
    const largestChange = (select === "max") === (limitBy === mostTasks);
    return largestChange ? Math.max(...limits) : Math.min(...limits);
  }
}

function percentOf(wanted: number, running: number, { each, most }: ReplicaMetric): number {
  const taken = most === null ? wanted : Math.min(wanted, running * most);
  return (100 * taken) / (running * each);
}

function mostTasks({ kind, value }: ReplicaRate, before: number): number {
  return kind === "tasks" ? before + value : Math.ceil((before * (100 + value)) / 100);
}

function fewestTasks({ kind, value }: ReplicaRate, before: number): number {
  return kind === "tasks" ? before - value : Math.floor((before * (100 - value)) / 100);
}
