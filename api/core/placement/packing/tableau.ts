const nothing = 1e-14;
/** For a pivot that does not blow up errors. */
const steepEnough = 1e-7;

/** Sums of columns, none to exceed what it may. */
export interface LinearProgramme {
  readonly rows: number;
  readonly columns: number;
  /** Rows × columns. */
  readonly coefficients: Float64Array;
  readonly sums: Float64Array;
  /** What a unit of a column costs, above 0. */
  readonly costs: Float64Array;
}

/** A basis of a linear programme, as the rows of its basic variables in terms of the others; slacks of the rows are variables too, after the columns. */
export class Tableau {
  /** Rows × columns. */
  readonly entries: Float64Array;
  /** Of each row: its variable, and what that would be were all others 0. */
  readonly basic: Int32Array;
  readonly sums: Float64Array;
  /** Of each column: its variable, and by how much a unit of that changes the cost. */
  readonly free: Int32Array;
  readonly reduced: Float64Array;
  readonly #of: LinearProgramme;
  /** Columns that are not 0 in the row of the present pivot. */
  readonly #filled: Int32Array;

  constructor(programme: LinearProgramme) {
    const { rows, columns } = programme;
    this.#of = programme;
    this.entries = new Float64Array(rows * columns);
    this.basic = new Int32Array(rows);
    this.sums = new Float64Array(rows);
    this.free = new Int32Array(columns);
    this.reduced = new Float64Array(columns);
    this.#filled = new Int32Array(columns);
    this.restart();
  }

  /** The basis of the slacks. */
  restart(): void {
    const { rows, columns, coefficients, sums, costs } = this.#of;
    this.entries.set(coefficients);
    this.sums.set(sums);
    this.reduced.set(costs);
    for (let row = 0; row < rows; row++) this.basic[row] = columns + row;
    for (let column = 0; column < columns; column++) this.free[column] = column;
  }

  /** The variables of the row and of the column change places. */
  pivot(row: number, column: number): void {
    const { rows, columns } = this.#of;
    const entries = this.entries;
    const from = row * columns;
    const length = this.#divide(row, column);
    const sum = this.sums[row] as number;
    for (let other = 0, to = 0; other < rows; other++, to += columns) {
      const factor = entries[to + column] as number;
      if (other === row || factor === 0) continue;
      entries[to + column] = 0;
      this.sums[other] = (this.sums[other] as number) - factor * sum;
      for (let at = 0; at < length; at++) {
        const place = this.#filled[at] as number;
        entries[to + place] = (entries[to + place] as number) - factor * (entries[from + place] as number);
      }
    }
    const factor = this.reduced[column] as number;
    this.reduced[column] = 0;
    for (let at = 0; at < length; at++) {
      const place = this.#filled[at] as number;
      this.reduced[place] = (this.reduced[place] as number) - factor * (entries[from + place] as number);
    }
    const leaving = this.basic[row] as number;
    this.basic[row] = this.free[column] as number;
    this.free[column] = leaving;
  }

  /** The row by its entry in the column, notes where it is not 0; in how many places. */
  #divide(row: number, column: number): number {
    const { columns } = this.#of;
    const from = row * columns;
    const inverse = 1 / (this.entries[from + column] as number);
    this.entries[from + column] = 1;
    let length = 0;
    for (let at = 0; at < columns; at++) {
      const value = (this.entries[from + at] as number) * inverse;
      const isNothing = value < nothing && value > -nothing;
      this.entries[from + at] = isNothing ? 0 : value;
      if (!isNothing) this.#filled[length++] = at;
    }
    this.sums[row] = (this.sums[row] as number) * inverse;
    return length;
  }

  /** The same basis made anew, without the errors of many pivots. False: it could not be, and is the slacks' now. */
  refresh(): boolean {
    const { rows, columns } = this.#of;
    const wanted = this.basic.filter((variable) => variable < columns);
    const kept = new Set(this.basic.filter((variable) => variable >= columns));
    this.restart();
    for (const variable of wanted) {
      let most = steepEnough;
      let chosen = -1;
      for (let row = 0; row < rows; row++) {
        const slack = this.basic[row] as number;
        const size = Math.abs(this.entries[row * columns + variable] as number);
        if (slack < columns || kept.has(slack) || size <= most) continue;
        most = size;
        chosen = row;
      }
      if (chosen < 0) {
        this.restart();
        return false;
      }
      this.pivot(chosen, variable);
    }
    return true;
  }
}
