import type { BoundedProgramme } from "./bounded-simplex.ts";
import type { Instance } from "./instance.ts";
import type { Cut } from "./needs.ts";

const goldenRatio = 0.6180339887498949;

/** A linear programme of how many of each item each of given instances takes: a column for each pair that goes together. */
export interface AssignmentModel {
  readonly programme: BoundedProgramme;
  /** Of each column. */
  readonly itemOf: readonly number[];
  readonly placeOf: readonly number[];
  /** Of each column: what one task takes of the instance, in the dimension where that is most. */
  readonly parts: Float64Array;
}

/** The first rows are items, at least as many tasks as there are; then one for every instance and dimension that may run short, in parts of the room. */
export function assignmentModel(
  instance: Instance,
  hosts: readonly number[],
  { cuts, times }: { readonly cuts: readonly Cut[]; readonly times: number },
): AssignmentModel {
  const { items, counts, most } = instance;
  const itemOf: number[] = [];
  const placeOf: number[] = [];
  for (let item = 0; item < items; item++) {
    for (const [place, host] of hosts.entries()) {
      if (most[host * items + item] === 0) continue;
      itemOf.push(item);
      placeOf.push(place);
    }
  }
  const rooms = shortages(instance, hosts);
  const limits = [...rooms, ...worths(hosts, cuts)];
  const columns = itemOf.length;
  const coefficients = new Float64Array((items + limits.length) * columns);
  for (const [column, item] of itemOf.entries()) coefficients[item * columns + column] = -1;
  for (const [at, { place, parts }] of limits.entries()) {
    for (const [column, item] of itemOf.entries()) {
      if (placeOf[column] === place) coefficients[(items + at) * columns + column] = parts[item] as number;
    }
  }
  const programme = {
    rows: items + limits.length,
    columns,
    coefficients,
    sums: Float64Array.from([...counts.map((count) => -count * times), ...limits.map(() => 1)]),
    high: Float64Array.from(itemOf, (item, at) => {
      const each = most[(hosts[placeOf[at] as number] as number) * items + item] as number;
      return each === counts[item] ? each * times : each;
    }),
    // All different, so that no two pivots are as good as each other.
    costs: Float64Array.from(itemOf, (_, column) => 1 + ((column * goldenRatio) % 1)),
  };
  const parts = new Float64Array(columns);
  for (let at = items * columns; at < (items + rooms.length) * columns; at++)
    parts[at % columns] = Math.max(parts[at % columns] as number, coefficients[at] as number);
  return { programme, itemOf, placeOf, parts };
}

function worths(hosts: readonly number[], cuts: readonly Cut[]) {
  return cuts.flatMap(({ prices, bounds }) =>
    hosts.flatMap((host, place) => {
      const bound = bounds[host] as number;
      return bound > 0 ? [{ place, parts: prices.map((price) => price / bound) }] : [];
    }),
  );
}

function shortages(instance: Instance, hosts: readonly number[]) {
  const { items, dimensions, amounts, capacity, most } = instance;
  return hosts.flatMap((host, place) =>
    Array.from({ length: dimensions }, (_, row) => {
      const room = capacity[host * dimensions + row] as number;
      const parts = Float64Array.from(
        { length: items },
        (_, item) => (amounts[item * dimensions + row] as number) / room,
      );
      const wanted = parts.reduce((sum, part, item) => {
        const count = most[host * items + item] as number;
        return count > 0 ? sum + part * count : sum;
      }, 0);
      return { place, parts, wanted };
    }).filter(({ wanted }) => wanted > 1),
  );
}
