import { holds, type Instance } from "./instance.ts";
import type { Cut } from "./needs.ts";
import { Relaxation } from "./relaxation.ts";

const hair = 1e-7;
/** To look at so many items takes as long as a node. */
const itemsForOne = 16;
const rememberedMax = 200_000;

/** A host at the prices of the chief cut: what its room and its items may be worth at most, and what no content exceeds. */
interface Worth {
  readonly multipliers: Float64Array;
  readonly margins: Float64Array;
  readonly dearest: number;
}

/**
 * Whether given instances hold all tasks, by trying every content of one instance after the other that leaves no task out for which there is
 * room. At prices at which the instances could hold little more than the tasks are worth, none may waste more than that.
 */
export class ExactPlan {
  nodes = 0;
  readonly contents: Float64Array[] = [];
  readonly #instance: Instance;
  readonly #hosts: readonly number[];
  readonly #cuts: readonly Cut[];
  readonly #nodesMax: number;
  readonly #order: number[];
  readonly #prices: Float64Array;
  readonly #worth = new Map<number, Worth>();
  readonly #failed = new Set<string>();
  readonly #left: Float64Array;

  constructor(
    instance: Instance,
    hosts: readonly number[],
    by: { readonly cuts: readonly Cut[]; readonly nodesMax: number },
  ) {
    this.#instance = instance;
    this.#hosts = hosts;
    this.#cuts = by.cuts;
    this.#nodesMax = by.nodesMax;
    this.#left = instance.counts.slice();
    const chief = by.cuts.reduce((best, cut) => (this.#spare(cut, 0) < this.#spare(best, 0) ? cut : best));
    this.#prices = chief.prices;
    for (const host of new Set(hosts)) this.#worth.set(host, this.#worthOf(host, chief));
    this.#order = Array.from({ length: instance.items }, (_, item) => item).sort(
      (a, b) => (chief.prices[b] as number) - (chief.prices[a] as number) || a - b,
    );
  }

  run(): "packed" | "impossible" | "open" {
    if (this.#fill(0, this.#slack())) return "packed";
    return this.nodes < this.#nodesMax ? "impossible" : "open";
  }

  /** What the instances from a place on may hold beyond what is left, as a part of it. */
  #spare({ prices, bounds }: Cut, from: number): number {
    let worth = 0;
    for (const [item, price] of prices.entries()) worth += price * (this.#left[item] as number);
    let offered = 0;
    for (let at = from; at < this.#hosts.length; at++) offered += bounds[this.#hosts[at] as number] as number;
    return worth > 0 ? offered / worth - 1 : Number.POSITIVE_INFINITY;
  }

  #slack(): number {
    const offered = this.#hosts.reduce((sum, host) => sum + (this.#worth.get(host)?.dearest ?? 0), 0);
    return (
      offered -
      this.#prices.reduce((sum, price, item) => sum + price * (this.#left[item] as number), 0) +
      hair * offered
    );
  }

  #worthOf(host: number, { prices, bounds }: Cut): Worth {
    const { items, dimensions, amounts, capacity, most, counts } = this.#instance;
    const relaxation = new Relaxation({
      items,
      dimensions,
      amounts,
      capacity: capacity.slice(host * dimensions, (host + 1) * dimensions),
      most: Float64Array.from(counts, (count, item) => Math.min(count, most[host * items + item] as number)),
    });
    const relaxed = relaxation.solve(prices);
    const { multipliers, margins } = relaxation;
    return { multipliers, margins, dearest: Math.min(relaxed, bounds[host] as number) };
  }

  /** Whether the instances from this place on hold what is left; none may waste more than the slack. */
  #fill(place: number, slack: number): boolean {
    if (this.#left.every((count) => count <= 0)) return true;
    if (place === this.#hosts.length || slack < 0) return false;
    const host = this.#hosts[place] as number;
    if (place === this.#hosts.length - 1) {
      if (!holds(this.#instance, host, this.#left)) return false;
      this.contents[place] = this.#left.slice();
      return true;
    }
    if (this.#cuts.some((cut) => this.#spare(cut, place) < -hair)) return false;
    const key = `${place}:${this.#left.join()}`;
    if (this.#failed.has(key)) return false;
    const { dimensions, capacity, items } = this.#instance;
    const room = capacity.slice(host * dimensions, (host + 1) * dimensions);
    const isFound = this.#choose(
      { place, slack, room, content: new Float64Array(items), gains: this.#gains(host) },
      0,
      0,
    );
    if (!isFound && this.nodes < this.#nodesMax && this.#failed.size < rememberedMax) this.#failed.add(key);
    return isFound;
  }

  /** Of every place in the order: what the items from there on may be worth beyond the room they take. */
  #gains(host: number): Float64Array {
    const { most, items } = this.#instance;
    const { margins } = this.#worth.get(host) as Worth;
    const gains = new Float64Array(items + 1);
    for (let at = items - 1; at >= 0; at--) {
      const item = this.#order[at] as number;
      const there = Math.min(this.#left[item] as number, most[host * items + item] as number);
      gains[at] = (gains[at + 1] as number) + Math.max(0, margins[item] as number) * there;
    }
    return gains;
  }

  #choose(
    on: {
      readonly place: number;
      readonly slack: number;
      readonly room: Float64Array;
      readonly content: Float64Array;
      readonly gains: Float64Array;
    },
    depth: number,
    value: number,
  ): boolean {
    if (++this.nodes >= this.#nodesMax) return false;
    const { dimensions, amounts, items } = this.#instance;
    const { multipliers, dearest } = this.#worth.get(this.#hosts[on.place] as number) as Worth;
    let reach = value + (on.gains[depth] as number);
    for (let row = 0; row < dimensions; row++) reach += (multipliers[row] as number) * (on.room[row] as number);
    if (reach < dearest - on.slack) return false;
    if (depth === items) return this.#next(on, dearest - value);
    const item = this.#order[depth] as number;
    const fit = this.#fit(on, item);
    const shift = (count: number) => {
      for (let row = 0; row < dimensions; row++)
        on.room[row] = (on.room[row] as number) - count * (amounts[item * dimensions + row] as number);
      on.content[item] = (on.content[item] as number) + count;
    };
    shift(fit);
    for (let count = fit; count >= 0; count--) {
      if (this.#choose(on, depth + 1, value + count * (this.#prices[item] as number))) return true;
      if (count > 0) shift(-1);
      if (this.nodes >= this.#nodesMax) break;
    }
    on.content[item] = 0;
    return false;
  }

  /** A whole content: on to the next instance, unless there is room for another task. */
  #next(
    on: { readonly place: number; readonly slack: number; readonly room: Float64Array; readonly content: Float64Array },
    wasted: number,
  ): boolean {
    const { items } = this.#instance;
    this.nodes += items / itemsForOne;
    for (let item = 0; item < items; item++) if (this.#fit(on, item) > 0) return false;
    for (let item = 0; item < items; item++)
      this.#left[item] = (this.#left[item] as number) - (on.content[item] as number);
    const isFound = this.#fill(on.place + 1, on.slack - wasted);
    for (let item = 0; item < items; item++)
      this.#left[item] = (this.#left[item] as number) + (on.content[item] as number);
    if (isFound) this.contents[on.place] = on.content;
    return isFound;
  }

  /** How many more of the item the instance takes. */
  #fit(
    on: { readonly place: number; readonly room: Float64Array; readonly content: Float64Array },
    item: number,
  ): number {
    const { items, dimensions, amounts, most } = this.#instance;
    const host = this.#hosts[on.place] as number;
    let fit = Math.min(this.#left[item] as number, most[host * items + item] as number) - (on.content[item] as number);
    for (let row = 0; row < dimensions && fit > 0; row++) {
      const each = amounts[item * dimensions + row] as number;
      if (each * fit > (on.room[row] as number)) fit = Math.floor((on.room[row] as number) / each);
    }
    return fit;
  }
}
