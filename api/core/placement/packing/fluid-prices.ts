import type { Column } from "./column.ts";
import type { Instance } from "./instance.ts";
import { Simplex } from "./simplex.ts";

/** What is needed of each row, and what one instance of each host (hosts × rows) offers of it. */
export interface Cover {
  readonly rows: number;
  readonly needed: Float64Array;
  readonly offered: Float64Array;
  readonly cost: Float64Array;
}

/** What a unit of each row costs on the cheapest mix of hosts in real numbers, such that no host is worth more than it costs. */
export function unitPrices({ rows, needed, offered, cost }: Cover): Float64Array {
  const dearest = cost.reduce((most, of) => Math.max(most, of), 1);
  const share = (host: number, row: number) => {
    const wanted = needed[row] as number;
    return wanted > 0 ? (offered[host * rows + row] as number) / wanted : 0;
  };
  const every = Array.from(needed, (_, row) => row);
  const first = every.map((row) => {
    const largest = cost.reduce((most, _, host) => Math.max(most, share(host, row)), 1e-9);
    return inRows([row], [1], (10 * dearest) / largest);
  });
  const simplex = new Simplex(
    needed.map((wanted) => (wanted > 0 ? 1 : 0)),
    first,
  );
  for (const [host, of] of cost.entries()) {
    simplex.add(
      inRows(
        every,
        every.map((row) => share(host, row)),
        of,
      ),
    );
  }
  simplex.minimise(200);
  return simplex.duals.map((dual, row) =>
    (needed[row] as number) > 0 ? Math.max(0, dual) / (needed[row] as number) : 0,
  );
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

/** What all tasks together take of each dimension. */
export function totals({ items, dimensions, amounts }: Instance, counts: Float64Array): Float64Array {
  const wanted = new Float64Array(dimensions);
  for (let item = 0; item < items; item++) {
    const count = counts[item] as number;
    for (let row = 0; row < dimensions && count > 0; row++) {
      wanted[row] = (wanted[row] as number) + count * (amounts[item * dimensions + row] as number);
    }
  }
  return wanted;
}

/** Prices of the items were tasks a fluid, limits left aside. */
export function fluidPrices(instance: Instance): Float64Array {
  const { items, dimensions, amounts, capacity, cost } = instance;
  const needed = totals(instance, instance.counts);
  const prices = unitPrices({ rows: dimensions, needed, offered: capacity, cost });
  return Float64Array.from({ length: items }, (_, item) =>
    prices.reduce((sum, price, row) => sum + price * (amounts[item * dimensions + row] as number), 0),
  );
}
