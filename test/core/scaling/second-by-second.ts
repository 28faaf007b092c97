import type {
  Calendar,
  Deployments,
  ScaledLifetime,
  ScalingPolicy,
  ScheduledAction,
  TaskCapacity,
} from "../../../api/core/model/scaling.ts";
import { loadAt } from "./load-second.ts";
import {
  cooldownOf,
  inAlarm,
  newest,
  type Past,
  type Slot,
  shownAsDatapoint,
  stepWant,
  trackedWant,
} from "./policy-second.ts";

interface Scene {
  readonly tasks: number;
  readonly capacity: TaskCapacity;
  readonly periodSeconds: number;
  readonly period: { readonly startSeconds: number; readonly timeZone: string };
  readonly calendar: Calendar;
  readonly seed: number;
}

/** Seconds of the period; stop at Infinity: not told to. */
interface Task {
  readonly startSeconds: number;
  readonly readySeconds: number;
  stopSeconds: number;
}

interface Want {
  /** Null: none. */
  readonly tasks: number | null;
  readonly cooldownSeconds: number;
}

/**
 * The rules of model/scaling.ts, scaling/play.ts and scaling/scaler.ts done as they are written: every second by itself, every datapoint
 * and alarm worked out again from all slots so far. Slow, and there to be compared with.
 */
export class SecondBySecond {
  /** Of every second. */
  readonly desired: number[] = [];
  readonly running: number[] = [];
  readonly alive: number[] = [];
  unmetSeconds = 0;
  underTargetSeconds = 0;

  readonly #lifetime: ScaledLifetime;
  readonly #scene: Scene;
  readonly #slots: Slot[] = [];
  readonly #tasks: Task[] = [];
  readonly #extra: { readonly startSeconds: number; readonly endSeconds: number }[] = [];
  readonly #slotSeconds: number;
  readonly #policies: readonly ScalingPolicy[];
  #count: number;
  #min: number;
  #max: number;
  #deployedUntil = 0;
  #outUntil = 0;
  #outBase = 0;
  #inUntil = 0;

  constructor(lifetime: ScaledLifetime, scene: Scene) {
    this.#lifetime = lifetime;
    this.#scene = scene;
    const isStep = ({ kind }: ScalingPolicy) => Number(kind === "step-scaling");
    this.#policies = (lifetime.scaling?.policies ?? []).toSorted((a, b) => isStep(a) - isStep(b));
    this.#slotSeconds = this.#policies.some(({ metric }) => metric.periodSeconds % 60 !== 0) ? 20 : 60;
    this.#count = scene.tasks;
    this.#min = lifetime.scaling?.min ?? 0;
    this.#max = lifetime.scaling?.max ?? Number.POSITIVE_INFINITY;
    for (let task = 0; task < scene.tasks; task += 1) this.#start(0, 0);
    for (let t = 0; t < scene.periodSeconds; t += 1) this.#second(t);
  }

  #second(t: number): void {
    let count = this.#count;
    for (const action of this.#actionsAt(t)) count = this.#schedule(action, count);
    this.#set(count, t);
    this.#deploy(t);
    if (t % this.#slotSeconds === 0) {
      this.#decide(t, this.#runningAt(t));
      this.#measure(t);
    }
    this.desired.push(this.#count);
    this.running.push(this.#runningAt(t));
    this.alive.push(this.#aliveAt(t));
  }

  /** Tasks that began to live after the period's start. */
  get taskStarts(): number {
    const { drainSeconds } = this.#lifetime.behaviour;
    const own = this.#tasks.filter(
      ({ startSeconds, stopSeconds }) => startSeconds > 0 && stopSeconds + drainSeconds > startSeconds,
    );
    const extra = this.#extra.filter(({ startSeconds }) => startSeconds < this.#scene.periodSeconds);
    return own.length + extra.length;
  }

  #start(t: number, readySeconds: number): void {
    this.#tasks.push({ startSeconds: t, readySeconds, stopSeconds: Number.POSITIVE_INFINITY });
  }

  #runningAt(t: number): number {
    return this.#tasks.filter(({ readySeconds, stopSeconds }) => readySeconds <= t && t < stopSeconds).length;
  }

  #aliveAt(t: number): number {
    const { drainSeconds } = this.#lifetime.behaviour;
    const own = this.#tasks.filter(
      ({ startSeconds, stopSeconds }) => startSeconds <= t && t < stopSeconds + drainSeconds,
    );
    const extra = this.#extra.filter(({ startSeconds, endSeconds }) => startSeconds <= t && t < endSeconds);
    return own.length + extra.length;
  }

  #actionsAt(t: number): readonly ScheduledAction[] {
    const { scaling } = this.#lifetime;
    if (scaling === null || scaling.suspended.scheduled) return [];
    const { calendar, period } = this.#scene;
    const now = period.startSeconds + t;
    return scaling.scheduledActions.filter(({ schedule }) => calendar(schedule, now, period.startSeconds) === now);
  }

  /** Sets both bounds; says which number between them is the nearest to `count`. */
  #schedule({ min, max }: ScheduledAction, count: number): number {
    this.#min = min ?? (max === null ? this.#min : Math.min(this.#min, max));
    this.#max = max ?? (min === null ? this.#max : Math.max(this.#max, min));
    return this.#within(count);
  }

  #within(count: number): number {
    return Math.min(this.#max, Math.max(this.#min, count));
  }

  /** Starts new tasks, or stops those that were started last or first. */
  #set(count: number, t: number): void {
    const { startSeconds, stops } = this.#lifetime.behaviour;
    for (let more = this.#count; more < count; more += 1) this.#start(t, t + startSeconds);
    const kept = this.#tasks.filter(({ stopSeconds }) => stopSeconds === Number.POSITIVE_INFINITY);
    const first = stops === "oldest" ? kept : kept.reverse();
    for (const task of first.slice(0, Math.max(0, this.#count - count))) task.stopSeconds = t;
    this.#count = count;
  }

  #deploy(t: number): void {
    const { deployments } = this.#lifetime;
    if (deployments === null || !isDeploymentSecond(deployments, t)) return;
    const { kind, roundSeconds } = deployments;
    const tasks = this.#count;
    const rounds = kind === "rolling" ? rollingRounds(deployments, tasks) : [tasks];
    for (const [round, extra] of rounds.entries()) {
      const startSeconds = t + round * roundSeconds;
      for (let task = 0; task < extra; task += 1) {
        this.#extra.push({ startSeconds, endSeconds: startSeconds + roundSeconds });
      }
    }
    this.#deployedUntil = Math.max(this.#deployedUntil, t + rounds.length * roundSeconds);
  }

  #decide(t: number, running: number): void {
    const { suspended } = this.#lifetime.scaling ?? { suspended: { in: true, out: true } };
    const past = this.#past(t);
    const outward = this.#outward(past, running);
    if (outward.length > 0) {
      const { tasks, cooldownSeconds } = largest(outward);
      if (suspended.out || tasks === null || this.#within(tasks) <= this.#count) return;
      if (t >= this.#outUntil) this.#outBase = running;
      this.#outUntil = t + cooldownSeconds;
      this.#inUntil = t;
      this.#set(this.#within(tasks), t);
    } else if (t >= this.#deployedUntil && t >= this.#inUntil) {
      const { tasks, cooldownSeconds } = largest(this.#inward(past, running));
      if (suspended.in || tasks === null || this.#within(tasks) >= this.#count) return;
      this.#inUntil = t + cooldownSeconds;
      this.#set(this.#within(tasks), t);
    }
  }

  /** Of every policy that points outward; null tasks: no datapoint says how many. */
  #outward(past: Past, running: number): Want[] {
    const base = past.t < this.#outUntil ? this.#outBase : null;
    return this.#policies.flatMap((policy): Want[] => {
      const { value, running: measured } = newest(policy.metric, past);
      const cooldownSeconds = cooldownOf(policy, "out");
      if (policy.kind === "target-tracking") {
        if (!inAlarm(policy.high, policy.metric, past)) return [];
        const tasks = value === null ? null : trackedWant(base ?? measured, value, policy.target);
        return [{ tasks, cooldownSeconds }];
      }
      if (value === null || !inAlarm(policy.alarm, policy.metric, past)) return [];
      const more = (stepWant(policy, value, running) ?? running) > running;
      return more ? [{ tasks: stepWant(policy, value, base ?? running), cooldownSeconds }] : [];
    });
  }

  #inward(past: Past, running: number): Want[] {
    const trackers = this.#policies.filter((policy) => policy.kind === "target-tracking" && !policy.scaleInDisabled);
    const allLow = trackers.every(
      (policy) => policy.kind === "target-tracking" && inAlarm(policy.low, policy.metric, past),
    );
    const allThere = trackers.every(({ metric }) => newest(metric, past).value !== null);
    return this.#policies.flatMap((policy): Want[] => {
      const { value, running: measured } = newest(policy.metric, past);
      const cooldownSeconds = cooldownOf(policy, "in");
      if (value === null) return [];
      if (policy.kind === "target-tracking") {
        const agreed = allLow && allThere && !policy.scaleInDisabled;
        return agreed ? [{ tasks: trackedWant(measured, value, policy.target), cooldownSeconds }] : [];
      }
      const tasks = inAlarm(policy.alarm, policy.metric, past) ? stepWant(policy, value, running) : null;
      return tasks === null || tasks >= running ? [] : [{ tasks, cooldownSeconds }];
    });
  }

  #past(t: number): Past {
    return {
      t,
      slots: this.#slots,
      slotSeconds: this.#slotSeconds,
      lifetime: this.#lifetime,
      capacity: this.#scene.capacity,
    };
  }

  /** The slot that begins at `t`, as far as it lies in the period. */
  #measure(t: number): void {
    const { loads, idle } = this.#lifetime;
    const { capacity, period, periodSeconds, seed } = this.#scene;
    const running = this.#runningAt(t);
    const load = loadAt(loads, t, { ...period, seed, slotSeconds: this.#slotSeconds });
    const slot = { load, running };
    this.#slots.push(slot);
    const seconds = Math.min(this.#slotSeconds, periodSeconds - t);
    const room = (of: "cpuUnits" | "memoryMiB") => running * (capacity[of] - idle[of]);
    if (load !== null && (load.cpuUnits > room("cpuUnits") || load.memoryMiB > room("memoryMiB"))) {
      this.unmetSeconds += seconds;
    }
    const trackers = this.#policies.filter((policy) => policy.kind === "target-tracking");
    const below = trackers.every(
      ({ metric, target }) => (shownAsDatapoint(metric, slot, this.#past(t)) ?? target + 1) <= target,
    );
    if (below) this.underTargetSeconds += seconds;
  }
}

function isDeploymentSecond({ perWeek }: Deployments, t: number): boolean {
  const apart = 604_800 / perWeek;
  const near = Math.round(t / apart - 0.5);
  return [near - 1, near, near + 1].some((number) => number >= 0 && Math.floor((number + 0.5) * apart) === t);
}

/** Extra tasks of each round. */
function rollingRounds({ maximumPercent, minimumHealthyPercent }: Deployments, tasks: number): number[] {
  const more = Math.max(0, Math.floor((tasks * maximumPercent) / 100) - tasks);
  const fewer = Math.max(0, tasks - Math.ceil((tasks * minimumHealthyPercent) / 100));
  const rounds: number[] = [];
  for (let left = tasks; left > 0 && more + fewer > 0; left -= more + fewer) rounds.push(Math.min(more, left));
  return rounds;
}

/** The first of equals. */
function largest(wants: readonly Want[]): Want {
  const none: Want = { tasks: null, cooldownSeconds: 0 };
  return wants.reduce((best, want) => ((want.tasks ?? -1) > (best.tasks ?? -1) ? want : best), none);
}
