import type { Instance } from "./instance.ts";

/** Instances being filled. */
export class Filling {
  readonly contents: Float64Array[];
  readonly #rooms: Float64Array[];
  readonly #instance: Instance;
  readonly #hosts: readonly number[];

  constructor(instance: Instance, hosts: readonly number[]) {
    const { items, dimensions, capacity } = instance;
    this.#instance = instance;
    this.#hosts = hosts;
    this.contents = hosts.map(() => new Float64Array(items));
    this.#rooms = hosts.map((host) => capacity.slice(host * dimensions, (host + 1) * dimensions));
  }

  put(place: number, item: number, count: number): void {
    const { dimensions, amounts } = this.#instance;
    const content = this.contents[place] as Float64Array;
    const room = this.#rooms[place] as Float64Array;
    content[item] = (content[item] as number) + count;
    for (let row = 0; row < dimensions; row++)
      room[row] = (room[row] as number) - count * (amounts[item * dimensions + row] as number);
  }

  /** Where least room would be left; -1: it fits nowhere. */
  bestFor(item: number): number {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let place = 0; place < this.#hosts.length; place++) {
      const spare = this.#spare(place, item);
      if (spare >= least) continue;
      least = spare;
      best = place;
    }
    return best;
  }

  #spare(place: number, item: number): number {
    const { items, dimensions, amounts, capacity, most } = this.#instance;
    const host = this.#hosts[place] as number;
    if ((this.contents[place]?.[item] as number) >= (most[host * items + item] as number))
      return Number.POSITIVE_INFINITY;
    let spare = 0;
    for (let row = 0; row < dimensions; row++) {
      const after = (this.#rooms[place]?.[row] as number) - (amounts[item * dimensions + row] as number);
      if (after < 0) return Number.POSITIVE_INFINITY;
      spare += after / Math.max(1, capacity[host * dimensions + row] as number);
    }
    return spare;
  }
}
