import type { Host, Instance, InstanceRun, PlaceableTask } from "../model/placement-rules.ts";
import { howManyFitOn, joined, withTasks } from "./instance.ts";

/** A run of instances, and what the task at hand can do there. */
export interface Slot {
  readonly run: InstanceRun;
  /** Tasks that can be placed on (or stopped on) each of its instances. */
  readonly available: number;
  /** Tasks of its group on each of them. */
  readonly own: number;
}

/** Tasks of one service on their way onto instances, or off them. */
export interface Moving {
  readonly task: PlaceableTask;
  /** 1: on, to where there are fewest; −1: off, from where there are most. Every comparison turns round with it. */
  readonly direction: 1 | -1;
  /** All instances, in order. */
  slots: readonly Slot[];
  /** The group's tasks by attribute, then by its value; counted when first asked for, then kept up. */
  readonly counts: Map<string, Map<string | undefined, number>>;
  isOpen(host: Host): boolean;
  random: number;
}

export function movingOn(
  runs: readonly InstanceRun[],
  moving: Pick<Moving, "task" | "direction" | "isOpen" | "random">,
): Moving {
  return { ...moving, slots: runs.map((run) => slotOf(run, moving)), counts: new Map() };
}

function slotOf(run: InstanceRun, moving: Pick<Moving, "task" | "direction" | "isOpen">): Slot {
  return { run, available: availableOn(run.instance, moving), own: run.instance.groups.get(moving.task.group) ?? 0 };
}

function availableOn(instance: Instance, { task, direction, isOpen }: Pick<Moving, "task" | "direction" | "isOpen">) {
  if (direction < 0) return instance.tasks.get(task.service) ?? 0;
  const fit = howManyFitOn(instance, task);
  if (fit === 0 || !isOpen(instance.host)) return 0;
  return task.allowsInstance === null || task.allowsInstance(instance) ? fit : 0;
}

export function countsByValue({ slots, counts }: Moving, attribute: string): Map<string | undefined, number> {
  const known = counts.get(attribute);
  if (known !== undefined) return known;
  const counted = new Map<string | undefined, number>();
  for (const { run, own } of slots) {
    if (own === 0) continue;
    const value = run.instance.host.attributes[attribute];
    counted.set(value, (counted.get(value) ?? 0) + own * run.count);
  }
  counts.set(attribute, counted);
  return counted;
}

/** Moves up to `each` tasks on each instance from the offset on (from the end, for direction −1). */
export function moveTo(
  { run }: Slot,
  by: { work: Moving; offset: number; each: number; instances: number; count: number },
): { readonly runs: InstanceRun[]; readonly moved: number } {
  const { task, direction } = by.work;
  const whole = Math.min(by.instances, Math.floor(by.count / by.each));
  const odd = whole < by.instances ? by.count % by.each : 0;
  const parts: [count: number, tasks: number][] = [
    [by.offset, 0],
    [whole, by.each],
    [odd > 0 ? 1 : 0, odd],
    [run.count - by.offset - whole - (odd > 0 ? 1 : 0), 0],
  ];
  if (direction < 0) parts.reverse();
  const runs: InstanceRun[] = [];
  let { first } = run;
  for (const [count, tasks] of parts) {
    if (count === 0) continue;
    const instance = tasks === 0 ? run.instance : withTasks(run.instance, task, direction * tasks);
    runs.push({ first, count, instance });
    first += count;
  }
  return { runs, moved: whole * by.each + odd };
}

export function recount({ counts, direction }: Moving, host: Host, moved: number): void {
  for (const [attribute, counted] of counts) {
    const value = host.attributes[attribute];
    counted.set(value, (counted.get(value) ?? 0) + direction * moved);
  }
}

/** Puts runs in the places of slots, joined with their neighbours where they have become the same. */
export function replace(work: Moving, moved: ReadonlyMap<Slot, readonly InstanceRun[]>): void {
  const places = [...moved.keys()].map((slot) => work.slots.indexOf(slot));
  if (places.length === 0) return;
  const from = Math.max(0, Math.min(...places) - 1);
  const to = Math.max(...places) + 2;
  const slots: Slot[] = [];
  for (const slot of work.slots.slice(from, to)) {
    const runs = moved.get(slot);
    for (const run of runs ?? [slot.run]) {
      const last = slots.at(-1);
      const one = last === undefined ? null : joined(last.run, run);
      if (one !== null) slots[slots.length - 1] = slotOf(one, work);
      else slots.push(runs === undefined ? slot : slotOf(run, work));
    }
  }
  work.slots = work.slots.slice(0, from).concat(slots, work.slots.slice(to));
}
