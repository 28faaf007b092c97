import type { Column } from "./column.ts";
import { pivot } from "./pivot.ts";

/** The columns in use of a linear programme, with the inverse of their matrix, how much of each is used, and the price of every row. */
export class Basis {
  readonly columns: Column[];
  readonly values: Float64Array;
  readonly duals: Float64Array;
  /** The entering column times the inverse. */
  readonly direction: Float64Array;
  readonly inverse: Float64Array;

  /** One column for each row, with nothing in any other. */
  constructor(columns: readonly Column[], wanted: Float64Array) {
    const rows = columns.length;
    this.columns = [...columns];
    this.values = new Float64Array(rows);
    this.duals = new Float64Array(rows);
    this.direction = new Float64Array(rows);
    this.inverse = new Float64Array(rows * rows);
    for (const [row, column] of columns.entries()) this.inverse[row * rows + row] = 1 / (column.values[0] as number);
    this.refresh(wanted);
  }

  /** Numbers kept up to date pivot by pivot drift: here they are computed anew from the inverse. */
  refresh(wanted: Float64Array): void {
    const rows = this.columns.length;
    this.duals.fill(0);
    for (const [row, { cost }] of this.columns.entries()) {
      let value = 0;
      for (let at = 0; at < rows; at++) {
        const inverse = this.inverse[row * rows + at] as number;
        value += inverse * (wanted[at] as number);
        this.duals[at] = (this.duals[at] as number) + cost * inverse;
      }
      this.values[row] = value;
    }
  }

  reducedCost({ cost, rows, values }: Column): number {
    let reduced = cost;
    for (let at = 0; at < rows.length; at++) {
      reduced -= (this.duals[rows[at] as number] as number) * (values[at] as number);
    }
    return reduced;
  }

  /** What one of the column changes in the value of the basic column of a row. */
  change(row: number, { rows, values }: Column): number {
    const from = row * this.columns.length;
    let change = 0;
    for (let at = 0; at < rows.length; at++) {
      change += (this.inverse[from + (rows[at] as number)] as number) * (values[at] as number);
    }
    return change;
  }

  direct(column: Column): void {
    for (let row = 0; row < this.columns.length; row++) this.direction[row] = this.change(row, column);
  }

  /** Puts the column last directed in the place of another; what leaves. */
  exchange(entering: Column, leaving: number, step: number): Column {
    const rows = this.columns.length;
    const cost = this.reducedCost(entering);
    for (let row = 0; row < rows; row++) {
      this.values[row] = (this.values[row] as number) - step * (this.direction[row] as number);
    }
    this.values[leaving] = step;
    pivot(this.inverse, this.direction, leaving);
    for (let at = 0; at < rows; at++) {
      this.duals[at] = (this.duals[at] as number) + cost * (this.inverse[leaving * rows + at] as number);
    }
    const left = this.columns[leaving] as Column;
    this.columns[leaving] = entering;
    return left;
  }
}
