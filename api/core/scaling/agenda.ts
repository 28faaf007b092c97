import type { Calendar, ScheduledAction } from "../model/scaling.ts";
import type { Period } from "../model/workload.ts";

/** Scheduled actions in order of time, looked up one instant ahead. */
export class Agenda {
  /** The second of the next one; Infinity: none. */
  next = Number.POSITIVE_INFINITY;
  readonly #actions: readonly ScheduledAction[];
  readonly #seconds: Float64Array;
  readonly #secondOf: (action: ScheduledAction, from: number) => number;

  constructor(
    actions: readonly ScheduledAction[],
    given: { readonly calendar: Calendar; readonly period: Period; readonly periodSeconds: number },
  ) {
    const { startSeconds } = given.period;
    this.#actions = actions;
    this.#secondOf = (action, from) => {
      if (from >= given.periodSeconds) return Number.POSITIVE_INFINITY;
      const instant = given.calendar(action.schedule, startSeconds + from, startSeconds);
      return instant === null ? Number.POSITIVE_INFINITY : instant - startSeconds;
    };
    this.#seconds = Float64Array.from(actions, (action) => this.#secondOf(action, 0));
    this.next = Math.min(...this.#seconds);
  }

  /** Those at second `t`, which must not be later than `next`, in the order given. */
  due(t: number): ScheduledAction[] {
    const due = this.#actions.filter((_, at) => this.#seconds[at] === t);
    for (const [at, action] of this.#actions.entries()) {
      if (this.#seconds[at] === t) this.#seconds[at] = this.#secondOf(action, t + 1);
    }
    this.next = Math.min(...this.#seconds);
    return due;
  }
}
