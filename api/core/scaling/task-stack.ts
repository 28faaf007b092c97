import type { TaskBehaviour } from "../model/scaling.ts";

/** Tasks that started together and were told to stop together. */
export interface Batch {
  readonly count: number;
  readonly startSeconds: number;
  /** From here on they take load. */
  readonly readySeconds: number;
  /** Told to stop: they take no load from here on, and live for the draining longer. */
  readonly stopSeconds: number;
}

/** The tasks that are to run, in order of their start; which of them go first when there are to be fewer is the behaviour's rule. */
export class TaskStack {
  total = 0;
  readonly stopped: Batch[] = [];
  readonly #behaviour: TaskBehaviour;
  readonly #starts: number[] = [];
  readonly #ready: number[] = [];
  readonly #counts: number[] = [];
  #oldest = 0;
  #running = 0;
  #sameUntil = 0;

  /** The first `count` take load from the start. */
  constructor(count: number, behaviour: TaskBehaviour) {
    this.#behaviour = behaviour;
    if (count > 0) this.#push(count, 0, 0);
  }

  change(to: number, t: number): void {
    this.#sameUntil = 0;
    if (to > this.total) this.#push(to - this.total, t, t + this.#behaviour.startSeconds);
    else this.#stop(this.total - to, t);
  }

  /** Tasks that take load; to be asked in order of time. */
  runningAt(t: number): number {
    if (t < this.#sameUntil) return this.#running;
    let running = this.total;
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

  #push(count: number, start: number, ready: number): void {
    this.#starts.push(start);
    this.#ready.push(ready);
    this.#counts.push(count);
    this.total += count;
  }

  #stop(count: number, t: number): void {
    let left = count;
    while (left > 0) {
      const at = this.#behaviour.stops === "newest" ? this.#counts.length - 1 : this.#oldest;
      const stopping = Math.min(left, this.#counts[at] as number);
      this.stopped.push({
        count: stopping,
        startSeconds: this.#starts[at] as number,
        readySeconds: this.#ready[at] as number,
        stopSeconds: t,
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
