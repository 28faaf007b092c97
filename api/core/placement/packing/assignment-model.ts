import type { BoundedProgramme } from "./bounded-simplex.ts";
import type { Instance } from "./instance.ts";

const goldenRatio = 0.6180339887498949;

/** A linear programme of how many of each item each of given instances takes: a column for each pair that goes together. */
export interface AssignmentModel {
  readonly programme: BoundedProgramme;
  /** Of each column. */
  readonly itemOf: readonly number[];
  readonly placeOf: readonly number[];
}

/** The first rows are items, at least as many tasks as there are; then one for every instance and dimension that may run short, in parts of the room. */
export function assignmentModel(instance: Instance, hosts: readonly number[]): AssignmentModel {
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
  const limits = shortages(instance, hosts);
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
    sums: Float64Array.from([...counts.map((count) => -count), ...limits.map(() => 1)]),
    high: Float64Array.from(
      itemOf,
      (item, at) => most[(hosts[placeOf[at] as number] as number) * items + item] as number,
    ),
    // All different, so that no two pivots are as good as each other.
    costs: Float64Array.from(itemOf, (_, column) => 1 + ((column * goldenRatio) % 1)),
  };
  return { programme, itemOf, placeOf };
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
