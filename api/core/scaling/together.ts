import type { ClusterOverTime } from "../model/cluster-over-time.ts";
import type { TaskLife } from "../model/demand.ts";
import type { CapacityProviderReport, ScaledLifetime, WaitingReport } from "../model/scaling.ts";
import { FixedTasks } from "./fixed-tasks.ts";
import { type GroupScaling, groupScalings } from "./group-scaling.ts";
import { InstanceFleet } from "./instance-fleet.ts";
import { Run } from "./play.ts";
import { Schedule } from "./schedule.ts";
import { settle } from "./settle.ts";
import type { Played, Stage } from "./stage.ts";
import { type Owner, TaskPlaces } from "./task-places.ts";
import type { Places } from "./task-stack.ts";

export interface SharedPlay {
  readonly scaled: readonly {
    readonly service: string;
    readonly lifetime: ScaledLifetime;
    readonly stage: Omit<Stage, "places">;
  }[];
  /** Tasks whose times are given. */
  readonly fixed: readonly TaskLife[];
  readonly periodSeconds: number;
}

export interface PlayedTogether {
  /** By scaled service; `extra`: what its deployments ran beside it. */
  readonly played: ReadonlyMap<
    string,
    { readonly run: Played; readonly extra: readonly TaskLife[]; readonly waiting: WaitingReport }
  >;
  /** Of tasks whose times are given. */
  readonly lives: readonly TaskLife[];
  readonly capacityProviders: readonly CapacityProviderReport[];
  /** Those for which there was no room when the period began. */
  readonly unplaced: readonly { readonly service: string; readonly count: number }[];
}

const minute = 60;

/**
 * Services that share instances. The period begins settled: each group has as many instances as its scaling would have come to for what runs
 * then, all of which take tasks. At a second in which anything happens, in this order: instances whose start is over take daemons, and from
 * then on tasks; tasks that drained, and those whose given time is over, end; those whose given time begins are placed; what waits is
 * placed, oldest first; each service, by name, has its scheduled actions and deployments and, where a slot of it begins, is played (see
 * `play`), starting and stopping tasks; if any is gone by that, what waits is placed; at whole minutes each group, in the order given, is
 * scaled, and what lost its instance by that is placed where there is room. A task that waits is wanted, but neither runs nor is alive.
 */
export function playTogether(shared: SharedPlay, cluster: ClusterOverTime): PlayedTogether {
  const together = new Together(shared, cluster);
  let t = 0;
  while (t < shared.periodSeconds) t = together.instant(t);
  return together.end();
}

interface Playing {
  readonly service: string;
  readonly handle: number;
  readonly run: Run;
  readonly extra: FixedTasks[];
  /** Its next slot. */
  next: number;
}

class Together {
  readonly #periodSeconds: number;
  readonly #cluster: ClusterOverTime;
  readonly #fleet: InstanceFleet;
  readonly #places: TaskPlaces;
  readonly #groups: readonly GroupScaling[];
  readonly #services: readonly Playing[];
  readonly #fixed: readonly FixedTasks[];
  readonly #begins = new Schedule<FixedTasks>();
  readonly #ends = new Schedule<FixedTasks>();
  readonly #unplaced: PlayedTogether["unplaced"];

  constructor({ scaled, fixed, periodSeconds }: SharedPlay, cluster: ClusterOverTime) {
    this.#periodSeconds = periodSeconds;
    this.#cluster = cluster;
    this.#places = new TaskPlaces(cluster);
    this.#fleet = new InstanceFleet(cluster, (lost, t) => this.#places.lost(lost, t));
    for (const [group, { countMin }] of cluster.groups.entries()) this.#fleet.begin(group, countMin);
    this.#fixed = byService(fixed).map((life) => new FixedTasks(life));
    for (const tasks of this.#fixed) this.#add(tasks);
    this.#begin(0);
    this.#services = byService(scaled).map((one) => this.#playing(one));
    settle(this.#fleet, this.#places.line);
    this.#unplaced = this.#fixed
      .filter(({ startSeconds, placed, count }) => startSeconds === 0 && placed < count)
      .map(({ service, placed, count }) => ({ service, count: count - placed }));
    this.#groups = groupScalings(this.#fleet, this.#places.line);
  }

  /** Plays what happens at `t`, and says when something happens next. */
  instant(t: number): number {
    if (this.#fleet.join(t)) this.#places.freed();
    this.#places.depart(t);
    for (let tasks = this.#ends.take(t); tasks !== null; tasks = this.#ends.take(t)) this.#end(tasks, t);
    this.#begin(t);
    this.#places.retry(t);
    for (let at = 0; at < this.#services.length; at++) {
      const playing = this.#services[at] as Playing;
      if (playing.run.nextEvent <= t) playing.run.happen(t);
      if (playing.next <= t) playing.next = playing.run.advance(t);
    }
    // Of tasks that do not drain, and of deployments that begin.
    this.#places.depart(t);
    this.#begin(t);
    this.#places.retry(t);
    for (const group of this.#groups) {
      if (t % minute === 0) group.minute(t);
      else group.stir();
    }
    this.#places.retry(t);
    return this.#next(t);
  }

  end(): PlayedTogether {
    const t = this.#periodSeconds;
    const runs = this.#services.map((playing) => ({ ...playing, played: playing.run.end() }));
    const extra = this.#services.flatMap((playing) => playing.extra);
    for (const tasks of [...this.#fixed, ...extra]) tasks.end(tasks.placed, t);
    return {
      played: new Map(
        runs.map(({ service, handle, played, extra: own }) => [
          service,
          {
            run: played,
            extra: own.flatMap(({ lives }) => lives),
            waiting: this.#places.line.reportOf(handle, t),
          },
        ]),
      ),
      lives: this.#fixed.flatMap(({ lives }) => lives),
      capacityProviders: this.#fleet.reports(t),
      unplaced: this.#unplaced,
    };
  }

  #next(t: number): number {
    let next = Math.min(this.#fleet.next, this.#places.next, this.#begins.next, this.#ends.next);
    for (let at = 0; at < this.#services.length; at++) {
      const playing = this.#services[at] as Playing;
      if (playing.next < next) next = playing.next;
      if (playing.run.nextEvent < next) next = playing.run.nextEvent;
    }
    if (!this.#groups.every(({ quiet }) => quiet)) next = Math.min(next, (Math.floor(t / minute) + 1) * minute);
    // Instances without any start take tasks a second later.
    return Math.max(next, t + 1);
  }

  #playing({ service, lifetime, stage }: SharedPlay["scaled"][number]): Playing {
    const handle = this.#cluster.serviceOf(service);
    const extra: FixedTasks[] = [];
    // What a service starts with is placed while it is being made, and told of its places only after that.
    const owner: Owner = {
      arrive: (count, t) => run.tasks.arrive(count, t),
      lose: (count, t) => run.tasks.lose(count, t),
      get placed() {
        return run.tasks.placed;
      },
    };
    const run: Run = new Run(lifetime, { ...stage, places: this.#placesOf(service, extra, owner) });
    this.#places.own(handle, owner);
    return { service, handle, run, extra, next: 0 };
  }

  #placesOf(service: string, extra: FixedTasks[], waiter: Owner): Places {
    const handle = this.#cluster.serviceOf(service);
    return {
      losing: this.#cluster.groups.some(({ growth }) => growth.policies.length > 0 && !growth.busyProtected),
      start: (count, t) => this.#places.start(handle, count, { waiter, t }),
      stop: (count, end) => this.#places.stop(handle, count, end),
      cancel: (count, t) => this.#places.line.cancel(waiter, count, t),
      extra: ({ count, startSeconds, rounds }, roundSeconds) => {
        const endSeconds = startSeconds + rounds * roundSeconds;
        const tasks = new FixedTasks({ service, count, startSeconds, endSeconds, times: rounds });
        extra.push(tasks);
        this.#add(tasks);
      },
    };
  }

  #add(tasks: FixedTasks): void {
    this.#begins.put(tasks.startSeconds, tasks);
    this.#ends.put(tasks.endSeconds, tasks);
    this.#places.own(this.#cluster.serviceOf(tasks.service), tasks);
  }

  #begin(t: number): void {
    for (let tasks = this.#begins.take(t); tasks !== null; tasks = this.#begins.take(t)) {
      const handle = this.#cluster.serviceOf(tasks.service);
      tasks.arrive(this.#places.start(handle, tasks.count, { waiter: tasks, t }), t);
    }
  }

  #end(tasks: FixedTasks, t: number): void {
    const handle = this.#cluster.serviceOf(tasks.service);
    const { placed } = tasks;
    this.#places.line.cancel(tasks, tasks.count - placed, t);
    this.#places.stop(handle, placed, t);
    this.#places.depart(t);
    tasks.end(placed, t);
    this.#places.disown(handle, tasks);
  }
}

/** Not the order of the documents: it must not change the bill. */
function byService<T extends { readonly service: string }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => (a.service < b.service ? -1 : Number(a.service > b.service)));
}
