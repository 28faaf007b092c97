import { ColumnGeneration } from "./column-generation.ts";
import { dive } from "./dive.ts";
import type { Plan } from "./host-plan.ts";
import type { Group, Instance } from "./instance.ts";

const negligible = 1e-7;
const nodesMaxEach = 100_000;

export type Settled = { readonly nodes: number } & (
  | { readonly is: "packed"; readonly groups: readonly Group[] }
  /** `prices`: of the items, where these alone show that it holds too little. */
  | { readonly is: "refuted"; readonly prices: Float64Array | null }
  | { readonly is: "open" }
);

/**
 * Whether the instances of a plan hold the tasks: a linear programme on these instances alone, where a task left out costs its price. What
 * it must cost at least, where that is above 0, refutes the plan, and its prices refute others like it.
 */
export function settleByColumns(plan: Plan, instance: Instance, prices: Float64Array): Settled {
  const { items, dimensions, most, capacity } = instance;
  const hosts = plan.hosts.map(({ host }) => host);
  const rows = (of: Float64Array, width: number) =>
    Float64Array.from(hosts.flatMap((host) => Array.from(of.subarray(host * width, (host + 1) * width))));
  const given: Instance = {
    ...instance,
    hosts: hosts.length,
    capacity: rows(capacity, dimensions),
    cost: new Float64Array(hosts.length),
    countMax: Float64Array.from(plan.hosts, ({ count }) => count),
    most: rows(most, items),
  };
  const tasks = instance.counts.reduce((sum, count) => sum + count, 0);
  const average = prices.reduce((sum, price, item) => sum + price * (instance.counts[item] as number), 0) / tasks;
  // Nor may a task be left out for nothing.
  const worth = prices.map((price) => Math.max(price, average / 100, 1));
  const total = worth.reduce((sum, price, item) => sum + price * (instance.counts[item] as number), 0);
  const programme = new ColumnGeneration(given, worth);
  programme.run({ gap: 0.4, negligible: negligible * total, nodesMax: nodesMaxEach });
  const { nodes } = programme.pricing;
  if (programme.bound > negligible * total) return { nodes, is: "refuted", prices: programme.prices };
  if (programme.simplex.cost() > negligible * total) return { nodes, is: "open" };
  const groups = dive(programme, { roundsEach: 3 });
  if (groups === null) return { nodes, is: "open" };
  return { nodes, is: "packed", groups: groups.map((group) => ({ ...group, host: hosts[group.host] as number })) };
}
