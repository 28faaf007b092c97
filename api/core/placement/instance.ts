import type { Resources } from "../model/placement.ts";
import type { Host, Instance, InstanceRun, PlaceableTask } from "../model/placement-rules.ts";

export function emptyInstance(host: Host): Instance {
  return { host, room: host.capacity, taken: new Set(), tasks: new Map(), groups: new Map(), daemons: [] };
}

/** Tasks that fit beside what is on the instance, whatever the constraints say. */
export function howManyFitOn(instance: Instance, task: PlaceableTask): number {
  const { resources, exclusive } = task.demand;
  let fit = exclusive.length > 0 || task.distinct ? 1 : Number.MAX_SAFE_INTEGER;
  if (exclusive.some((thing) => instance.taken.has(thing))) return 0;
  if (task.distinct && instance.groups.has(task.group)) return 0;
  for (const name in resources) {
    const amount = resources[name] ?? 0;
    if (amount > 0) fit = Math.min(fit, Math.floor((instance.room[name] ?? 0) / amount));
  }
  return Math.max(0, fit);
}

/** The instance with so many more tasks; fewer, where the number is negative. */
export function withTasks(instance: Instance, task: PlaceableTask, number: number): Instance {
  const { resources, exclusive } = task.demand;
  const room: Record<string, number> = { ...instance.room };
  for (const name in resources) room[name] = (room[name] ?? 0) - (resources[name] ?? 0) * number;
  return {
    ...instance,
    room,
    taken: exclusive.length === 0 ? instance.taken : changed(instance.taken, exclusive, number > 0),
    tasks: counted(instance.tasks, task.service, number),
    groups: counted(instance.groups, task.group, number),
  };
}

function changed(taken: ReadonlySet<string>, things: readonly string[], take: boolean): ReadonlySet<string> {
  const after = new Set(taken);
  for (const thing of things) {
    if (take) after.add(thing);
    else after.delete(thing);
  }
  return after;
}

function counted(counts: ReadonlyMap<string, number>, name: string, by: number): ReadonlyMap<string, number> {
  const after = new Map(counts);
  const count = (counts.get(name) ?? 0) + by;
  if (count === 0) after.delete(name);
  else after.set(name, count);
  return after;
}

/** Both as one run, where one follows the other and they are the same; else null. */
export function joined(run: InstanceRun, other: InstanceRun): InstanceRun | null {
  if (run.first + run.count !== other.first || !isSameInstance(run.instance, other.instance)) return null;
  return { ...run, count: run.count + other.count };
}

function isSameInstance(a: Instance, b: Instance): boolean {
  return (
    a.host === b.host &&
    areSameCounts(a.tasks, b.tasks) &&
    areSameCounts(a.groups, b.groups) &&
    a.taken.size === b.taken.size &&
    [...a.taken].every((thing) => b.taken.has(thing)) &&
    a.daemons.length === b.daemons.length &&
    a.daemons.every((daemon) => b.daemons.includes(daemon)) &&
    isSameRoom(a.room, b.room)
  );
}

function areSameCounts(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  if (a.size !== b.size) return false;
  for (const [name, count] of a) if (b.get(name) !== count) return false;
  return true;
}

function isSameRoom(a: Resources, b: Resources): boolean {
  for (const name in a) if (a[name] !== (b[name] ?? 0)) return false;
  for (const name in b) if (b[name] !== (a[name] ?? 0)) return false;
  return true;
}
