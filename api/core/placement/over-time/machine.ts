import type { Instance } from "../../model/placement-rules.ts";
import type { Site } from "./site.ts";
import type { NumberedTask, Work } from "./work.ts";

/** One instance and what is on it, changed in place. */
export class Machine {
  readonly site: Site;
  /** Billed from here on. */
  readonly startSeconds: number;
  /** What is left, by resource. */
  readonly room: Float64Array;
  /** Tasks by number of the service, and by that of the task group. */
  readonly tasks: Uint32Array;
  readonly groups: Uint32Array;
  /** Services with a task on it. */
  readonly kinds: number[] = [];
  /** Tasks but for daemons. */
  busy = 0;
  readonly #work: Work;
  readonly #taken: Set<string>;
  readonly #daemons: string[] = [];
  #since: number;

  /** `from`: what runs on it already. */
  constructor(
    site: Site,
    work: Work,
    start: { readonly seconds: number; readonly now: number; readonly from?: Instance },
  ) {
    this.site = site;
    this.#work = work;
    this.startSeconds = start.seconds;
    this.#since = start.now;
    const room = start.from?.room ?? site.host.capacity;
    this.room = Float64Array.from(work.resources, (name) => room[name] ?? 0);
    this.tasks = new Uint32Array(work.tasks.length);
    this.groups = Uint32Array.from(work.taskGroups, (name) => start.from?.groups.get(name) ?? 0);
    this.#taken = new Set(start.from?.taken);
  }

  /** Tasks that find room beside what is there, whatever the constraints say. */
  fits({ amounts, takes, task, taskGroup }: NumberedTask): number {
    const { exclusive } = task.demand;
    let fit = Number.MAX_SAFE_INTEGER;
    for (let at = 0; at < takes.length; at++) {
      const which = takes[at] as number;
      fit = Math.min(fit, Math.floor((this.room[which] as number) / (amounts[which] as number)));
    }
    if (exclusive.length > 0 || task.distinct) fit = Math.min(fit, 1);
    if (task.distinct && (this.groups[taskGroup] as number) > 0) return 0;
    for (let at = 0; at < exclusive.length; at++) if (this.#taken.has(exclusive[at] as string)) return 0;
    return Math.max(0, fit);
  }

  /** Whether one more may come on. */
  accepts(which: number, task: NumberedTask): boolean {
    if (this.site.open[which] === 0) return false;
    const { amounts, takes } = task;
    for (let at = 0; at < takes.length; at++) {
      const resource = takes[at] as number;
      if ((this.room[resource] as number) < (amounts[resource] as number)) return false;
    }
    if ((task.task.demand.exclusive.length > 0 || task.task.distinct) && this.fits(task) === 0) return false;
    return task.task.allowsInstance === null || task.task.allowsInstance(this.#asInstance());
  }

  /** One more (1) or less (−1). */
  change(which: number, by: 1 | -1, seconds: number): void {
    this.record(seconds);
    const { amounts, takes, taskGroup, task, daemon } = this.#work.tasks[which] as NumberedTask;
    for (let at = 0; at < takes.length; at++) {
      const resource = takes[at] as number;
      this.room[resource] = (this.room[resource] as number) - by * (amounts[resource] as number);
    }
    const before = this.tasks[which] as number;
    this.tasks[which] = before + by;
    this.groups[taskGroup] = (this.groups[taskGroup] as number) + by;
    if (!daemon) this.busy += by;
    else if (before === 0) this.#daemons.push(task.service);
    if (before === 0) this.kinds.push(which);
    else if (before + by === 0) this.kinds.splice(this.kinds.indexOf(which), 1);
    for (const thing of task.demand.exclusive) {
      if (by > 0) this.#taken.add(thing);
      else this.#taken.delete(thing);
    }
  }

  /** What has been on it until now is on record. */
  record(seconds: number): void {
    if (seconds === this.#since) return;
    this.site.record(this, seconds - this.#since);
    this.#since = seconds;
  }

  #asInstance(): Instance {
    const { tasks, taskGroups } = this.#work;
    const counts = this.kinds.map((which): [string, number] => [
      (tasks[which] as NumberedTask).service,
      this.tasks[which] as number,
    ]);
    const groups = taskGroups.flatMap((name, at): [string, number][] =>
      (this.groups[at] as number) > 0 ? [[name, this.groups[at] as number]] : [],
    );
    return {
      host: this.site.host,
      room: Object.fromEntries(this.#work.resources.map((name, at) => [name, this.room[at] as number])),
      taken: this.#taken,
      tasks: new Map(counts),
      groups: new Map(groups),
      daemons: this.#daemons,
    };
  }
}
