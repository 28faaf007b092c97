import type { Column } from "./column.ts";
import type { Instance } from "./instance.ts";
import { Simplex } from "./simplex.ts";

/** Prices of the items were tasks a fluid: what a unit of each dimension costs on the cheapest mix of hosts, limits left aside. */
export function fluidPrices(instance: Instance): Float64Array {
  const { items, dimensions, hosts, amounts, counts, capacity, cost } = instance;
  const wanted = new Float64Array(dimensions);
  for (let item = 0; item < items; item++) {
    for (let at = 0; at < dimensions; at++) {
      wanted[at] = (wanted[at] as number) + (counts[item] as number) * (amounts[item * dimensions + at] as number);
    }
  }
  const dearest = cost.reduce((most, of) => Math.max(most, of), 1);
  const first = Array.from(wanted, (amount, at): Column => {
    const largest = capacity.reduce((most, of, place) => (place % dimensions === at ? Math.max(most, of) : most), 0);
    return inRows([at], [1], ((10 * dearest) / largest) * amount);
  });
  const simplex = new Simplex(new Float64Array(dimensions).fill(1), first);
  const every = Array.from(wanted, (_, at) => at);
  for (let host = 0; host < hosts; host++) {
    const shares = every.map((at) => (capacity[host * dimensions + at] as number) / (wanted[at] as number));
    simplex.add(inRows(every, shares, cost[host] as number));
  }
  simplex.minimise(200);
  return Float64Array.from({ length: items }, (_, item) => {
    let price = 0;
    for (const at of every) {
      const each = (amounts[item * dimensions + at] as number) / (wanted[at] as number);
      price += Math.max(0, simplex.duals[at] as number) * each;
    }
    return price;
  });
}

function inRows(rows: readonly number[], values: readonly number[], cost: number): Column {
  return {
    host: -1,
    content: new Float64Array(0),
    cost,
    rows: Int32Array.from(rows),
    values: Float64Array.from(values),
  };
}
