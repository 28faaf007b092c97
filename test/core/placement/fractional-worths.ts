/** Something that may be in a content up to `most` times. All numbers whole. */
export interface Good {
  readonly amounts: readonly number[];
  readonly value: number;
  readonly most: number;
}

/** Of a unit of each dimension, whole (in the parts asked for) and at least 0. */
export type Worths = readonly number[];

const hair = 1e-9;
/** A good that is worth more by less than this is left where it is. */
const nothing = 1e-14;

interface Tableau {
  /** Of each: the goods' amounts, the slacks, and the right-hand side, as shares of the room. The last row is the objective. */
  readonly rows: number[][];
  /** Of each column, how much there is at most. */
  readonly most: readonly number[];
  /** The column that each row is solved for. */
  readonly basis: number[];
}

/**
 * What one more unit of room would be worth if goods could be cut: the dual values of the fractional knapsack, by the simplex method with
 * bounded variables (Dantzig 1955). In doubles, and rounded to so many parts of a value's unit, since any worths make a true bound and these only a close one.
 */
export function worthsAt(room: readonly number[], goods: readonly Good[], parts = 1): Worths {
  const some = goods.filter((good) => good.most > 0);
  const scale = Math.max(1, ...some.map((good) => good.value));
  const unit = room.map((amount) => Math.max(1, amount));
  const rows = room.map((amount, row) => [
    ...some.map((good) => cell(good.amounts, row) / cell(unit, row)),
    ...room.map((_, slack) => (slack === row ? 1 : 0)),
    amount / cell(unit, row),
  ]);
  const objective = [...some.map((good) => -good.value / scale), ...room.map(() => 0), 0];
  const tableau: Tableau = {
    rows: [...rows, objective],
    most: [...some.map((good) => good.most), ...room.map(() => Number.POSITIVE_INFINITY)],
    basis: room.map((_, row) => some.length + row),
  };
  const columns = some.length + room.length;
  for (let pivots = 0; pivots < 50 * columns; pivots++) {
    const entering = lowest(objective, columns);
    if (cell(objective, entering) > -nothing) break;
    raise(tableau, entering);
  }
  const dual = (row: number) => (cell(objective, some.length + row) * scale) / cell(unit, row);
  return room.map((_, row) => Math.max(0, Math.ceil(dual(row) * parts - hair)));
}

function lowest(values: readonly number[], among: number): number {
  let found = 0;
  for (let at = 1; at < among; at++) if (cell(values, at) < cell(values, found)) found = at;
  return found;
}

/** Raises a variable as far as the basic ones and its own bound allow. One at its upper bound is counted down from there instead. */
function raise(tableau: Tableau, entering: number): void {
  const { rows, most, basis } = tableau;
  let step = cell(most, entering);
  let leaving = -1;
  for (let row = 0; row < basis.length; row++) {
    const limit = stepTo(rows[row] ?? [], entering, cell(most, cell(basis, row)));
    if (limit < step) [step, leaving] = [limit, row];
  }
  const cells = rows[leaving];
  if (cells === undefined) complement(tableau, entering);
  else {
    if (cell(cells, entering) < 0) complementBasic(cells, cell(basis, leaving), most);
    eliminate(rows, cells, entering);
    basis[leaving] = entering;
  }
}

/** How far the variable goes until the basic one of the row is at 0 or at its own bound. */
function stepTo(cells: readonly number[], entering: number, basicMost: number): number {
  const slope = cell(cells, entering);
  if (Math.abs(slope) <= hair) return Number.POSITIVE_INFINITY;
  const value = cells.at(-1) ?? 0;
  return slope > 0 ? value / slope : (value - basicMost) / slope;
}

function eliminate(rows: readonly number[][], solved: number[], column: number): void {
  const divisor = cell(solved, column);
  for (let at = 0; at < solved.length; at++) solved[at] = cell(solved, at) / divisor;
  for (const other of rows) {
    const factor = cell(other, column);
    if (other === solved || factor === 0) continue;
    for (let at = 0; at < other.length; at++) other[at] = cell(other, at) - factor * cell(solved, at);
  }
}

/** x = most − x' in every row, for a variable outside the basis. */
function complement({ rows, most }: Tableau, variable: number): void {
  for (const cells of rows) {
    const last = cells.length - 1;
    cells[last] = cell(cells, last) - cell(cells, variable) * cell(most, variable);
    cells[variable] = -cell(cells, variable);
  }
}

/** The same for the variable that a row is solved for: the row is turned, so that it keeps a 1 there. */
function complementBasic(cells: number[], variable: number, most: readonly number[]): void {
  const last = cells.length - 1;
  const value = cell(most, variable) - cell(cells, last);
  for (let at = 0; at < last; at++) if (at !== variable) cells[at] = -cell(cells, at);
  cells[last] = value;
}

function cell(values: readonly number[], at: number): number {
  return values[at] ?? 0;
}
