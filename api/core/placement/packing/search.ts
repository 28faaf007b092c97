import type { Knapsack } from "./knapsack.ts";
import type { Relaxation } from "./relaxation.ts";

export interface Found {
  /** The dearest content found that is dearer than the floor; null: none. */
  readonly content: Float64Array | null;
  readonly value: number;
  /** No content is dearer than this. */
  readonly bound: number;
  readonly nodes: number;
}

/**
 * Contents in whole numbers, by depth-first search around the content in real numbers. With a relaxation solved, every departure from it
 * costs a known loss at least (a margin given up, a capacity left over), and what may be lost before the floor is all there is to search.
 */
export class ContentSearch {
  readonly #knapsack: Knapsack;
  readonly #relaxation: Relaxation;
  readonly #order: Int32Array;
  readonly #room: Float64Array;
  readonly #content: Float64Array;
  readonly #best: Float64Array;
  /** Positions × dimensions: what the items from a position on take at most. */
  readonly #rest: Float64Array;
  #prices: Float64Array = new Float64Array(0);
  #upper = 0;
  #floor = 0;
  #value = 0;
  #nodes = 0;
  #nodesMax = 0;
  #length = 0;

  constructor(knapsack: Knapsack, relaxation: Relaxation) {
    const { items, dimensions } = knapsack;
    this.#knapsack = knapsack;
    this.#relaxation = relaxation;
    this.#order = new Int32Array(items);
    this.#room = new Float64Array(dimensions * (items + 1));
    this.#content = new Float64Array(items);
    this.#best = new Float64Array(items);
    this.#rest = new Float64Array(dimensions * (items + 1));
  }

  /** `upper`: what the relaxation, just solved at these prices, gave. Contents no dearer than `floor` do not matter. */
  find(
    prices: Float64Array,
    limits: { readonly upper: number; readonly floor: number; readonly nodesMax: number },
  ): Found {
    this.#prices = prices;
    this.#upper = limits.upper;
    this.#floor = limits.floor;
    this.#nodesMax = limits.nodesMax;
    this.#nodes = 0;
    this.#value = Number.NEGATIVE_INFINITY;
    this.#sort();
    this.#room.set(this.#knapsack.capacity);
    this.#content.fill(0);
    this.#descend({ level: 0, depth: 0 }, 0, 0);
    const complete = this.#nodes < this.#nodesMax;
    const isFound = this.#value > Number.NEGATIVE_INFINITY;
    return {
      content: isFound ? this.#best.slice() : null,
      value: this.#value,
      bound: complete ? Math.min(limits.upper, Math.max(limits.floor, this.#value)) : limits.upper,
      nodes: this.#nodes,
    };
  }

  /** Items whose departure is dearest come first, since they have the fewest choices. */
  #sort(): void {
    const { items, dimensions, amounts, most } = this.#knapsack;
    const { margins } = this.#relaxation;
    const order = this.#order;
    let length = 0;
    for (let item = 0; item < items; item++) {
      if (most[item] === 0 || (this.#prices[item] as number) <= 0) continue;
      const loss = Math.abs(margins[item] as number);
      let at = length++;
      for (; at > 0 && Math.abs(margins[order[at - 1] as number] as number) < loss; at--)
        order[at] = order[at - 1] as number;
      order[at] = item;
    }
    this.#length = length;
    this.#rest.fill(0, length * dimensions, (length + 1) * dimensions);
    for (let at = length - 1; at >= 0; at--) {
      const item = order[at] as number;
      for (let row = 0; row < dimensions; row++) {
        this.#rest[at * dimensions + row] =
          (this.#rest[(at + 1) * dimensions + row] as number) +
          (most[item] as number) * (amounts[item * dimensions + row] as number);
      }
    }
  }

  /** `level`: how many items have been decided on the way here that had a choice; `depth`: the place of the next item. */
  #descend(from: { readonly level: number; readonly depth: number }, value: number, loss: number): void {
    if (++this.#nodes >= this.#nodesMax) return;
    const { level } = from;
    let { depth } = from;
    let lost = loss;
    let fit = 0;
    const { margins } = this.#relaxation;
    const { most } = this.#knapsack;
    // What no longer fits leaves no choice.
    for (; depth < this.#length; depth++) {
      const item = this.#order[depth] as number;
      fit = this.#fit(level, item);
      if (fit > 0) break;
      const margin = margins[item] as number;
      if (margin > 0) lost += margin * (most[item] as number);
      if (lost >= this.#budget()) return;
    }
    if (depth === this.#length) this.#keep(value);
    else if (this.#isPromising({ level, depth }, lost)) this.#branch({ level, depth, fit }, value, lost);
  }

  #branch(
    at: { readonly level: number; readonly depth: number; readonly fit: number },
    value: number,
    loss: number,
  ): void {
    const { level, depth, fit } = at;
    const item = this.#order[depth] as number;
    const margin = this.#relaxation.margins[item] as number;
    const price = this.#prices[item] as number;
    const most = this.#knapsack.most[item] as number;
    const upwards = depth < this.#length - 1 && margin < -1e-9 * price;
    const least = depth === this.#length - 1 ? fit : 0;
    const next = { level: level + 1, depth: depth + 1 };
    for (let step = 0; step <= fit - least; step++) {
      const count = upwards ? step : fit - step;
      const lost = loss + (margin > 0 ? margin * (most - count) : -margin * count);
      // The loss grows with every step, but for items whose margin is nothing.
      if (lost >= this.#budget() && (upwards || margin > 0)) break;
      this.#take(level, item, count);
      this.#descend(next, value + price * count, lost);
      if (this.#nodes >= this.#nodesMax) break;
    }
    this.#content[item] = 0;
  }

  #budget(): number {
    return this.#upper - Math.max(this.#value, this.#floor);
  }

  #keep(value: number): void {
    if (value <= this.#floor || value <= this.#value) return;
    this.#value = value;
    this.#best.set(this.#content);
  }

  /** Capacity that the items to come cannot take is lost too. */
  #isPromising({ level, depth }: { readonly level: number; readonly depth: number }, loss: number): boolean {
    const { dimensions } = this.#knapsack;
    const { multipliers } = this.#relaxation;
    let lost = loss;
    for (let row = 0; row < dimensions; row++) {
      const over = (this.#room[level * dimensions + row] as number) - (this.#rest[depth * dimensions + row] as number);
      if (over > 0) lost += over * (multipliers[row] as number);
    }
    return lost < this.#budget();
  }

  #fit(level: number, item: number): number {
    const { dimensions, amounts, most } = this.#knapsack;
    let fit = most[item] as number;
    for (let row = 0; row < dimensions; row++) {
      const each = amounts[item * dimensions + row] as number;
      const room = this.#room[level * dimensions + row] as number;
      if (each > 0 && each * fit > room) fit = Math.floor(room / each);
    }
    return fit;
  }

  #take(level: number, item: number, count: number): void {
    const { dimensions, amounts } = this.#knapsack;
    const from = level * dimensions;
    for (let row = 0; row < dimensions; row++) {
      this.#room[from + dimensions + row] =
        (this.#room[from + row] as number) - count * (amounts[item * dimensions + row] as number);
    }
    this.#content[item] = count;
  }
}
