import { totals } from "./fluid-prices.ts";
import type { Instance } from "./instance.ts";
import type { Random } from "./random.ts";

/** How well a task suits the room that is left: by what it takes of what there is most of, or by how little it leaves over (Panigrahy et al. 2011). */
export const fitRules = ["dot-product", "norm"] as const;
export type FitRule = (typeof fitRules)[number];

/** How far scores are moved at random, as a part of them. */
const noise = 0.3;

/** Of each dimension: how scarce it is on the hosts, the scarcest 1. */
export function scarcity(instance: Instance, hosts: readonly number[], left: Float64Array): Float64Array {
  const { dimensions, capacity } = instance;
  const wanted = totals(instance, left);
  const shares = wanted.map((amount, row) => {
    const there = hosts.reduce((sum, host) => sum + (capacity[host * dimensions + row] as number), 0);
    return there > 0 ? amount / there : 0;
  });
  const most = shares.reduce((a, b) => Math.max(a, b), 0);
  return shares.map((share) => (most > 0 ? share / most : 1));
}

/** One instance after the other, each filled with the task that suits it best, again and again. Null: not all tasks found a place. */
export function vectorFit(
  instance: Instance,
  hosts: readonly number[],
  by: {
    readonly left: Float64Array;
    readonly weights: Float64Array;
    readonly rule: FitRule;
    readonly random: Random | null;
  },
): Float64Array[] | null {
  const rest = by.left.slice();
  const contents: Float64Array[] = [];
  const leanings = Float64Array.from(rest, () => (by.random === null ? 1 : 1 + noise * (by.random.below(1000) / 1000)));
  for (const host of hosts) contents.push(filled(instance, host, { ...by, rest, leanings }));
  return rest.every((count) => count <= 0) ? contents : null;
}

interface Filling {
  readonly rest: Float64Array;
  readonly leanings: Float64Array;
  readonly weights: Float64Array;
  readonly rule: FitRule;
}

/** Takes the content from `rest`. */
function filled(instance: Instance, host: number, by: Filling): Float64Array {
  const { items, dimensions, amounts, capacity, most } = instance;
  const room = capacity.slice(host * dimensions, (host + 1) * dimensions);
  const content = new Float64Array(items);
  while (true) {
    let best = Number.NEGATIVE_INFINITY;
    let chosen = -1;
    for (let item = 0; item < items; item++) {
      if ((by.rest[item] as number) <= 0 || (content[item] as number) >= (most[host * items + item] as number))
        continue;
      const score = scoreOf(instance, { host, item, room }, by);
      if (score <= best) continue;
      best = score;
      chosen = item;
    }
    if (chosen < 0) return content;
    content[chosen] = (content[chosen] as number) + 1;
    by.rest[chosen] = (by.rest[chosen] as number) - 1;
    for (let row = 0; row < dimensions; row++)
      room[row] = (room[row] as number) - (amounts[chosen * dimensions + row] as number);
  }
}

/** -Infinity: it does not fit. */
function scoreOf(
  { dimensions, amounts, capacity }: Instance,
  { host, item, room }: { readonly host: number; readonly item: number; readonly room: Float64Array },
  { weights, rule, leanings }: Filling,
): number {
  let score = 0;
  for (let row = 0; row < dimensions; row++) {
    const whole = capacity[host * dimensions + row] as number;
    const each = amounts[item * dimensions + row] as number;
    const left = room[row] as number;
    if (each > left) return Number.NEGATIVE_INFINITY;
    if (whole <= 0) continue;
    const after = (left - each) / whole;
    if (rule === "norm") score -= (weights[row] as number) * after * after;
    else score += ((weights[row] as number) * each * left) / (whole * whole);
  }
  return rule === "norm" ? score / (leanings[item] as number) : score * (leanings[item] as number);
}
