import { Branching } from "./branching.ts";
import { ContentTable } from "./content-table.ts";
import { holds, type Instance } from "./instance.ts";
import type { Knapsack } from "./knapsack.ts";
import { Relaxation } from "./relaxation.ts";
import { Rounding } from "./rounding.ts";
import { ContentSearch, type Found } from "./search.ts";

const nodesForOne = 300;
/** So many steps of a table take the time of a node. */
const stepsForOne = 50;

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
   * from the relaxation are too many to go through, it branches on the relaxation, a node of which takes as long as hundreds of those.
   */
  search(host: number, prices: Float64Array, limits: { readonly floor: number; readonly nodesMax: number }): Found {
    const upper = this.bounds[host] as number;
    let found = (this.#searches[host] as ContentSearch).find(prices, { ...limits, upper });
    this.nodes += found.nodes;
    if (found.nodes >= limits.nodesMax) {
      const relaxation = this.#relaxations[host] as Relaxation;
      const floor = Math.max(limits.floor, found.value);
      const nodesMax = 8 + limits.nodesMax / nodesForOne;
      const branched = this.#branching(host).find(prices, relaxation, { upper, floor, nodesMax });
      this.nodes += Math.ceil(branched.nodes * nodesForOne);
      found = branched.content === null ? { ...found, bound: branched.bound } : branched;
    }
    this.bounds[host] = found.bound;
    return found;
  }

  /**
   * The dearest content of each of the hosts, just relaxed at these prices, for as many of them as tables of so much work give; makes their
   * bounds exact, but for items that want two things of which there is one only.
   */
  tabulate(hosts: readonly number[], prices: Float64Array, nodesMax: number): Map<number, Float64Array> {
    const contents = new Map<number, Float64Array>();
    const kinds = new Map<string, number[]>();
    for (const host of hosts) {
      const key = this.#kindOf(host);
      kinds.set(key, [...(kinds.get(key) ?? []), host]);
    }
    for (const alike of kinds.values()) {
      const made = this.#table(alike, prices, nodesMax);
      if (made === null) continue;
      this.nodes += Math.ceil(made.table.work / stepsForOne);
      made.table.fill(prices);
      for (const host of made.hosts) this.#lookUp(host, { prices, table: made.table, contents });
    }
    return contents;
  }

  #lookUp(
    host: number,
    { prices, table, contents }: { prices: Float64Array; table: ContentTable; contents: Map<number, Float64Array> },
  ): void {
    const { capacity } = this.#knapsacks[host] as Knapsack;
    this.bounds[host] = Math.min(this.bounds[host] as number, table.bound(capacity, prices));
    const own = this.#most[host] as Float64Array;
    const content = table.content(capacity).map((count, item) => Math.min(count, own[item] as number));
    if (holds(this.#instance, host, content)) contents.set(host, content);
  }

  /** One table for as many of the hosts as possible, the smallest first. */
  #table(hosts: readonly number[], prices: Float64Array, nodesMax: number) {
    const { items, dimensions, amounts } = this.#instance;
    const roomOf = (host: number) => (this.#knapsacks[host] as Knapsack).capacity;
    const sizeOf = (host: number) => roomOf(host).reduce((size, room) => size * (1 + room), 1);
    const order = [...hosts].sort((a, b) => sizeOf(a) - sizeOf(b) || a - b);
    const most = new Float64Array(items);
    for (let length = order.length; length > 0; length = Math.floor(length * 0.8)) {
      const chosen = order.slice(0, length);
      most.fill(0);
      for (const host of chosen) {
        for (let item = 0; item < items; item++)
          most[item] = Math.max(most[item] as number, (this.#most[host] as Float64Array)[item] as number);
      }
      const knapsack = { items, dimensions, amounts, capacity: roomOf(chosen.at(-1) as number), most };
      const table = new ContentTable(knapsack, chosen.map(roomOf), prices);
      if (table.isPossible && table.work <= nodesMax * stepsForOne) return { table, hosts: chosen };
    }
    return null;
  }

  /** Hosts that refuse the same items though there is room for them. */
  #kindOf(host: number): string {
    const { items, dimensions, amounts, most } = this.#instance;
    const { capacity } = this.#knapsacks[host] as Knapsack;
    const refused: number[] = [];
    for (let item = 0; item < items; item++) {
      if ((most[host * items + item] as number) > 0) continue;
      if (capacity.every((room, row) => room >= (amounts[item * dimensions + row] as number))) refused.push(item);
    }
    return refused.join();
  }

  #branching(host: number): Branching {
    const known = this.#branchings[host];
    if (known !== undefined) return known;
    const made = new Branching(this.#knapsacks[host] as Knapsack);
    this.#branchings[host] = made;
    return made;
  }
}
