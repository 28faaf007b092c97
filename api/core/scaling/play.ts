import type { ScaledLifetime } from "../model/scaling.ts";
import { Agenda } from "./agenda.ts";
import { deploy, deploymentSecond, type ExtraTasks } from "./deployment.ts";
import { LoadReader } from "./load-reader.ts";
import { ReplicaScaler } from "./replica-scaler.ts";
import { Scaler } from "./scaler.ts";
import { shown } from "./shown.ts";
import { smallestMultiple } from "./smallest-multiple.ts";
import { type Played, type Stage, unscaled } from "./stage.ts";
import { TaskStack } from "./task-stack.ts";
import type { Watch } from "./watch.ts";

/**
 * One service over the period. In every slot of 60 seconds (20, if a metric's period is no multiple of 60; a controller's own), at its
 * first second t: tasks whose start is over begin to take load; scheduled actions and deployments up to t happen, each at its own second, in that order; the
 * policies decide (see Scaler) on datapoints published by t; then the slot has the load of [t, t + slot) on the tasks that run at t.
 */
export function play(lifetime: ScaledLifetime, stage: Stage): Played {
  const run = new Run(lifetime, stage);
  let t = 0;
  while (t < stage.periodSeconds) t = run.slot(t);
  return run.end();
}

export class Run {
  readonly #lifetime: ScaledLifetime;
  readonly #stage: Stage;
  readonly #slotSeconds: number;
  /** Datapoints of every metric begin together only at its multiples. */
  readonly #strideSeconds: number;
  readonly #scaler: Scaler | ReplicaScaler;
  /** The same, where it counts tasks anew in every slot. */
  readonly #controlled: ReplicaScaler | null;
  readonly #tasks: TaskStack;
  readonly #load: LoadReader;
  readonly #agenda: Agenda;
  readonly #extra: ExtraTasks[] = [];
  readonly #desired: { startSeconds: number; count: number }[];
  readonly #measurable: boolean;
  #deployed = 0;
  #deployingUntil = 0;
  nextEvent = 0;
  #decidedAt = -1;
  #running = -1;
  #alikeSince = 0;
  #unmet = false;
  #underTarget = false;
  #unmetSeconds = 0;
  #underTargetSeconds = 0;

  constructor(lifetime: ScaledLifetime, stage: Stage) {
    const scaling = lifetime.scaling ?? unscaled;
    const periods = scaling.policies.map(({ metric }) => metric.periodSeconds);
    this.#lifetime = lifetime;
    this.#measurable = lifetime.loads.length > 0;
    this.#stage = stage;
    const { controller } = scaling;
    this.#slotSeconds = controller?.syncSeconds ?? (periods.every((seconds) => seconds % 60 === 0) ? 60 : 20);
    this.#strideSeconds = periods.reduce(smallestMultiple, this.#slotSeconds);
    this.#controlled = controller === undefined ? null : new ReplicaScaler(scaling, controller, stage.tasks);
    this.#scaler = this.#controlled ?? new Scaler(scaling, stage.tasks, this.#slotSeconds);
    this.#tasks = new TaskStack(stage.tasks, lifetime.behaviour, stage.places ?? null);
    this.#load = new LoadReader(lifetime.loads, { ...stage, slotSeconds: this.#slotSeconds });
    this.#agenda = new Agenda(scaling.suspended.scheduled ? [] : scaling.scheduledActions, stage);
    this.#desired = [{ startSeconds: 0, count: stage.tasks }];
    this.#plan();
  }

  /** Plays the slot that starts at `t`, and with it those after it in which all stays as it is; says where the next one starts. */
  slot(t: number): number {
    this.happen(t);
    this.#decide(t);
    const scaler = this.#scaler;
    if (scaler.desired !== this.#tasks.total) this.#settle(t);
    const running = this.#tasks.runningAt(t);
    if ((t >= this.#load.until && this.#load.read(t)) || running !== this.#running) {
      this.#alikeSince = t;
      this.#running = running;
      this.#measure();
    }
    const { watches } = scaler;
    for (let at = 0; at < watches.length; at++) watches[at]?.add(running);
    const next = this.#quietUntil(t + this.#slotSeconds);
    const seconds = Math.min(next, this.#stage.periodSeconds) - t;
    if (this.#unmet) this.#unmetSeconds += seconds;
    if (this.#underTarget) this.#underTargetSeconds += seconds;
    return next;
  }

  /**
   * The slot that starts at `t`, and those after it up to the next that starts or stops tasks, while none of them waits: what others do
   * in that time cannot matter to it. Says where that slot starts.
   */
  advance(t: number): number {
    let next = this.slot(t);
    const { places, periodSeconds } = this.#stage;
    while (next < this.nextEvent && next < periodSeconds && this.#tasks.waiting === 0 && !places?.losing) {
      this.#decide(next);
      if (this.#scaler.desired !== this.#tasks.total) break;
      next = this.slot(next);
    }
    return next;
  }

  #decide(t: number): void {
    if (this.#decidedAt === t) return;
    this.#decidedAt = t;
    this.#scaler.decide(t, this.#tasks.runningAt(t), t < this.#deployingUntil);
  }

  /** Scheduled actions and deployments up to `t`. */
  happen(t: number): void {
    while (this.nextEvent <= t) this.#event();
  }

  get tasks(): TaskStack {
    return this.#tasks;
  }

  end(): Played {
    const { periodSeconds } = this.#stage;
    while (this.nextEvent < periodSeconds) this.#event();
    // Whatever still runs is cut off by the end of the period.
    this.#tasks.change(0, periodSeconds);
    return {
      batches: this.#tasks.stopped,
      extra: this.#extra,
      desired: this.#desired,
      unmetSeconds: this.#unmetSeconds,
      underTargetSeconds: this.#underTargetSeconds,
    };
  }

  #event(): void {
    const t = this.nextEvent;
    for (const action of this.#agenda.due(t)) this.#scaler.schedule(action);
    this.#settle(t);
    const { deployments } = this.#lifetime;
    if (deployments !== null && deploymentSecond(deployments, this.#deployed) === t) {
      const { extra, endSeconds } = deploy(deployments, this.#scaler.desired, t);
      this.#run(extra, deployments.roundSeconds);
      this.#deployingUntil = Math.max(this.#deployingUntil, endSeconds);
      this.#deployed++;
    }
    this.#plan();
  }

  #run(extra: readonly ExtraTasks[], roundSeconds: number): void {
    const { places } = this.#stage;
    if (places === undefined) this.#extra.push(...extra);
    else for (const tasks of extra) places.extra(tasks, roundSeconds);
  }

  #plan(): void {
    const { deployments } = this.#lifetime;
    const deployment = deployments === null ? Number.POSITIVE_INFINITY : deploymentSecond(deployments, this.#deployed);
    this.nextEvent = Math.min(this.#agenda.next, deployment);
  }

  /** Starts or stops tasks until there are as many as desired. */
  #settle(t: number): void {
    const { desired } = this.#scaler;
    if (desired === this.#tasks.total) return;
    this.#tasks.change(desired, t);
    this.#alikeSince = t;
    const last = this.#desired.at(-1);
    if (last?.startSeconds === t) last.count = desired;
    else this.#desired.push({ startSeconds: t, count: desired });
  }

  /** What the load on the running tasks shows. */
  #measure(): void {
    const running = this.#running;
    const { capacity } = this.#stage;
    const { idle } = this.#lifetime;
    const { cpuUnits, memoryMiB } = this.#load;
    this.#unmet =
      cpuUnits > running * (capacity.cpuUnits - idle.cpuUnits) ||
      memoryMiB > running * (capacity.memoryMiB - idle.memoryMiB);
    const { watches } = this.#scaler;
    const tasks = { running, capacity, lifetime: this.#lifetime, slotSeconds: this.#slotSeconds };
    for (let at = 0; at < watches.length; at++) {
      const watch = watches[at] as Watch;
      watch.value = this.#measurable ? shown(watch.metric.kind, this.#load, tasks) : Number.NaN;
    }
    if (this.#measurable) this.#controlled?.show(this.#load, running, idle);
    this.#underTarget = this.#scaler.underTarget();
  }

  /** The slot before `t` being played: the next slot's start at which anything can be otherwise, `t` itself where that is not known. */
  #quietUntil(t: number): number {
    const scaler = this.#scaler;
    if (t >= this.#load.until || t - this.#alikeSince < scaler.memorySeconds || t % this.#strideSeconds !== 0) return t;
    if (this.#tasks.waiting > 0 || this.#stage.places?.losing) return t;
    // What happened within the slot just played (a task got ready, a cooldown ended) shows only in the next one.
    const played = t - this.#slotSeconds;
    let quiet = Math.min(this.#load.until, this.nextEvent, this.#tasks.readyAfter(played), this.#stage.periodSeconds);
    if (scaler.outUntil > played) quiet = Math.min(quiet, scaler.outUntil);
    if (scaler.inUntil > played) quiet = Math.min(quiet, scaler.inUntil);
    if (this.#deployingUntil > played) quiet = Math.min(quiet, this.#deployingUntil);
    const until = Math.floor(quiet / this.#strideSeconds) * this.#strideSeconds;
    if (until <= t) return t;
    for (const watch of scaler.watches) watch.skip(until - t);
    return until;
  }
}
