/** Multiplies the inverse of a basis from the left so that `column` (the entering one, times the inverse) becomes the unit vector of `row`. */
export function pivot(inverse: Float64Array, column: Float64Array, row: number): void {
  const size = column.length;
  const factor = 1 / (column[row] as number);
  const from = row * size;
  for (let at = from; at < from + size; at++) inverse[at] = (inverse[at] as number) * factor;
  for (let other = 0; other < size; other++) {
    const times = column[other] as number;
    if (other === row || times === 0) continue;
    const to = other * size;
    for (let at = 0; at < size; at++) {
      inverse[to + at] = (inverse[to + at] as number) - times * (inverse[from + at] as number);
    }
  }
}

/** Gauss-Jordan elimination with row exchange, which uses the matrix up; false: it is singular. */
export function inverted(matrix: Float64Array, inverse: Float64Array, size: number): boolean {
  inverse.fill(0);
  for (let at = 0; at < inverse.length; at += size + 1) inverse[at] = 1;
  for (let column = 0; column < size; column++) {
    if (!eliminate(matrix, inverse, { column, size })) return false;
  }
  return true;
}

function eliminate(
  matrix: Float64Array,
  inverse: Float64Array,
  { column, size }: { readonly column: number; readonly size: number },
): boolean {
  let best = column;
  for (let row = column + 1; row < size; row++) {
    if (Math.abs(matrix[row * size + column] as number) > Math.abs(matrix[best * size + column] as number)) best = row;
  }
  const value = matrix[best * size + column] as number;
  if (Math.abs(value) < 1e-9) return false;
  for (const side of [matrix, inverse]) exchange(side, { one: column * size, other: best * size, size });
  for (let row = 0; row < size; row++) {
    const times = (matrix[row * size + column] as number) / value;
    if (row === column || times === 0) continue;
    for (const side of [matrix, inverse]) {
      for (let at = 0; at < size; at++) {
        side[row * size + at] = (side[row * size + at] as number) - times * (side[column * size + at] as number);
      }
    }
  }
  for (const side of [inverse, matrix]) {
    for (let at = column * size; at < (column + 1) * size; at++) side[at] = (side[at] as number) / value;
  }
  return true;
}

function exchange(of: Float64Array, { one, other, size }: { one: number; other: number; size: number }): void {
  if (one === other) return;
  for (let at = 0; at < size; at++) {
    const kept = of[one + at] as number;
    of[one + at] = of[other + at] as number;
    of[other + at] = kept;
  }
}
