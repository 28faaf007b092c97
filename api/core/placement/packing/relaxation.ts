import type { Knapsack } from "./knapsack.ts";
import { inverted, pivot } from "./pivot.ts";

const tiny = 1e-10;
const atNone = 0;
const atMost = 1;
const inBasis = 2;

/**
 * The dearest content in real numbers, by the simplex method with bounded variables: a row per dimension, so that a basis is tiny. It
 * starts from where the last prices left it, which is still a content.
 */
export class Relaxation {
  /** The content found, in real numbers. */
  readonly content: Float64Array;
  /** What a unit of each dimension is worth at most, never below 0. */
  readonly multipliers: Float64Array;
  /** Price of each item less what its amounts are worth. */
  readonly margins: Float64Array;
  readonly #knapsack: Knapsack;
  readonly #place: Uint8Array;
  readonly #basis: Int32Array;
  readonly #inverse: Float64Array;
  readonly #values: Float64Array;
  readonly #column: Float64Array;
  readonly #work: Float64Array;

  constructor(knapsack: Knapsack) {
    const { items, dimensions } = knapsack;
    this.#knapsack = knapsack;
    this.content = new Float64Array(items);
    this.multipliers = new Float64Array(dimensions);
    this.margins = new Float64Array(items);
    this.#place = new Uint8Array(items + dimensions);
    this.#basis = new Int32Array(dimensions);
    this.#inverse = new Float64Array(dimensions * dimensions);
    this.#values = new Float64Array(dimensions);
    this.#column = new Float64Array(dimensions);
    this.#work = new Float64Array(dimensions * dimensions);
    this.#restart();
  }

  /** An upper bound on the price of any content, true whatever the rounding but for 1e-12 of it. */
  solve(prices: Float64Array): number {
    if (!(this.#factorise() && this.#isContent())) {
      this.#restart();
      this.#factorise();
      this.#isContent();
    }
    const { items, dimensions } = this.#knapsack;
    const scale = prices.reduce((most, price) => Math.max(most, price), 0) * tiny;
    for (let step = 0; step < 40 + 4 * (items + dimensions); step++) {
      this.#price(prices);
      const entering = this.#entering(scale);
      if (entering < 0) break;
      this.#enter(entering);
    }
    return this.#bound(prices);
  }

  #restart(): void {
    const { items, dimensions } = this.#knapsack;
    this.#place.fill(atNone);
    for (let row = 0; row < dimensions; row++) {
      this.#basis[row] = items + row;
      this.#place[items + row] = inBasis;
    }
  }

  /** Inverts the basis by elimination. False: it is singular. */
  #factorise(): boolean {
    const { items, dimensions, amounts } = this.#knapsack;
    const matrix = this.#work;
    for (let column = 0; column < dimensions; column++) {
      const variable = this.#basis[column] as number;
      for (let row = 0; row < dimensions; row++) {
        const own = variable - items === row ? 1 : 0;
        matrix[row * dimensions + column] = variable < items ? (amounts[variable * dimensions + row] as number) : own;
      }
    }
    return inverted(matrix, this.#inverse, dimensions);
  }

  /** Computes the basic variables; false where one is out of its bounds. */
  #isContent(): boolean {
    const { items, dimensions, amounts, capacity, most } = this.#knapsack;
    const room = this.#column;
    room.set(capacity);
    for (let item = 0; item < items; item++) {
      if (this.#place[item] !== atMost) continue;
      const count = most[item] as number;
      for (let row = 0; row < dimensions; row++) {
        room[row] = (room[row] as number) - count * (amounts[item * dimensions + row] as number);
      }
    }
    let fits = true;
    for (let row = 0; row < dimensions; row++) {
      let value = 0;
      for (let at = 0; at < dimensions; at++) {
        value += (this.#inverse[row * dimensions + at] as number) * (room[at] as number);
      }
      this.#values[row] = value;
      const limit = this.#limit(this.#basis[row] as number);
      if (value < -1e-7 * (1 + Math.abs(value)) || value > limit * (1 + 1e-9) + 1e-7) fits = false;
    }
    return fits;
  }

  #limit(variable: number): number {
    return variable < this.#knapsack.items ? (this.#knapsack.most[variable] as number) : Number.POSITIVE_INFINITY;
  }

  #price(prices: Float64Array): void {
    const { items, dimensions, amounts } = this.#knapsack;
    const multipliers = this.multipliers.fill(0);
    for (let row = 0; row < dimensions; row++) {
      const variable = this.#basis[row] as number;
      if (variable >= items) continue;
      const price = prices[variable] as number;
      for (let at = 0; at < dimensions; at++) {
        multipliers[at] = (multipliers[at] as number) + price * (this.#inverse[row * dimensions + at] as number);
      }
    }
    for (let item = 0, at = 0; item < items; item++) {
      let margin = prices[item] as number;
      for (let row = 0; row < dimensions; row++, at++) margin -= (multipliers[row] as number) * (amounts[at] as number);
      this.margins[item] = margin;
    }
  }

  /** The variable whose change gains most per unit, counted in its own bound; -1: none gains. */
  #entering(scale: number): number {
    const { items, dimensions, most } = this.#knapsack;
    let best = scale;
    let entering = -1;
    for (let item = 0; item < items; item++) {
      const place = this.#place[item] as number;
      if (place === inBasis || most[item] === 0) continue;
      const margin = this.margins[item] as number;
      const gain = place === atNone ? margin : -margin;
      if (gain > best) {
        best = gain;
        entering = item;
      }
    }
    if (entering >= 0) return entering;
    for (let row = 0; row < dimensions; row++) {
      if (this.#place[items + row] === inBasis || (this.multipliers[row] as number) > -scale * 1e-6) continue;
      return items + row;
    }
    return -1;
  }

  #enter(entering: number): void {
    const { items, dimensions, amounts } = this.#knapsack;
    const sign = this.#place[entering] === atMost ? -1 : 1;
    let step = this.#limit(entering);
    let leaving = -1;
    for (let row = 0; row < dimensions; row++) {
      let sum = 0;
      if (entering >= items) sum = this.#inverse[row * dimensions + entering - items] as number;
      else {
        for (let at = 0; at < dimensions; at++) {
          sum += (this.#inverse[row * dimensions + at] as number) * (amounts[entering * dimensions + at] as number);
        }
      }
      this.#column[row] = sum;
      const change = sign * sum;
      if (change > tiny || change < -tiny) {
        const value = this.#values[row] as number;
        const room = change > 0 ? value / change : (this.#limit(this.#basis[row] as number) - value) / -change;
        if (room < step) {
          step = Math.max(0, room);
          leaving = row;
        }
      }
    }
    this.#move({ entering, leaving, step, sign });
  }

  #move(by: { entering: number; leaving: number; step: number; sign: number }): void {
    const { dimensions } = this.#knapsack;
    const { entering, leaving, step, sign } = by;
    for (let row = 0; row < dimensions; row++) {
      this.#values[row] = (this.#values[row] as number) - sign * step * (this.#column[row] as number);
    }
    if (leaving < 0) {
      this.#place[entering] = sign > 0 ? atMost : atNone;
      return;
    }
    this.#place[this.#basis[leaving] as number] = sign * (this.#column[leaving] as number) > 0 ? atNone : atMost;
    this.#values[leaving] = sign > 0 ? step : this.#limit(entering) - step;
    this.#basis[leaving] = entering;
    this.#place[entering] = inBasis;
    pivot(this.#inverse, this.#column, leaving);
  }

  /** By weak duality, from the multipliers alone. */
  #bound(prices: Float64Array): number {
    const { items, dimensions, amounts, capacity, most } = this.#knapsack;
    let bound = 0;
    for (let row = 0; row < dimensions; row++) {
      if ((this.multipliers[row] as number) < 0) this.multipliers[row] = 0;
      bound += (this.multipliers[row] as number) * (capacity[row] as number);
    }
    for (let item = 0, at = 0; item < items; item++) {
      let margin = prices[item] as number;
      for (let row = 0; row < dimensions; row++, at++) {
        margin -= (this.multipliers[row] as number) * (amounts[at] as number);
      }
      this.margins[item] = margin;
      this.content[item] = this.#place[item] === atMost ? (most[item] as number) : 0;
      if (margin > 0) bound += margin * (most[item] as number);
    }
    for (let row = 0; row < dimensions; row++) {
      const variable = this.#basis[row] as number;
      if (variable < items) this.content[variable] = Math.max(0, this.#values[row] as number);
    }
    return bound * (1 + 1e-12);
  }
}
