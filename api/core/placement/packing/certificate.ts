import type { Instance } from "./instance.ts";

/**
 * Farley's bound: prices are divided by what they overpay the worst host without a `countMax`; instances of the others may be overpaid, at
 * their number times what they gain by it. `bounds`: of each host, no content is dearer.
 */
export function farley(
  instance: Instance,
  prices: Float64Array,
  bounds: Float64Array,
): { readonly bound: number; readonly overpaid: number } {
  const { hosts, items, cost, countMax, counts } = instance;
  let overpaid = 0;
  for (let host = 0; host < hosts; host++) {
    if (countMax[host] !== Number.POSITIVE_INFINITY) continue;
    overpaid = Math.max(overpaid, (bounds[host] as number) / (cost[host] as number));
  }
  if (overpaid === 0) overpaid = 1;
  let bound = 0;
  for (let item = 0; item < items; item++) bound += (counts[item] as number) * (prices[item] as number);
  bound /= overpaid;
  for (let host = 0; host < hosts; host++) {
    if (countMax[host] === Number.POSITIVE_INFINITY) continue;
    const gain = (bounds[host] as number) / overpaid - (cost[host] as number);
    if (gain > 0) bound -= (countMax[host] as number) * gain;
  }
  return { bound, overpaid };
}
