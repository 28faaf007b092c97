/**
 * A packing problem with alike items merged and dominated hosts gone, in flat arrays: rows of `amounts` are items, rows of `capacity`
 * and `most` are hosts. All numbers are whole.
 */
export interface Instance {
  readonly items: number;
  readonly dimensions: number;
  readonly hosts: number;
  readonly amounts: Float64Array;
  readonly counts: Float64Array;
  readonly capacity: Float64Array;
  readonly cost: Float64Array;
  /** Infinity: as many as wanted. */
  readonly countMax: Float64Array;
  /** The most of an item that one instance of a host holds, nothing else on it; never more than there are. */
  readonly most: Float64Array;
}

/** Instances of one host with the same tasks on each. */
export interface Group {
  readonly host: number;
  readonly content: Float64Array;
  count: number;
}

export function costOf(groups: readonly Group[], instance: Instance): number {
  let cost = 0;
  for (const { host, count } of groups) cost += count * (instance.cost[host] as number);
  return cost;
}

/** Whether the content fits on an instance of the host. */
export function holds(instance: Instance, host: number, content: ArrayLike<number>): boolean {
  const { items, dimensions, amounts, capacity, most } = instance;
  for (let item = 0; item < items; item++) {
    if ((content[item] as number) > (most[host * items + item] as number)) return false;
  }
  for (let dimension = 0; dimension < dimensions; dimension++) {
    let used = 0;
    for (let item = 0; item < items; item++) {
      const count = content[item] as number;
      if (count > 0) used += count * (amounts[item * dimensions + dimension] as number);
    }
    if (used > (capacity[host * dimensions + dimension] as number)) return false;
  }
  return true;
}
