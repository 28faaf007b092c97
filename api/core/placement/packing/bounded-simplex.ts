import { type LinearProgramme, Tableau } from "./tableau.ts";

const tiny = 1e-9;
/** What a value may be out of its bounds by, and what a proof must exceed as a part of what it is made of. */
const tolerance = 1e-7;
const refreshedEvery = 200;

/** Each column is between 0 and its `high`. */
export interface BoundedProgramme extends LinearProgramme {
  readonly high: Float64Array;
}

/**
 * Whether there are values within bounds that all rows allow: the dual simplex method, which goes on from where it was when bounds change.
 */
export class BoundedSimplex {
  pivots = 0;
  /** Of the columns, where `solve` ended with values. */
  readonly values: Float64Array;
  /** Of the rows, where `solve` ended with none: added up so many times each, they cannot hold. */
  readonly times: Float64Array;
  /** Of the columns, then of the slacks. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly #of: BoundedProgramme;
  readonly #tableau: Tableau;
  /** Of each row: what its variable is. */
  readonly #basicValues: Float64Array;
  readonly #isHigh: Uint8Array;
  #refreshedAt = 0;

  constructor(programme: BoundedProgramme) {
    const { rows, columns, high } = programme;
    this.#of = programme;
    this.#tableau = new Tableau(programme);
    this.low = new Float64Array(columns + rows);
    this.high = new Float64Array(columns + rows).fill(Number.POSITIVE_INFINITY);
    this.high.set(high);
    this.values = new Float64Array(columns);
    this.times = new Float64Array(rows);
    this.#basicValues = new Float64Array(rows);
    this.#isHigh = new Uint8Array(columns + rows);
  }

  /** "unclear": what the tableau says does not stand up to a check, or it took too many steps. */
  solve(pivotsMax: number): "values" | "none" | "unclear" {
    this.#evaluate();
    for (const end = this.pivots + pivotsMax; this.pivots < end; ) {
      const row = this.#violated();
      if (row < 0) return this.#read();
      const isOver = (this.#basicValues[row] as number) > (this.high[this.#tableau.basic[row] as number] as number);
      const column = this.#entering(row, isOver);
      if (column >= 0) this.#exchange(row, column, isOver);
      else if (this.#isProven(row, isOver)) return "none";
      else if (this.#refreshedAt === this.pivots) return "unclear";
      if (column < 0 || this.pivots - this.#refreshedAt >= refreshedEvery) this.#refresh();
    }
    return "unclear";
  }

  #heldAt(variable: number): number {
    return (this.#isHigh[variable] === 1 ? this.high[variable] : this.low[variable]) as number;
  }

  #evaluate(): void {
    const { sums, free } = this.#tableau;
    this.#basicValues.set(sums);
    for (const [column, variable] of free.entries()) this.#move(column, this.#heldAt(variable));
  }

  /** The variable of the column is so much more, and basic ones follow. */
  #move(column: number, step: number): void {
    const { rows, columns } = this.#of;
    const { entries } = this.#tableau;
    if (step === 0) return;
    for (let row = 0, at = column; row < rows; row++, at += columns)
      this.#basicValues[row] = (this.#basicValues[row] as number) - step * (entries[at] as number);
  }

  #violated(): number {
    let most = tolerance;
    let worst = -1;
    for (const [row, variable] of this.#tableau.basic.entries()) {
      const value = this.#basicValues[row] as number;
      const by = Math.max(value - (this.high[variable] as number), (this.low[variable] as number) - value);
      if (by <= most) continue;
      most = by;
      worst = row;
    }
    return worst;
  }

  /** The column that brings the row's variable back to its bound for the least cost; -1: none does. */
  #entering(row: number, isOver: boolean): number {
    const { columns } = this.#of;
    const { entries, free, reduced } = this.#tableau;
    const sign = isOver ? 1 : -1;
    let best = Number.POSITIVE_INFINITY;
    let steepest = 0;
    let entering = -1;
    for (let column = 0, at = row * columns; column < columns; column++, at++) {
      const variable = free[column] as number;
      const change = sign * (entries[at] as number) * (this.#isHigh[variable] === 1 ? -1 : 1);
      if (change <= tiny || this.low[variable] === this.high[variable]) continue;
      const ratio = Math.abs(reduced[column] as number) / change;
      if (ratio > best + tiny || (ratio > best - tiny && change <= steepest)) continue;
      best = Math.min(best, ratio);
      steepest = change;
      entering = column;
    }
    return entering;
  }

  #exchange(row: number, column: number, isOver: boolean): void {
    const { entries, basic, free } = this.#tableau;
    const leaving = basic[row] as number;
    const entering = free[column] as number;
    const target = (isOver ? this.high[leaving] : this.low[leaving]) as number;
    const step = ((this.#basicValues[row] as number) - target) / (entries[row * this.#of.columns + column] as number);
    this.#move(column, step);
    this.#basicValues[row] = this.#heldAt(entering) + step;
    this.#isHigh[leaving] = isOver ? 1 : 0;
    this.#tableau.pivot(row, column);
    this.pivots++;
  }

  /** Without the errors of the pivots made so far. */
  #refresh(): void {
    if (!this.#tableau.refresh()) this.#isHigh.fill(0);
    this.#refreshedAt = this.pivots;
    this.#evaluate();
  }

  /** By weak duality from the rows as they were given, so that no error of the tableau counts. */
  #isProven(row: number, isOver: boolean): boolean {
    this.#addUp(row, isOver);
    const { rows, columns, coefficients, sums } = this.#of;
    let missing = 0;
    let scale = 0;
    for (let at = 0; at < rows; at++) {
      missing -= (this.times[at] as number) * (sums[at] as number);
      scale += Math.abs((this.times[at] as number) * (sums[at] as number));
    }
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let at = 0; at < rows; at++)
        sum += (this.times[at] as number) * (coefficients[at * columns + column] as number);
      const least = sum * ((sum > 0 ? this.low[column] : this.high[column]) as number);
      missing += least;
      scale += Math.abs(least);
    }
    return missing > tolerance * scale;
  }

  /** How many times each row is in the tableau's, seen from the side where slacks only make it worse. */
  #addUp(row: number, isOver: boolean): void {
    const { columns } = this.#of;
    const { entries, basic, free } = this.#tableau;
    const sign = isOver ? -1 : 1;
    const add = (slack: number, times: number) => {
      if (slack >= 0) this.times[slack] = Math.max(0, sign * times);
    };
    this.times.fill(0);
    add((basic[row] as number) - columns, 1);
    for (let column = 0; column < columns; column++)
      add((free[column] as number) - columns, entries[row * columns + column] as number);
  }

  #read(): "values" {
    const { basic, free } = this.#tableau;
    const { columns } = this.#of;
    for (const variable of free) if (variable < columns) this.values[variable] = this.#heldAt(variable);
    for (const [row, variable] of basic.entries())
      if (variable < columns) this.values[variable] = this.#basicValues[row] as number;
    return "values";
  }
}
