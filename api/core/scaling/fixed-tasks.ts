import type { TaskLife } from "../model/demand.ts";

/** Tasks whose times are given, on instances: what finds no room at its start waits, at most until its end. */
export class FixedTasks {
  readonly service: string;
  readonly count: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly lives: TaskLife[] = [];
  /** Those on instances, by when they came there. */
  readonly #placed: { count: number; readonly startSeconds: number }[] = [];
  /** Of one of the lives that are laid end to end. */
  readonly #eachSeconds: number;

  constructor(life: TaskLife) {
    this.service = life.service;
    this.count = life.count;
    this.startSeconds = life.startSeconds;
    this.endSeconds = life.endSeconds;
    this.#eachSeconds = (life.endSeconds - life.startSeconds) / life.times;
  }

  get placed(): number {
    return this.#placed.reduce((sum, { count }) => sum + count, 0);
  }

  arrive(count: number, t: number): void {
    if (count > 0) this.#placed.push({ count, startSeconds: t });
  }

  lose(count: number, t: number): void {
    this.end(count, t);
  }

  /** Ends so many, those that came last first. */
  end(count: number, t: number): void {
    for (let left = count; left > 0; ) {
      const last = this.#placed.at(-1);
      if (last === undefined) return;
      const ended = Math.min(left, last.count);
      const { startSeconds } = last;
      // Whoever comes late, or leaves early, has fewer of the lives.
      const times = Math.ceil((t - startSeconds) / this.#eachSeconds);
      if (t > startSeconds)
        this.lives.push({ service: this.service, count: ended, startSeconds, endSeconds: t, times });
      left -= ended;
      last.count -= ended;
      if (last.count === 0) this.#placed.pop();
    }
  }
}
