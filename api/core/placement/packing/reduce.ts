import type { PackedInstances, PackingItem, PackingProblem } from "../../model/packing.ts";
import { undominated } from "./dominance.ts";
import type { Group, Instance } from "./instance.ts";
import { tightened } from "./tighten.ts";

export interface Reduction {
  readonly instance: Instance;
  /** Of each item of the instance: the items of the problem that it stands for. */
  readonly itemsOf: readonly (readonly number[])[];
  /** Of each host of the instance: its place in the problem. */
  readonly hostOf: readonly number[];
  /** Items that go on instances which cost nothing and never run out, each with such a host. */
  readonly free: ReadonlyMap<number, number>;
}

/** Merges items that are alike, makes capacities as small as the sums of amounts allow, and drops hosts that no one needs. */
export function reduce(problem: PackingProblem): Reduction {
  const free = freeItems(problem);
  const itemsOf = mergedItems(problem.items, free);
  const items = itemsOf.map((places) => problem.items[places[0] as number] as PackingItem);
  const counts = Float64Array.from(itemsOf, (places) => places.reduce((sum, at) => sum + countOf(problem, at), 0));
  const used = (problem.hosts[0]?.capacity ?? [])
    .map((_, at) => at)
    .filter((at) => items.some((item) => amount(item, at) > 0));
  const amounts = Float64Array.from(items.flatMap((item) => used.map((at) => amount(item, at))));
  const wanted = problem.hosts.map((_, at) => at).filter((at) => !isFree(problem, at));
  const capacity = Float64Array.from(
    wanted.flatMap((at) => used.map((dimension) => problem.hosts[at]?.capacity[dimension] ?? 0)),
  );
  const whole: Instance = {
    items: items.length,
    dimensions: used.length,
    hosts: wanted.length,
    amounts,
    counts,
    capacity: tightened({ items: items.length, dimensions: used.length, amounts, counts, capacity }),
    cost: Float64Array.from(wanted, (at) => problem.hosts[at]?.cost ?? 0),
    countMax: Float64Array.from(wanted, (at) => problem.hosts[at]?.countMax ?? Number.POSITIVE_INFINITY),
    most: new Float64Array(wanted.length * items.length),
  };
  fillMost(whole, items, wanted);
  const kept = undominated(whole);
  return { instance: keepHosts(whole, kept), itemsOf, hostOf: kept.map((at) => wanted[at] as number), free };
}

function amount(item: PackingItem, dimension: number): number {
  return item.amounts[dimension] ?? 0;
}

function countOf(problem: PackingProblem, item: number): number {
  return problem.items[item]?.count ?? 0;
}

function isFree(problem: PackingProblem, host: number): boolean {
  return problem.hosts[host]?.cost === 0 && problem.hosts[host].countMax === null;
}

function freeItems(problem: PackingProblem): Map<number, number> {
  const hosts = problem.hosts.map((_, at) => at).filter((at) => isFree(problem, at));
  const free = new Map<number, number>();
  for (const [place, item] of problem.items.entries()) {
    const on = hosts.find((host) => mostOn(item, { host, capacity: problem.hosts[host]?.capacity ?? [] }) > 0);
    if (on !== undefined && item.count > 0) free.set(place, on);
  }
  return free;
}

/** How many tasks of the item an instance holds, nothing else on it. */
function mostOn(item: PackingItem, on: { readonly host: number; readonly capacity: ArrayLike<number> }): number {
  if (item.hosts !== null && !item.hosts.includes(on.host)) return 0;
  let most = Math.min(item.count, item.perHostMax ?? item.count);
  for (const [at, each] of item.amounts.entries()) {
    if (each > 0) most = Math.min(most, Math.floor((on.capacity[at] ?? 0) / each));
  }
  return Math.max(0, most);
}

/** Those with a limit of their own per host stay apart: each of them counts for itself. */
function mergedItems(items: readonly PackingItem[], free: ReadonlyMap<number, number>): number[][] {
  const merged = new Map<string, number[]>();
  for (const [at, item] of items.entries()) {
    if (item.count === 0 || free.has(at)) continue;
    const hosts = item.hosts === null ? "all" : [...new Set(item.hosts)].sort((a, b) => a - b).join();
    const key = `${item.amounts.join()};${hosts};${item.perHostMax === null ? "" : at}`;
    const alike = merged.get(key);
    if (alike === undefined) merged.set(key, [at]);
    else alike.push(at);
  }
  return [...merged.values()];
}

/** Before capacities are tightened an item may fit by itself alone; so what fits is asked of the tightened ones, which lose no content. */
function fillMost(instance: Instance, items: readonly PackingItem[], wanted: readonly number[]): void {
  const { dimensions, amounts, capacity, counts, most } = instance;
  for (const [place, item] of items.entries()) {
    const allowed = item.hosts === null ? null : new Set(item.hosts);
    for (const [host, original] of wanted.entries()) {
      if (allowed !== null && !allowed.has(original)) continue;
      let fit = Math.min(counts[place] as number, item.perHostMax ?? Number.POSITIVE_INFINITY);
      for (let at = 0; at < dimensions; at++) {
        const each = amounts[place * dimensions + at] as number;
        if (each > 0) fit = Math.min(fit, Math.floor((capacity[host * dimensions + at] as number) / each));
      }
      most[host * items.length + place] = Math.max(0, fit);
    }
  }
}

function keepHosts(whole: Instance, kept: readonly number[]): Instance {
  const rows = (of: Float64Array, width: number) =>
    Float64Array.from(kept.flatMap((host) => Array.from(of.subarray(host * width, (host + 1) * width))));
  return {
    ...whole,
    hosts: kept.length,
    capacity: rows(whole.capacity, whole.dimensions),
    cost: rows(whole.cost, 1),
    countMax: rows(whole.countMax, 1),
    most: rows(whole.most, whole.items),
  };
}

/** The groups in terms of the problem: a merged item's tasks are handed out in the order of the items it stands for. */
export function expand(groups: readonly Group[], reduction: Reduction, problem: PackingProblem): PackedInstances[] {
  const left = problem.items.map((item) => item.count);
  const packed: PackedInstances[] = [];
  for (const { host, count, content } of groups) {
    for (let rest = count; rest > 0; ) {
      const contents = new Array<number>(problem.items.length).fill(0);
      const alike = Math.min(rest, handOut(content, reduction.itemsOf, { left, contents }));
      for (const [at, each] of contents.entries()) left[at] = (left[at] as number) - each * alike;
      packed.push({ host: reduction.hostOf[host] as number, count: alike, contents });
      rest -= alike;
    }
  }
  for (const [item, host] of reduction.free) packed.push(...freeInstances(problem, item, host));
  return packed;
}

/** Fills in the contents of the next instance; on how many instances they can be the same before an item runs out. */
function handOut(
  content: Float64Array,
  itemsOf: Reduction["itemsOf"],
  into: { readonly left: readonly number[]; readonly contents: number[] },
): number {
  let alike = Number.POSITIVE_INFINITY;
  for (const [merged, places] of itemsOf.entries()) {
    let wanted = content[merged] as number;
    for (const place of places) {
      const there = into.left[place] as number;
      const taken = Math.min(wanted, there);
      if (taken === 0) continue;
      into.contents[place] = taken;
      alike = Math.min(alike, taken === wanted && wanted === content[merged] ? Math.floor(there / taken) : 1);
      wanted -= taken;
    }
  }
  return alike;
}

function freeInstances(problem: PackingProblem, place: number, host: number): PackedInstances[] {
  const item = problem.items[place] as PackingItem;
  const each = mostOn(item, { host, capacity: problem.hosts[host]?.capacity ?? [] });
  const contents = (count: number) => problem.items.map((_, at) => (at === place ? count : 0));
  const full = Math.floor(item.count / each);
  const packed = [{ host, count: full, contents: contents(each) }];
  if (item.count % each > 0) packed.push({ host, count: 1, contents: contents(item.count % each) });
  return packed;
}
