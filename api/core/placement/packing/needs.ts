import { totals, unitPrices } from "./fluid-prices.ts";
import type { Needs } from "./host-plan.ts";
import type { Instance } from "./instance.ts";

const hair = 1e-9;

/** Prices of the items with a bound, for each host, on what a content is worth at them: any fleet's hosts are worth all items together. */
export interface Cut {
  readonly prices: Float64Array;
  readonly bounds: Float64Array;
}

/** What the hosts of any fleet for these tasks must offer: enough of every dimension, and as much as the items are worth by every cut. */
export function needsOf(instance: Instance, counts: Float64Array, cuts: readonly Cut[]): Needs {
  const { dimensions, hosts, capacity, cost, countMax } = instance;
  const rows = dimensions + cuts.length;
  const worth = cuts.map(
    ({ prices }) => prices.reduce((sum, price, item) => sum + price * (counts[item] as number), 0) * (1 - hair),
  );
  const needed = Float64Array.from([...totals(instance, counts), ...worth]);
  const offered = new Float64Array(hosts * rows);
  for (let host = 0; host < hosts; host++) {
    offered.set(capacity.subarray(host * dimensions, (host + 1) * dimensions), host * rows);
    for (const [at, { bounds }] of cuts.entries()) offered[host * rows + dimensions + at] = bounds[host] as number;
  }
  const prices = unitPrices({ rows, needed, offered, cost });
  let overpaid = 1;
  for (let host = 0; host < hosts; host++) {
    if (countMax[host] !== Number.POSITIVE_INFINITY) continue;
    let value = 0;
    for (let row = 0; row < rows; row++) value += (prices[row] as number) * (offered[host * rows + row] as number);
    overpaid = Math.max(overpaid, value / (cost[host] as number));
  }
  return { rows, needed, offered, cost, countMax, prices: prices.map((price) => price / overpaid) };
}

/** The same with a part more needed of everything, of which there is only so much to have of each host. */
export function inflated(needs: Needs, part: number): Needs {
  return { ...needs, needed: needs.needed.map((amount) => amount * (1 + part)) };
}
