import { Branching } from "./branching.ts";
import type { Instance } from "./instance.ts";
import type { Knapsack } from "./knapsack.ts";
import { Relaxation } from "./relaxation.ts";
import { Rounding } from "./rounding.ts";
import { ContentSearch, type Found } from "./search.ts";

const nodesForOne = 100;

/** What one instance of each host can hold at most at given prices, of the tasks that are left. */
export class Pricing {
  /** Of each host: no content is dearer than this at the prices last asked about. */
  readonly bounds: Float64Array;
  nodes = 0;
  readonly #instance: Instance;
  readonly #most: Float64Array[];
  readonly #relaxations: Relaxation[];
  readonly #roundings: Rounding[];
  readonly #searches: ContentSearch[];
  readonly #branchings: (Branching | undefined)[] = [];
  readonly #knapsacks: readonly Knapsack[];

  constructor(instance: Instance) {
    const { items, dimensions, hosts, amounts, capacity, most } = instance;
    this.#instance = instance;
    this.bounds = new Float64Array(hosts);
    this.#most = Array.from({ length: hosts }, (_, host) => most.slice(host * items, (host + 1) * items));
    const knapsacks = this.#most.map((own, host) => ({
      items,
      dimensions,
      amounts,
      capacity: capacity.subarray(host * dimensions, (host + 1) * dimensions),
      most: own,
    }));
    this.#knapsacks = knapsacks;
    this.#relaxations = knapsacks.map((knapsack) => new Relaxation(knapsack));
    this.#roundings = knapsacks.map((knapsack, host) => new Rounding(knapsack, this.#relaxations[host] as Relaxation));
    this.#searches = knapsacks.map(
      (knapsack, host) => new ContentSearch(knapsack, this.#relaxations[host] as Relaxation),
    );
  }

  /** From now on there are no more tasks of each item than this. */
  limit(counts: Float64Array): void {
    for (let host = 0; host < this.#instance.hosts; host++) this.limitHost(host, counts);
  }

  limitHost(host: number, counts: Float64Array): void {
    const { items, most } = this.#instance;
    const own = this.#most[host] as Float64Array;
    for (let item = 0; item < items; item++) {
      own[item] = Math.min(counts[item] as number, most[host * items + item] as number);
    }
  }

  /** The bound of one host by its relaxation. */
  relax(host: number, prices: Float64Array): number {
    const bound = (this.#relaxations[host] as Relaxation).solve(prices);
    this.bounds[host] = bound;
    return bound;
  }

  /** A content of a host just relaxed at these prices, rounded from the relaxation's; null: not dearer than the floor. */
  round(host: number, prices: Float64Array, limits: { readonly floor: number; readonly isThorough: boolean }) {
    const rounding = this.#roundings[host] as Rounding;
    return rounding.find(prices, limits.isThorough) > limits.floor ? rounding.content.slice() : null;
  }

  /**
   * A content dearer than the floor, if there is one, of a host just relaxed at these prices; makes its bound no worse. Where departures
   * from the relaxation are too many to go through, it branches on the relaxation, a node of which takes as long as a hundred of those.
   */
  search(host: number, prices: Float64Array, limits: { readonly floor: number; readonly nodesMax: number }): Found {
    const upper = this.bounds[host] as number;
    let found = (this.#searches[host] as ContentSearch).find(prices, { ...limits, upper });
    this.nodes += found.nodes;
    if (found.nodes >= limits.nodesMax) {
      const relaxation = this.#relaxations[host] as Relaxation;
      const floor = Math.max(limits.floor, found.value);
      const branched = this.#branching(host).find(prices, relaxation, {
        upper,
        floor,
        nodesMax: 8 + limits.nodesMax / nodesForOne,
      });
      this.nodes += branched.nodes * nodesForOne;
      found = branched.content === null ? { ...found, bound: branched.bound } : branched;
    }
    this.bounds[host] = found.bound;
    return found;
  }

  #branching(host: number): Branching {
    const known = this.#branchings[host];
    if (known !== undefined) return known;
    const made = new Branching(this.#knapsacks[host] as Knapsack);
    this.#branchings[host] = made;
    return made;
  }
}
