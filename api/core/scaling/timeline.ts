import type { TaskLife } from "../model/demand.ts";
import type { TimelineStep } from "../model/scaling.ts";
import type { Played } from "./stage.ts";

/** How many tasks there were to be, took load and were alive, wherever one of the three changes. */
export function timelineOf(played: Played, lives: readonly TaskLife[], periodSeconds: number): TimelineStep[] {
  const changes = new Changes(2 * (lives.length + played.batches.length));
  for (const { count, startSeconds, endSeconds } of lives) {
    changes.add(startSeconds, 0, count);
    changes.add(endSeconds, 0, -count);
  }
  for (const { count, readySeconds, stopSeconds } of played.batches) {
    if (readySeconds >= stopSeconds) continue;
    changes.add(readySeconds, count, 0);
    changes.add(stopSeconds, -count, 0);
  }
  changes.sort();
  const steps: TimelineStep[] = [];
  let desired = 0;
  let set = 0;
  while (true) {
    const nextDesired = played.desired[set]?.startSeconds ?? periodSeconds;
    const startSeconds = Math.min(changes.next, nextDesired);
    if (startSeconds >= periodSeconds) return steps;
    if (nextDesired === startSeconds) desired = played.desired[set++]?.count ?? desired;
    changes.apply(startSeconds);
    const { running, alive } = changes;
    const last = steps.at(-1);
    const same = last !== undefined && last.desired === desired && last.running === running && last.alive === alive;
    if (!same) steps.push({ startSeconds, desired, running, alive });
  }
}

/** Changes of two counts, put in order of their seconds as numbers alone, since there may be a hundred thousand. */
class Changes {
  running = 0;
  alive = 0;
  readonly #capacity: number;
  readonly #keys: Float64Array;
  readonly #running: Float64Array;
  readonly #alive: Float64Array;
  #length = 0;
  #at = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#keys = new Float64Array(capacity);
    this.#running = new Float64Array(capacity);
    this.#alive = new Float64Array(capacity);
  }

  add(seconds: number, running: number, alive: number): void {
    this.#keys[this.#length] = seconds * this.#capacity + this.#length;
    this.#running[this.#length] = running;
    this.#alive[this.#length] = alive;
    this.#length++;
  }

  sort(): void {
    this.#keys.subarray(0, this.#length).sort();
  }

  /** Second of the next change; Infinity: none. */
  get next(): number {
    if (this.#at === this.#length) return Number.POSITIVE_INFINITY;
    return Math.floor((this.#keys[this.#at] as number) / this.#capacity);
  }

  /** Makes the changes of that second. */
  apply(seconds: number): void {
    while (this.next === seconds) {
      const which = (this.#keys[this.#at] as number) % this.#capacity;
      this.running += this.#running[which] as number;
      this.alive += this.#alive[which] as number;
      this.#at++;
    }
  }
}
