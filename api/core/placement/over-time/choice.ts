import { nextRandom } from "../draw.ts";
import type { Machine } from "./machine.ts";
import type { NumberedTask, Work } from "./work.ts";

/**
 * Which instance the next task goes on, or comes off, by the same rules as `moveTasks`: there for many alike instances at once, here for
 * one task at a time on instances that are all different.
 */
export class Choice {
  #random: number;
  readonly #work: Work;
  /** Tasks by task group, attribute and value. */
  readonly #counts: Map<number, number[][]>;
  /** What the best yet has by each ranking. */
  readonly #best: number[] = [];

  constructor(work: Work, random: number) {
    this.#work = work;
    this.#random = random;
    this.#counts = new Map(work.taskGroups.map((_, group) => [group, work.attributes.map(() => [])]));
  }

  /** So many tasks of the group more, or less, there. */
  count(taskGroup: number, { site }: Machine, by: number): void {
    const counts = this.#counts.get(taskGroup) as number[][];
    for (let at = 0; at < counts.length; at++) {
      const values = counts[at] as number[];
      const value = site.values[at] as number;
      values[value] = (values[value] ?? 0) + by;
    }
  }

  /** For one more: the best of those that accept it, the first of equals. */
  toPlace(machines: readonly Machine[], which: number): Machine | null {
    const task = this.#work.tasks[which] as NumberedTask;
    const { rankings } = task;
    let best: Machine | null = null;
    for (let at = 0; at < machines.length; at++) {
      const machine = machines[at] as Machine;
      if (best !== null && !this.#isBetter(machine, task, 1)) continue;
      if (!machine.accepts(which, task)) continue;
      this.#keep(machine, task, 1);
      best = machine;
    }
    if (best === null || rankings.at(-1)?.kind !== "random") return best;
    return this.#drawn(machines.filter((one) => this.#isAsGood(one, task, 1) && one.accepts(which, task)));
  }

  /** For one less: the best of those that run it, the last of equals. */
  toStop(machines: readonly Machine[], which: number): Machine | null {
    const task = this.#work.tasks[which] as NumberedTask;
    const { rankings } = task;
    let best: Machine | null = null;
    for (let at = machines.length - 1; at >= 0; at--) {
      const machine = machines[at] as Machine;
      if (machine.tasks[which] === 0 || (best !== null && !this.#isBetter(machine, task, -1))) continue;
      this.#keep(machine, task, -1);
      best = machine;
    }
    if (best === null || rankings.at(-1)?.kind !== "random") return best;
    return this.#drawn(machines.filter((one) => (one.tasks[which] as number) > 0 && this.#isAsGood(one, task, -1)));
  }

  #isBetter(machine: Machine, task: NumberedTask, direction: 1 | -1): boolean {
    for (let at = 0; at < task.rankings.length; at++) {
      const key = this.#key(machine, task, at) * direction;
      const least = this.#best[at] as number;
      if (key !== least) return key < least;
    }
    return false;
  }

  #keep(machine: Machine, task: NumberedTask, direction: 1 | -1): void {
    for (let at = 0; at < task.rankings.length; at++) this.#best[at] = this.#key(machine, task, at) * direction;
  }

  #isAsGood(machine: Machine, task: NumberedTask, direction: 1 | -1): boolean {
    return task.rankings.every((_, at) => this.#key(machine, task, at) * direction === this.#best[at]);
  }

  #key(machine: Machine, { rankings, taskGroup }: NumberedTask, at: number): number {
    const ranking = rankings[at] as NumberedTask["rankings"][number];
    if (ranking.kind === "random") return 0;
    if (ranking.kind === "instance") return machine.groups[taskGroup] as number;
    if (ranking.kind === "left") return machine.room[ranking.resource] as number;
    const values = this.#counts.get(taskGroup)?.[ranking.attribute];
    return values?.[machine.site.values[ranking.attribute] as number] ?? 0;
  }

  /** Nothing is drawn where there is no choice. */
  #drawn(machines: readonly Machine[]): Machine | null {
    if (machines.length > 1) this.#random = nextRandom(this.#random);
    return machines[machines.length > 1 ? this.#random % machines.length : 0] ?? null;
  }
}
