import type { ClusterOverTime, TasksOfGroup } from "../model/cluster-over-time.ts";
import { Schedule } from "./schedule.ts";
import { type Waiter, WaitingLine } from "./waiting-line.ts";

/** Whose tasks are on instances, and may be lost with them. */
export interface Owner extends Waiter {
  readonly placed: number;
  lose(count: number, t: number): void;
}

/** Tasks on their way onto instances and off them. Services are known by their handles in the cluster. */
export class TaskPlaces {
  readonly line: WaitingLine;
  readonly #cluster: ClusterOverTime;
  readonly #departures = new Schedule<TasksOfGroup>();
  /** By service; the last to come loses first. */
  readonly #owners = new Map<number, Owner[]>();
  /** There may be room that what waits has not tried. */
  #freed = false;

  constructor(cluster: ClusterOverTime) {
    this.#cluster = cluster;
    this.line = new WaitingLine(cluster);
  }

  /** When the next tasks are gone that were told to stop; Infinity: none is going. */
  get next(): number {
    return this.#departures.next;
  }

  own(service: number, owner: Owner): void {
    this.#owners.set(service, [owner, ...(this.#owners.get(service) ?? [])]);
  }

  disown(service: number, owner: Owner): void {
    const others = (this.#owners.get(service) ?? []).filter((other) => other !== owner);
    this.#owners.set(service, others);
  }

  /** How many of them start; the others are in line from now on. */
  start(service: number, count: number, { waiter, t }: { readonly waiter: Waiter; readonly t: number }): number {
    let placed = 0;
    for (const tasks of this.#cluster.share(service, count)) {
      const here = this.#cluster.place(tasks, t);
      this.line.add({ ...tasks, count: tasks.count - here }, waiter, t);
      placed += here;
    }
    return placed;
  }

  /** They are gone at `seconds`. */
  stop(service: number, count: number, seconds: number): void {
    for (const tasks of this.#cluster.surplus(service, count)) this.#departures.put(seconds, tasks);
  }

  depart(t: number): void {
    for (let tasks = this.#departures.take(t); tasks !== null; tasks = this.#departures.take(t)) {
      this.#cluster.stop(tasks, t);
      this.#freed = true;
    }
  }

  /** There are instances that have just begun to take tasks. */
  freed(): void {
    this.#freed = true;
  }

  /** What waits is tried only where something has become free. */
  retry(t: number): void {
    if (this.#freed) this.line.retry(t);
    this.#freed = false;
  }

  lost(lost: readonly TasksOfGroup[], t: number): void {
    for (const tasks of lost) {
      let left = tasks.count;
      for (const owner of this.#owners.get(tasks.service) ?? []) {
        const count = Math.min(left, owner.placed);
        if (count === 0) continue;
        owner.lose(count, t);
        this.line.add({ ...tasks, count }, owner, t);
        left -= count;
      }
    }
    this.#freed = true;
  }
}
