import type { Knapsack } from "./knapsack.ts";
import { Relaxation } from "./relaxation.ts";
import { ContentSearch, type Found } from "./search.ts";

const hair = 1e-6;
/** Of a search below a node, and how many of them take as long as a node. */
const searchNodesMax = 600;
const searchNodesForOne = 300;

/** Contents in whole numbers by branch and bound: one more or one fewer of an item that the relaxation takes a broken number of. */
export class Branching {
  readonly #knapsack: Knapsack;
  /** The knapsack that is left at the present node. */
  readonly #left: Knapsack;
  readonly #relaxation: Relaxation;
  readonly #search: ContentSearch;
  readonly #content: Float64Array;
  readonly #rounded: Float64Array;
  readonly #best: Float64Array;
  /** 10: it takes all there is of a dimension, as a contested port. To have settled that first leaves far less to choose from. */
  readonly #weights: Float64Array;
  #prices: Float64Array = new Float64Array(0);
  #floor = 0;
  #value = 0;
  #open = 0;
  #nodes = 0;
  #nodesMax = 0;

  constructor(knapsack: Knapsack) {
    this.#knapsack = knapsack;
    this.#left = { ...knapsack, capacity: knapsack.capacity.slice(), most: knapsack.most.slice() };
    this.#relaxation = new Relaxation(this.#left);
    this.#search = new ContentSearch(this.#left, this.#relaxation);
    this.#content = new Float64Array(knapsack.items);
    this.#rounded = new Float64Array(knapsack.items);
    this.#best = new Float64Array(knapsack.items);
    const { items, dimensions, amounts, capacity } = knapsack;
    this.#weights = Float64Array.from({ length: items }, (_, item) =>
      capacity.some((room, row) => room === 1 && amounts[item * dimensions + row] === 1) ? 10 : 1,
    );
  }

  /** From a relaxation of the knapsack just solved at these prices to `upper`. Contents no dearer than `floor` do not matter. */
  find(
    prices: Float64Array,
    from: Relaxation,
    limits: { readonly upper: number; readonly floor: number; readonly nodesMax: number },
  ): Found {
    this.#prices = prices;
    this.#floor = limits.floor;
    this.#nodesMax = limits.nodesMax;
    this.#nodes = 0;
    this.#value = Number.NEGATIVE_INFINITY;
    this.#open = Number.NEGATIVE_INFINITY;
    this.#left.capacity.set(this.#knapsack.capacity);
    this.#left.most.set(this.#knapsack.most);
    this.#content.fill(0);
    this.#relaxation.startFrom(from);
    this.#descend(0, limits.upper);
    return {
      content: this.#value > this.#floor ? this.#best.slice() : null,
      value: this.#value,
      bound: Math.min(limits.upper, Math.max(limits.floor, this.#value, this.#open)),
      nodes: this.#nodes,
    };
  }

  /** `value`: of the content that has been decided; `parent`: no content from here on is dearer. */
  #descend(value: number, parent: number): void {
    if (this.#nodes >= this.#nodesMax) {
      this.#open = Math.max(this.#open, parent);
      return;
    }
    this.#nodes++;
    if (this.#left.capacity.some((left) => left < 0)) return;
    const bound = Math.min(parent, value + this.#relaxation.resolve(this.#prices));
    if (bound <= Math.max(this.#floor, this.#value)) return;
    const item = this.#round(value);
    if (item < 0 || bound <= Math.max(this.#floor, this.#value)) return;
    if (this.#weights[item] === 1 && this.#isSearched(value, bound)) return;
    const whole = Math.floor((this.#relaxation.content[item] as number) + hair);
    this.#add(item, whole + 1);
    this.#descend(value + (whole + 1) * (this.#prices[item] as number), bound);
    this.#add(item, -whole - 1);
    const most = this.#left.most[item] as number;
    this.#left.most[item] = whole;
    this.#descend(value, bound);
    this.#left.most[item] = most;
  }

  /** Whether a search finds the dearest content from here on, without branching. */
  #isSearched(value: number, bound: number): boolean {
    const floor = Math.max(this.#floor, this.#value);
    const limits = { upper: bound - value, floor: floor - value, nodesMax: searchNodesMax };
    const found = this.#search.find(this.#prices, limits);
    this.#nodes += found.nodes / searchNodesForOne;
    if (found.content !== null && found.value + value > floor) {
      this.#value = found.value + value;
      for (const [item, count] of found.content.entries()) this.#best[item] = (this.#content[item] as number) + count;
    }
    return found.nodes < searchNodesMax;
  }

  #add(item: number, count: number): void {
    const { dimensions, amounts, capacity, most } = this.#left;
    this.#content[item] = (this.#content[item] as number) + count;
    most[item] = (most[item] as number) - count;
    for (let row = 0; row < dimensions; row++) {
      capacity[row] = (capacity[row] as number) - count * (amounts[item * dimensions + row] as number);
    }
  }

  /** Keeps the content rounded down and filled up, if it is the dearest; the item furthest from a whole number, -1: none is. */
  #round(value: number): number {
    const { items, dimensions, amounts } = this.#left;
    const room = this.#left.capacity.slice();
    let reached = value;
    let furthest = -1;
    let most = hair;
    for (let item = 0; item < items; item++) {
      const count = this.#relaxation.content[item] as number;
      const whole = Math.floor(count + hair);
      const distance = Math.min(count - whole, whole + 1 - count) * (this.#weights[item] as number);
      if (distance > most) {
        most = distance;
        furthest = item;
      }
      this.#rounded[item] = whole;
      reached += whole * (this.#prices[item] as number);
      for (let row = 0; row < dimensions; row++) {
        room[row] = (room[row] as number) - whole * (amounts[item * dimensions + row] as number);
      }
    }
    reached += this.#fill(room);
    if (reached > Math.max(this.#floor, this.#value) && room.every((left) => left >= 0)) {
      this.#value = reached;
      for (let item = 0; item < items; item++) {
        this.#best[item] = (this.#content[item] as number) + (this.#rounded[item] as number);
      }
    }
    return furthest;
  }

  #fill(room: Float64Array): number {
    const { items, dimensions, amounts, most } = this.#left;
    let gained = 0;
    for (let item = 0; item < items; item++) {
      let fit = (most[item] as number) - (this.#rounded[item] as number);
      for (let row = 0; row < dimensions && fit > 0; row++) {
        const each = amounts[item * dimensions + row] as number;
        if (each * fit > (room[row] as number)) fit = Math.floor((room[row] as number) / each);
      }
      if (fit <= 0) continue;
      this.#rounded[item] = (this.#rounded[item] as number) + fit;
      gained += fit * (this.#prices[item] as number);
      for (let row = 0; row < dimensions; row++) {
        room[row] = (room[row] as number) - fit * (amounts[item * dimensions + row] as number);
      }
    }
    return gained;
  }
}
