const unitsMax = 1 << 16;

/** Hosts × dimensions: every capacity lowered to the largest sum of amounts that it can be used for. */
export function tightened(of: {
  readonly items: number;
  readonly dimensions: number;
  readonly amounts: Float64Array;
  readonly counts: Float64Array;
  readonly capacity: Float64Array;
}): Float64Array {
  const result = of.capacity.slice();
  for (let dimension = 0; dimension < of.dimensions; dimension++) {
    const each = column(of.amounts, dimension, of.dimensions);
    const unit = each.reduce(greatestCommonDivisor, 0);
    const total = each.reduce((sum, amount, item) => sum + amount * (of.counts[item] as number), 0);
    const wanted = column(of.capacity, dimension, of.dimensions).reduce(
      (most, capacity) => Math.max(most, capacity),
      0,
    );
    const units = Math.min(unitsMax, Math.floor(Math.min(wanted, total) / unit));
    const reached = reachable(each, of.counts, { unit, units });
    for (let at = dimension; at < result.length; at += of.dimensions) {
      const whole = Math.floor(Math.min(result[at] as number, total) / unit);
      result[at] = unit * (whole <= units ? (reached[whole] as number) : whole);
    }
  }
  return result;
}

function column(of: Float64Array, dimension: number, dimensions: number): Float64Array {
  return Float64Array.from({ length: of.length / dimensions }, (_, row) => of[row * dimensions + dimension] as number);
}

/** For every number of units: the largest sum of amounts that is no larger. */
function reachable(
  amounts: Float64Array,
  counts: Float64Array,
  { unit, units }: { readonly unit: number; readonly units: number },
): Int32Array {
  const isReached = new Uint8Array(units + 1);
  const taken = new Int32Array(units + 1);
  isReached[0] = 1;
  for (let item = 0; item < amounts.length; item++) {
    const step = (amounts[item] as number) / unit;
    if (step === 0 || step > units) continue;
    const most = Math.min(counts[item] as number, units);
    taken.fill(0);
    for (let sum = step; sum <= units; sum++) {
      if (isReached[sum] === 1 || isReached[sum - step] === 0 || (taken[sum - step] as number) >= most) continue;
      isReached[sum] = 1;
      taken[sum] = (taken[sum - step] as number) + 1;
    }
  }
  const largest = new Int32Array(units + 1);
  for (let sum = 1; sum <= units; sum++) largest[sum] = isReached[sum] === 1 ? sum : (largest[sum - 1] as number);
  return largest;
}

export function greatestCommonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
