import type { Host, Instance, InstanceRun, PlaceableTask, Unplaced } from "../model/placement-rules.ts";
import { randomFrom } from "./draw.ts";
import { emptyInstance, howManyFitOn, joined, withTasks } from "./instance.ts";
import { moveTasks } from "./move-tasks.ts";
import { hostRefusals, type PlacedBy, unplacedOn } from "./refusals.ts";

/** Instances and the tasks on them at one moment. A change gives a new one. */
export interface Cluster {
  /** In the order in which instances were started. */
  readonly runs: readonly InstanceRun[];
  /** Number of the next instance. */
  readonly next: number;
  /** State of the generator that random strategies draw from. */
  readonly random: number;
}

export function emptyCluster(seed: number): Cluster {
  return { runs: [], next: 0, random: randomFrom(seed) };
}

/** Starts instances of a host, with one task on each of every daemon that runs there: daemons are placed before anything else. */
export function addInstances(
  cluster: Cluster,
  host: Host,
  added: { readonly count: number; readonly daemons: readonly PlaceableTask[] },
): { readonly cluster: Cluster; readonly unplaced: readonly Unplaced[] } {
  if (added.count === 0) return { cluster, unplaced: [] };
  let instance = emptyInstance(host);
  const unplaced: Unplaced[] = [];
  for (const task of added.daemons) {
    const placed = { task, provider: null };
    if (hostRefusals(host, placed).length > 0 || task.allowsInstance?.(instance) === false) continue;
    const fits = howManyFitOn(instance, task) > 0;
    if (fits) instance = { ...withTasks(instance, task, 1), daemons: [...instance.daemons, task.service] };
    else unplaced.push(unplacedOn([{ first: 0, count: added.count, instance }], placed, added.count));
  }
  const run = { first: cluster.next, count: added.count, instance };
  const last = cluster.runs.at(-1);
  const longer = last === undefined ? null : joined(last, run);
  const runs = longer === null ? [...cluster.runs, run] : [...cluster.runs.slice(0, -1), longer];
  return { cluster: { ...cluster, runs, next: cluster.next + added.count }, unplaced };
}

/** Places tasks one after another. Provider: the only one whose instances they may go on; null: any. */
export function placeTasks(
  cluster: Cluster,
  task: PlaceableTask,
  placed: { readonly count: number; readonly provider: string | null },
): { readonly cluster: Cluster; readonly unplaced: Unplaced | null } {
  const { cluster: after, left } = placedOn(cluster, task, placed);
  const by = { task, provider: placed.provider };
  return { cluster: after, unplaced: left === 0 ? null : unplacedOn(after.runs, by, left) };
}

/** The same without the reasons why the tasks that are left find no place. */
export function placedOn(
  cluster: Cluster,
  task: PlaceableTask,
  { count, provider }: { readonly count: number; readonly provider: string | null },
): { readonly cluster: Cluster; readonly left: number } {
  const isOpen = opennessTo({ task, provider });
  const { random } = cluster;
  const { moved, ...after } = moveTasks(cluster.runs, { task, direction: 1, isOpen, random }, count);
  return { cluster: { ...cluster, ...after }, left: count - moved };
}

/** Asked once for each host. */
function opennessTo(placed: PlacedBy): (host: Host) => boolean {
  const open = new Map<Host, boolean>();
  return (host) => {
    const known = open.get(host) ?? hostRefusals(host, placed).length === 0;
    open.set(host, known);
    return known;
  };
}

/**
 * Whether so many more tasks find places. Alike tasks take the same from whatever instance they are on, so that what fits on each adds up;
 * only where constraints look at what is there by then are they placed to see.
 */
export function hasRoomFor(
  cluster: Cluster,
  task: PlaceableTask,
  wanted: { readonly count: number; readonly provider: string | null },
): boolean {
  if (task.allowsInstance !== null) return placedOn(cluster, task, wanted).left === 0;
  const isOpen = opennessTo({ task, provider: wanted.provider });
  let left = wanted.count;
  for (const { count, instance } of cluster.runs) {
    if (left <= 0) break;
    const fit = howManyFitOn(instance, task);
    if (fit > 0 && isOpen(instance.host)) left -= fit * count;
  }
  return left <= 0;
}

/**
 * Stops tasks of the service one after another, each where the same rankings say it leaves the rest placed best: from the attribute
 * value, or the instance, with the most of them; from the instance with the most left; where nothing else decides, the newest one.
 */
export function stopTasks(
  cluster: Cluster,
  task: PlaceableTask,
  count: number,
): { readonly cluster: Cluster; readonly stopped: number } {
  const { random } = cluster;
  const { moved, ...after } = moveTasks(cluster.runs, { task, direction: -1, isOpen: () => true, random }, count);
  return { cluster: { ...cluster, ...after }, stopped: moved };
}

/** Ends up to `count` of the instances for which `which` holds, the newest first. What was on them is gone with them. */
export function removeInstances(
  cluster: Cluster,
  which: (instance: Instance) => boolean,
  count: number,
): { readonly cluster: Cluster; readonly removed: readonly InstanceRun[] } {
  let left = count;
  const kept: InstanceRun[] = [];
  const removed: InstanceRun[] = [];
  for (const run of cluster.runs.toReversed()) {
    const ended = which(run.instance) ? Math.min(left, run.count) : 0;
    left -= ended;
    const stays = run.count - ended;
    if (ended > 0) removed.push({ ...run, first: run.first + stays, count: ended });
    if (stays > 0) kept.push({ ...run, count: stays });
  }
  return { cluster: { ...cluster, runs: kept.reverse() }, removed: removed.reverse() };
}

/** Runs nothing but daemons. */
export function isIdle(instance: Instance): boolean {
  return [...instance.tasks.keys()].every((service) => instance.daemons.includes(service));
}
