import type { Knapsack } from "./knapsack.ts";
import { inverted, pivot } from "./pivot.ts";

export const tiny = 1e-10;
export const atNone = 0;
export const atMost = 1;
export const inBasis = 2;

/** Where a relaxed knapsack stands: every variable (items, then what is left of each dimension) at nothing, at its most, or in between. */
export class KnapsackBasis {
  readonly place: Uint8Array;
  /** Of each row: the variable in between, and how much of it there is. */
  readonly basis: Int32Array;
  readonly values: Float64Array;
  readonly inverse: Float64Array;
  /** The entering variable's amounts times the inverse. */
  readonly column: Float64Array;
  readonly #knapsack: Knapsack;
  readonly #work: Float64Array;

  constructor(knapsack: Knapsack) {
    const { items, dimensions } = knapsack;
    this.#knapsack = knapsack;
    this.place = new Uint8Array(items + dimensions);
    this.basis = new Int32Array(dimensions);
    this.values = new Float64Array(dimensions);
    this.inverse = new Float64Array(dimensions * dimensions);
    this.column = new Float64Array(dimensions);
    this.#work = new Float64Array(dimensions * dimensions);
    this.restart();
  }

  restart(): void {
    const { items, dimensions } = this.#knapsack;
    this.place.fill(atNone);
    for (let row = 0; row < dimensions; row++) {
      this.basis[row] = items + row;
      this.place[items + row] = inBasis;
    }
  }

  /** Inverts the basis by elimination. False: it is singular. */
  factorise(): boolean {
    const { items, dimensions, amounts } = this.#knapsack;
    const matrix = this.#work;
    for (let column = 0; column < dimensions; column++) {
      const variable = this.basis[column] as number;
      for (let row = 0; row < dimensions; row++) {
        const own = variable - items === row ? 1 : 0;
        matrix[row * dimensions + column] = variable < items ? (amounts[variable * dimensions + row] as number) : own;
      }
    }
    return inverted(matrix, this.inverse, dimensions);
  }

  /** Computes the basic variables; false where one is out of its bounds. */
  isContent(): boolean {
    const { items, dimensions, amounts, capacity, most } = this.#knapsack;
    const room = this.column;
    room.set(capacity);
    for (let item = 0; item < items; item++) {
      if (this.place[item] !== atMost) continue;
      const count = most[item] as number;
      for (let row = 0; row < dimensions; row++) {
        room[row] = (room[row] as number) - count * (amounts[item * dimensions + row] as number);
      }
    }
    let fits = true;
    for (let row = 0; row < dimensions; row++) {
      let value = 0;
      for (let at = 0; at < dimensions; at++) {
        value += (this.inverse[row * dimensions + at] as number) * (room[at] as number);
      }
      this.values[row] = value;
      const limit = this.limit(this.basis[row] as number);
      if (value < -1e-7 * (1 + Math.abs(value)) || value > limit * (1 + 1e-9) + 1e-7) fits = false;
    }
    return fits;
  }

  limit(variable: number): number {
    return variable < this.#knapsack.items ? (this.#knapsack.most[variable] as number) : Number.POSITIVE_INFINITY;
  }

  /** The basic variable that is furthest out of its bounds; -1: none. */
  violated(): number {
    let worst = 0;
    let leaving = -1;
    for (const [row, value] of this.values.entries()) {
      const over = Math.max(-value, value - this.limit(this.basis[row] as number));
      if (over <= worst) continue;
      worst = over;
      leaving = row;
    }
    return leaving;
  }

  move(by: { entering: number; leaving: number; step: number; sign: number }): void {
    const { dimensions } = this.#knapsack;
    const { entering, leaving, step, sign } = by;
    for (let row = 0; row < dimensions; row++) {
      this.values[row] = (this.values[row] as number) - sign * step * (this.column[row] as number);
    }
    if (leaving < 0) {
      this.place[entering] = sign > 0 ? atMost : atNone;
      return;
    }
    this.place[this.basis[leaving] as number] = sign * (this.column[leaving] as number) > 0 ? atNone : atMost;
    this.values[leaving] = sign > 0 ? step : this.limit(entering) - step;
    this.basis[leaving] = entering;
    this.place[entering] = inBasis;
    pivot(this.inverse, this.column, leaving);
  }
}
