import type { PackingProblem } from "../../model/packing.ts";
import { totals, unitPrices } from "./fluid-prices.ts";
import { reduce } from "./reduce.ts";

/** What one more unit of each dimension is worth for an hour, in billionths, were tasks a fluid; 0 where no task takes any. */
export function resourcePrices(problem: PackingProblem): number[] {
  const { instance, itemsOf } = reduce(problem);
  const packed = itemsOf.flat().map((place) => problem.items[place]);
  const dimensions = [...(problem.hosts[0]?.capacity.keys() ?? [])];
  const used = dimensions.filter((at) => packed.some((item) => (item?.amounts[at] ?? 0) > 0));
  const needed = totals(instance, instance.counts);
  const prices = unitPrices({ rows: used.length, needed, offered: instance.capacity, cost: instance.cost });
  return dimensions.map((at) => prices[used.indexOf(at)] ?? 0);
}
