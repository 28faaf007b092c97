import type { TaskBehaviour } from "../model/scaling.ts";
import type { ExtraTasks } from "./deployment.ts";

/** Instances on which tasks must find room before they start. */
export interface Places {
  /** True: what runs may be lost at any time. */
  readonly losing: boolean;
  /** How many of so many tasks start at once; the others wait, and arrive later. */
  start(count: number, t: number): number;
  /** Of those that run: alive until `endSeconds`. */
  stop(count: number, endSeconds: number): void;
  /** Those that began to wait last wait no longer. */
  cancel(count: number, t: number): void;
  /** Tasks beside those of the service's number, in rounds of so many seconds. */
  extra(tasks: ExtraTasks, roundSeconds: number): void;
}

/** Tasks that started together and were told to stop together. */
export interface Batch {
  readonly count: number;
  readonly startSeconds: number;
  /** From here on they take load. */
  readonly readySeconds: number;
  /** Told to stop: they take no load from here on. */
  readonly stopSeconds: number;
  /** With the draining. */
  readonly endSeconds: number;
}

/**
 * The tasks that are to run, in order of their start; which of them go first when there are to be fewer is the behaviour's rule, but those
 * that wait for an instance before all others.
 */
export class TaskStack {
  total = 0;
  /** Of them: without a place. */
  waiting = 0;
  readonly stopped: Batch[] = [];
  readonly #behaviour: TaskBehaviour;
  readonly #places: Places | null;
  readonly #starts: number[] = [];
  readonly #ready: number[] = [];
  readonly #counts: number[] = [];
  #oldest = 0;
  #running = 0;
  #sameUntil = 0;

  /** The first `count` take load from the start. */
  constructor(count: number, behaviour: TaskBehaviour, places: Places | null = null) {
    this.#behaviour = behaviour;
    this.#places = places;
    if (count > 0) this.#start(count, 0, 0);
  }

  change(to: number, t: number): void {
    if (to > this.total) this.#start(to - this.total, t, t + this.#behaviour.startSeconds);
    else this.#stop(this.total - to, t);
  }

  get placed(): number {
    return this.total - this.waiting;
  }

  /** So many that waited have found a place; at the very start they have long had it. */
  arrive(count: number, t: number): void {
    this.waiting -= count;
    this.total -= count;
    this.#push(count, t, t === 0 ? 0 : t + this.#behaviour.startSeconds);
  }

  /** So many have lost their place, and wait for another. */
  lose(count: number, t: number): void {
    this.#end(count, t, t);
    this.waiting += count;
    this.total += count;
  }

  /** Tasks that take load; to be asked in order of time. */
  runningAt(t: number): number {
    if (t < this.#sameUntil) return this.#running;
    let running = this.total - this.waiting;
    for (let at = this.#counts.length - 1; at >= this.#oldest && (this.#ready[at] as number) > t; at--) {
      running -= this.#counts[at] as number;
    }
    this.#running = running;
    this.#sameUntil = this.readyAfter(t);
    return running;
  }

  /** The next second at which starting tasks begin to take load; Infinity: none is starting. */
  readyAfter(t: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (let at = this.#counts.length - 1; at >= this.#oldest && (this.#ready[at] as number) > t; at--) {
      next = this.#ready[at] as number;
    }
    return next;
  }

  #start(count: number, start: number, ready: number): void {
    const placed = this.#places?.start(count, start) ?? count;
    if (placed > 0) this.#push(placed, start, ready);
    this.waiting += count - placed;
    this.total += count - placed;
  }

  #push(count: number, start: number, ready: number): void {
    this.#sameUntil = 0;
    this.#starts.push(start);
    this.#ready.push(ready);
    this.#counts.push(count);
    this.total += count;
  }

  #stop(count: number, t: number): void {
    const cancelled = Math.min(count, this.waiting);
    if (cancelled > 0) this.#places?.cancel(cancelled, t);
    this.waiting -= cancelled;
    this.total -= cancelled;
    if (count === cancelled) return;
    const end = t + this.#behaviour.drainSeconds;
    this.#places?.stop(count - cancelled, end);
    this.#end(count - cancelled, t, end);
  }

  #end(count: number, t: number, end: number): void {
    this.#sameUntil = 0;
    let left = count;
    while (left > 0) {
      const at = this.#behaviour.stops === "newest" ? this.#counts.length - 1 : this.#oldest;
      const stopping = Math.min(left, this.#counts[at] as number);
      this.stopped.push({
        count: stopping,
        startSeconds: this.#starts[at] as number,
        readySeconds: this.#ready[at] as number,
        stopSeconds: t,
        endSeconds: end,
      });
      this.#counts[at] = (this.#counts[at] as number) - stopping;
      left -= stopping;
      if (this.#counts[at] === 0) this.#remove();
    }
    this.total -= count;
  }

  #remove(): void {
    if (this.#behaviour.stops === "oldest") {
      this.#oldest++;
      // Not kept for ever: only those alive matter.
      if (this.#oldest > 1024) {
        for (const list of [this.#starts, this.#ready, this.#counts]) list.splice(0, this.#oldest);
        this.#oldest = 0;
      }
    } else {
      this.#starts.pop();
      this.#ready.pop();
      this.#counts.pop();
    }
  }
}
