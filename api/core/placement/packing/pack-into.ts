import { topUp } from "./fleet.ts";
import { totals } from "./fluid-prices.ts";
import type { Plan } from "./host-plan.ts";
import type { Group, Instance } from "./instance.ts";
import type { Pricing } from "./pricing.ts";

/**
 * The tasks on the instances of a plan: one instance after the other, each with the dearest content of what is left, at prices made for
 * this plan. Null: that did not hold them all, which proves nothing.
 */
export function packInto(
  plan: Plan,
  {
    instance,
    pricing,
    left,
    prices,
  }: { instance: Instance; pricing: Pricing; left: Float64Array; prices: Float64Array },
): Group[] | null {
  const scarce = scarcityPrices(instance, plan, left);
  const hosts = plan.hosts.flatMap(({ host, count }) => new Array<number>(count).fill(host));
  for (const order of [hosts, [...hosts].reverse()]) {
    for (const used of [scarce, prices]) {
      const groups = filled(order, { instance, pricing, left, prices: used });
      if (groups !== null) return groups;
      if (order.length === 1) return null;
    }
  }
  return null;
}

/** What an item takes of each dimension, the more so the less of the dimension the plan has to spare; larger tasks a little more. */
function scarcityPrices(instance: Instance, plan: Plan, left: Float64Array): Float64Array {
  const { items, dimensions, amounts, capacity } = instance;
  const wanted = totals(instance, left);
  const there = new Float64Array(dimensions);
  for (const { host, count } of plan.hosts) {
    for (let row = 0; row < dimensions; row++) {
      there[row] = (there[row] as number) + count * (capacity[host * dimensions + row] as number);
    }
  }
  const weights = wanted.map((amount, row) => {
    const room = there[row] as number;
    const scarcity = room > 0 ? amount / room : 0;
    return room > 0 ? (scarcity * scarcity * scarcity * scarcity) / room : 0;
  });
  return Float64Array.from({ length: items }, (_, item) => {
    let price = 0;
    for (let row = 0; row < dimensions; row++)
      price += (weights[row] as number) * (amounts[item * dimensions + row] as number);
    return price * (1 + 0.3 * price);
  });
}

function filled(
  hosts: readonly number[],
  {
    instance,
    pricing,
    left,
    prices,
  }: { instance: Instance; pricing: Pricing; left: Float64Array; prices: Float64Array },
): Group[] | null {
  const rest = left.slice();
  const groups: Group[] = [];
  for (const host of hosts) {
    pricing.limitHost(host, rest);
    pricing.relax(host, prices);
    const content = pricing.round(host, prices, { floor: 0, isThorough: false }) ?? new Float64Array(instance.items);
    topUp(instance, { host, content }, { left: rest, prices });
    for (let item = 0; item < rest.length; item++) rest[item] = (rest[item] as number) - (content[item] as number);
    groups.push({ host, content, count: 1 });
  }
  return rest.every((count) => count <= 0) ? groups : null;
}
