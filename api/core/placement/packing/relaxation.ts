import type { Knapsack } from "./knapsack.ts";
import { atMost, atNone, inBasis, KnapsackBasis, tiny } from "./knapsack-basis.ts";

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
  readonly #state: KnapsackBasis;

  constructor(knapsack: Knapsack) {
    const { items, dimensions } = knapsack;
    this.#knapsack = knapsack;
    this.content = new Float64Array(items);
    this.multipliers = new Float64Array(dimensions);
    this.margins = new Float64Array(items);
    this.#state = new KnapsackBasis(knapsack);
  }

  /** An upper bound on the price of any content, true whatever the rounding but for 1e-12 of it. */
  solve(prices: Float64Array): number {
    if (!(this.#state.factorise() && this.#state.isContent())) {
      this.#state.restart();
      this.#state.factorise();
      this.#state.isContent();
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

  /** Starts from where another one stands, whose items and dimensions are the same. */
  startFrom(other: Relaxation): void {
    this.#state.place.set(other.#state.place);
    this.#state.basis.set(other.#state.basis);
  }

  /** The same as `solve` where only capacities and most have changed, not the prices: the dual simplex method. */
  resolve(prices: Float64Array): number {
    if (!this.#state.factorise()) return this.solve(prices);
    this.#price(prices);
    for (let step = 0; step < 60; step++) {
      if (this.#state.isContent()) return this.#bound(prices);
      const leaving = this.#state.violated();
      const entering = leaving < 0 ? -1 : this.#dualEntering(leaving);
      if (entering < 0) break;
      const isOver = (this.#state.values[leaving] as number) > 0;
      this.#state.place[this.#state.basis[leaving] as number] = isOver ? atMost : atNone;
      this.#state.basis[leaving] = entering;
      this.#state.place[entering] = inBasis;
      if (!this.#state.factorise()) break;
      this.#price(prices);
    }
    return this.solve(prices);
  }

  #dualEntering(leaving: number): number {
    const { items, dimensions, amounts } = this.#knapsack;
    const from = leaving * dimensions;
    const sign = (this.#state.values[leaving] as number) > 0 ? 1 : -1;
    let best = Number.POSITIVE_INFINITY;
    let entering = -1;
    for (let variable = 0; variable < items + dimensions; variable++) {
      const place = this.#state.place[variable];
      if (place === inBasis) continue;
      let change = 0;
      if (variable >= items) change = this.#state.inverse[from + variable - items] as number;
      else {
        for (let at = 0, to = variable * dimensions; at < dimensions; at++, to++) {
          change += (this.#state.inverse[from + at] as number) * (amounts[to] as number);
        }
      }
      const gain = sign * (place === atMost ? -change : change);
      if (gain <= tiny) continue;
      const margin =
        variable < items ? (this.margins[variable] as number) : (this.multipliers[variable - items] as number);
      const ratio = Math.abs(margin) / gain;
      if (ratio >= best) continue;
      best = ratio;
      entering = variable;
    }
    return entering;
  }

  #price(prices: Float64Array): void {
    const { items, dimensions, amounts } = this.#knapsack;
    const multipliers = this.multipliers.fill(0);
    for (let row = 0; row < dimensions; row++) {
      const variable = this.#state.basis[row] as number;
      if (variable >= items) continue;
      const price = prices[variable] as number;
      for (let at = 0; at < dimensions; at++) {
        multipliers[at] = (multipliers[at] as number) + price * (this.#state.inverse[row * dimensions + at] as number);
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
      const place = this.#state.place[item] as number;
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
      if (this.#state.place[items + row] === inBasis || (this.multipliers[row] as number) > -scale * 1e-6) continue;
      return items + row;
    }
    return -1;
  }

  #enter(entering: number): void {
    const { items, dimensions, amounts } = this.#knapsack;
    const sign = this.#state.place[entering] === atMost ? -1 : 1;
    let step = this.#state.limit(entering);
    let leaving = -1;
    for (let row = 0; row < dimensions; row++) {
      let sum = 0;
      if (entering >= items) sum = this.#state.inverse[row * dimensions + entering - items] as number;
      else {
        for (let at = 0; at < dimensions; at++) {
          sum +=
            (this.#state.inverse[row * dimensions + at] as number) * (amounts[entering * dimensions + at] as number);
        }
      }
      this.#state.column[row] = sum;
      const change = sign * sum;
      if (change > tiny || change < -tiny) {
        const value = this.#state.values[row] as number;
        const room =
          change > 0 ? value / change : (this.#state.limit(this.#state.basis[row] as number) - value) / -change;
        if (room < step) {
          step = Math.max(0, room);
          leaving = row;
        }
      }
    }
    this.#state.move({ entering, leaving, step, sign });
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
      this.content[item] = this.#state.place[item] === atMost ? (most[item] as number) : 0;
      if (margin > 0) bound += margin * (most[item] as number);
    }
    for (let row = 0; row < dimensions; row++) {
      const variable = this.#state.basis[row] as number;
      if (variable < items) this.content[variable] = Math.max(0, this.#state.values[row] as number);
    }
    return bound * (1 + 1e-12);
  }
}
