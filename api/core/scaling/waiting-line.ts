import type { ClusterOverTime, TasksOfGroup } from "../model/cluster-over-time.ts";
import type { WaitingReport } from "../model/scaling.ts";

/** Whose tasks wait. */
export interface Waiter {
  arrive(count: number, t: number): void;
}

interface Waiting {
  readonly waiter: Waiter;
  readonly service: number;
  readonly group: number;
  count: number;
  readonly since: number;
}

/** Tasks for which no instance had room, in the order in which they were wanted. */
export class WaitingLine {
  readonly #cluster: ClusterOverTime;
  #line: Waiting[] = [];
  /** By service: how many tasks waited for how many seconds. */
  readonly #waited = new Map<number, Map<number, number>>();

  constructor(cluster: ClusterOverTime) {
    this.#cluster = cluster;
  }

  add({ service, group, count }: TasksOfGroup, waiter: Waiter, t: number): void {
    if (count > 0) this.#line.push({ waiter, service, group, count, since: t });
  }

  /** So many of the waiter's, those that came last, wait no longer. */
  cancel(waiter: Waiter, count: number, t: number): void {
    let left = count;
    for (const one of this.#line.toReversed()) {
      if (one.waiter !== waiter || left === 0) continue;
      const cancelled = Math.min(left, one.count);
      this.#cluster.forget({ ...one, count: cancelled });
      this.#leave(one, cancelled, t);
      left -= cancelled;
    }
    this.#line = this.#line.filter((one) => one.count > 0);
  }

  /** Places what there is room for by now, in order; after one of a service that finds none, no other of it is tried. */
  retry(t: number): void {
    if (this.#line.length === 0) return;
    const stuck = new Set<string>();
    for (const one of this.#line) {
      const key = `${one.service} ${one.group}`;
      if (stuck.has(key)) continue;
      const placed = this.#cluster.place(one, t);
      if (placed < one.count) stuck.add(key);
      if (placed === 0) continue;
      one.waiter.arrive(placed, t);
      this.#leave(one, placed, t);
    }
    this.#line = this.#line.filter((one) => one.count > 0);
  }

  of(group: number): readonly TasksOfGroup[] {
    return this.#line.length === 0 ? this.#line : this.#line.filter((one) => one.group === group);
  }

  /** Of the service; whatever waits still is taken to do so until `t`. */
  reportOf(service: number, t: number): WaitingReport {
    const waited = new Map(this.#waited.get(service));
    for (const one of this.#line) {
      if (one.service === service) waited.set(t - one.since, (waited.get(t - one.since) ?? 0) + one.count);
    }
    waited.delete(0);
    const shortest = [...waited].sort(([a], [b]) => a - b);
    const tasks = shortest.reduce((sum, [, count]) => sum + count, 0);
    let sofar = 0;
    const p95 = shortest.find(([, count]) => {
      sofar += count;
      return sofar * 100 >= tasks * 95;
    });
    return {
      tasks,
      taskSeconds: shortest.reduce((sum, [seconds, count]) => sum + seconds * count, 0),
      longestSeconds: shortest.at(-1)?.[0] ?? 0,
      p95Seconds: p95?.[0] ?? 0,
    };
  }

  #leave(one: Waiting, count: number, t: number): void {
    one.count -= count;
    const waited = this.#waited.get(one.service) ?? new Map<number, number>();
    this.#waited.set(one.service, waited.set(t - one.since, (waited.get(t - one.since) ?? 0) + count));
  }
}
