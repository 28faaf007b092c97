import { costOf, type Group, type Instance } from "./instance.ts";
import { Random } from "./random.ts";
import { type Known, replan } from "./replan.ts";

export interface RuinLimits {
  /** And one more for each item. */
  readonly iterations: number;
  /** Most instances taken apart at once. */
  readonly sizeMax: number;
  readonly plansMax: number;
  readonly nodesMax: number;
}

/** Takes a few instances apart and puts their tasks on cheaper ones, again and again; what it ends with costs no more than it began with. */
export function ruinAndRecreate(
  known: Known,
  groups: readonly Group[],
  limits: RuinLimits,
): { readonly groups: Group[]; readonly nodes: number } {
  const random = new Random(1);
  let singles = groups.filter(({ count }) => count === 1);
  const bulk = groups.filter(({ count }) => count > 1);
  for (const group of bulk) for (let at = 0; at < Math.min(3, group.count); at++) singles.push({ ...group, count: 1 });
  const rest = bulk
    .map((group) => ({ ...group, count: group.count - Math.min(3, group.count) }))
    .filter(({ count }) => count > 0);
  const hostsLeft = known.instance.countMax.slice();
  for (const { host, count } of groups) hostsLeft[host] = (hostsLeft[host] as number) - count;
  const iterations = limits.iterations + known.instance.items;
  let nodes = 0;
  for (let iteration = 0; iteration < iterations && singles.length > 0; iteration++) {
    const size = Math.min(singles.length, 2 + random.below(limits.sizeMax - 1));
    const chosen = choose(known, singles, { size, random });
    const found = recreated(known, [...chosen], { hostsLeft, limits });
    nodes += found.nodes;
    if (found.groups === null) continue;
    for (const { host } of chosen) hostsLeft[host] = (hostsLeft[host] as number) + 1;
    for (const { host } of found.groups) hostsLeft[host] = (hostsLeft[host] as number) - 1;
    singles = [...singles.filter((group) => !chosen.has(group)), ...found.groups];
  }
  return { groups: [...rest, ...singles], nodes };
}

function recreated(
  known: Known,
  chosen: readonly Group[],
  { hostsLeft, limits }: { readonly hostsLeft: Float64Array; readonly limits: RuinLimits },
) {
  const left = new Float64Array(known.instance.items);
  const hosts = hostsLeft.slice();
  for (const { host, content } of chosen) {
    hosts[host] = (hosts[host] as number) + 1;
    for (let item = 0; item < left.length; item++) left[item] = (left[item] as number) + (content[item] as number);
  }
  return replan(known, { left, hostsLeft: hosts }, { ...limits, below: costOf(chosen, known.instance) });
}

/** Mostly those that give least for their cost: one drawn for its waste, the others at random or for theirs. */
function choose(
  { instance, prices }: Known,
  singles: readonly Group[],
  { size, random }: { readonly size: number; readonly random: Random },
): Set<Group> {
  const waste = (group: Group) => wasteOf(instance, group, prices);
  const chosen = new Set<Group>();
  for (let tries = 0; chosen.size < size && tries < 20 * size; tries++) {
    const one = singles[random.below(singles.length)] as Group;
    const other = singles[random.below(singles.length)] as Group;
    chosen.add(waste(one) >= waste(other) ? one : other);
  }
  return chosen;
}

function wasteOf(instance: Instance, { host, content }: Group, prices: Float64Array): number {
  let worth = 0;
  for (let item = 0; item < content.length; item++) worth += (content[item] as number) * (prices[item] as number);
  return (instance.cost[host] as number) - worth;
}
