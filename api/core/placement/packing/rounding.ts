import type { Knapsack } from "./knapsack.ts";
import type { Relaxation } from "./relaxation.ts";

/** Contents in whole numbers, near the one in real numbers: rounded down, filled up, and improved by giving tasks back one by one. */
export class Rounding {
  readonly content: Float64Array;
  readonly #knapsack: Knapsack;
  readonly #relaxation: Relaxation;
  readonly #room: Float64Array;
  readonly #trial: Float64Array;
  readonly #trialRoom: Float64Array;
  readonly #order: Int32Array;
  #length = 0;

  constructor(knapsack: Knapsack, relaxation: Relaxation) {
    const { items, dimensions } = knapsack;
    this.#knapsack = knapsack;
    this.#relaxation = relaxation;
    this.content = new Float64Array(items);
    this.#room = new Float64Array(dimensions);
    this.#trial = new Float64Array(items);
    this.#trialRoom = new Float64Array(dimensions);
    this.#order = new Int32Array(items);
  }

  /** Leaves the best content found in `content`; its price. Thorough: it also tries every item in the place of every other. */
  find(prices: Float64Array, isThorough: boolean): number {
    this.#sort(prices);
    let value = this.#roundDown(prices) + this.#fill(prices, this.content, { room: this.#room, without: -1 });
    for (let pass = 0; pass < 4; pass++) {
      let better = this.#exchange(prices, value);
      if (better <= value && isThorough) better = this.#swap(prices, value);
      if (better <= value) break;
      value = better;
    }
    return value;
  }

  #roundDown(prices: Float64Array): number {
    const { items, dimensions, amounts, capacity } = this.#knapsack;
    this.#room.set(capacity);
    let value = 0;
    for (let item = 0; item < items; item++) {
      const count = Math.floor((this.#relaxation.content[item] as number) + 1e-6);
      this.content[item] = count;
      value += count * (prices[item] as number);
      for (let row = 0; row < dimensions; row++) {
        this.#room[row] = (this.#room[row] as number) - count * (amounts[item * dimensions + row] as number);
      }
    }
    return value;
  }

  #sort(prices: Float64Array): void {
    const { items, most } = this.#knapsack;
    const { margins } = this.#relaxation;
    const order = this.#order;
    let length = 0;
    for (let item = 0; item < items; item++) {
      if (most[item] === 0 || (prices[item] as number) <= 0) continue;
      const margin = margins[item] as number;
      let at = length++;
      for (; at > 0 && (margins[order[at - 1] as number] as number) < margin; at--) order[at] = order[at - 1] as number;
      order[at] = item;
    }
    this.#length = length;
  }

  /** Takes what fits, the largest margin first; the price of what it took. */
  #fill(
    prices: Float64Array,
    content: Float64Array,
    { room, without }: { room: Float64Array; without: number },
  ): number {
    const { dimensions, amounts, most } = this.#knapsack;
    let gained = 0;
    for (let at = 0; at < this.#length; at++) {
      const item = this.#order[at] as number;
      if (item === without) continue;
      let fit = (most[item] as number) - (content[item] as number);
      const from = item * dimensions;
      for (let row = 0; row < dimensions && fit > 0; row++) {
        const each = amounts[from + row] as number;
        if (each * fit > (room[row] as number)) fit = Math.floor((room[row] as number) / each);
      }
      if (fit <= 0) continue;
      for (let row = 0; row < dimensions; row++)
        room[row] = (room[row] as number) - fit * (amounts[from + row] as number);
      content[item] = (content[item] as number) + fit;
      gained += fit * (prices[item] as number);
    }
    return gained;
  }

  /** For every item held: the content with one or two fewer of it, filled up with others; the best value reached. */
  #exchange(prices: Float64Array, value: number): number {
    let best = value;
    for (let item = 0; item < this.#knapsack.items; item++) {
      for (let fewer = 1; fewer <= 2 && (this.content[item] as number) >= fewer; fewer++) {
        this.#without(item, fewer);
        const gained = this.#fill(prices, this.#trial, { room: this.#trialRoom, without: item });
        best = this.#accept(best, best + gained - fewer * (prices[item] as number));
      }
    }
    return best;
  }

  #swap(prices: Float64Array, value: number): number {
    const { items, dimensions, amounts, most } = this.#knapsack;
    let best = value;
    for (let item = 0; item < items; item++) {
      for (let at = 0; at < this.#length && (this.content[item] as number) > 0; at++) {
        const other = this.#order[at] as number;
        if (other === item || (this.content[other] as number) >= (most[other] as number)) continue;
        this.#without(item, 1);
        let fits = true;
        for (let row = 0; row < dimensions; row++) {
          const left = (this.#trialRoom[row] as number) - (amounts[other * dimensions + row] as number);
          this.#trialRoom[row] = left;
          if (left < 0) fits = false;
        }
        if (!fits) continue;
        this.#trial[other] = (this.#trial[other] as number) + 1;
        const gained = this.#fill(prices, this.#trial, { room: this.#trialRoom, without: item });
        best = this.#accept(best, best + gained + (prices[other] as number) - (prices[item] as number));
      }
    }
    return best;
  }

  #without(item: number, fewer: number): void {
    const { dimensions, amounts } = this.#knapsack;
    this.#trial.set(this.content);
    this.#trial[item] = (this.content[item] as number) - fewer;
    for (let row = 0; row < dimensions; row++) {
      this.#trialRoom[row] = (this.#room[row] as number) + fewer * (amounts[item * dimensions + row] as number);
    }
  }

  #accept(best: number, reached: number): number {
    if (reached <= best * (1 + 1e-12)) return best;
    this.content.set(this.#trial);
    this.#room.set(this.#trialRoom);
    return reached;
  }
}
