import type { Instance } from "./instance.ts";
import type { Pricing } from "./pricing.ts";

/** So many contents a round are columns enough; where fewer hosts are worth it, these give several each, of different items. */
const columnsWanted = 20;
/** With more items than this, more. */
const itemsWanted = 20;
/** A table serves many hosts at once. */
const tableNodes = 8;
const shortSearch = 5000;
const enough = 4;
/** To try every item in the place of every other takes too long beyond this. */
const itemsToSwap = 64;

/** What a linear programme makes of contents. */
export interface Programme {
  /** What an instance of the host costs, and more where there are too few of it. */
  ownCost(host: number): number;
  /** Adds the content as a column, if the programme costs less with it. */
  improve(host: number, content: Float64Array): boolean;
  addContent(host: number, content: Float64Array): boolean;
}

/** A content that is worth more than the floor. */
interface Given {
  readonly host: number;
  readonly content: Float64Array;
  readonly floor: number;
}

/** Contents of all hosts that are worth more than these cost, for a linear programme; leaves bounds on all contents in `pricing.bounds`. */
export class ColumnSearch {
  readonly #instance: Instance;
  readonly #pricing: Pricing;
  readonly #programme: Programme;
  /** By how much, as a part of its cost, a host may be overpaid. */
  tolerance = 0;

  constructor(instance: Instance, pricing: Pricing, programme: Programme) {
    this.#instance = instance;
    this.#pricing = pricing;
    this.#programme = programme;
  }

  /** How many columns it added. With `nodesMax` 0 contents are rounded ones only. */
  find(prices: Float64Array, limits: { readonly isThorough: boolean; readonly nodesMax: number }): number {
    const { hosts } = this.#instance;
    let added = 0;
    const open: number[] = [];
    const given: Given[] = [];
    for (let host = 0; host < hosts; host++) {
      const floor = this.#floorOf(host);
      if (this.#pricing.relax(host, prices) <= floor) continue;
      const content = this.#pricing.round(host, prices, {
        floor,
        isThorough: limits.isThorough && this.#instance.items <= itemsToSwap,
      });
      if (content === null) open.push(host);
      if (content === null || !this.#programme.improve(host, content)) continue;
      added++;
      given.push({ host, content, floor });
    }
    const wanted = columnsWanted * Math.max(1, this.#instance.items / itemsWanted);
    const each = Math.floor(wanted / given.length) - 1;
    for (const one of given) added += this.#others(one, prices, each);
    // While much is found without it, a search comes too early: the prices are not those it would be worth its while for.
    return limits.nodesMax === 0 || added >= enough ? added : added + this.#search(open, prices, limits.nodesMax);
  }

  /** Contents of hosts whose rounded ones are worth too little: a short search, then tables, then a long search. */
  #search(open: readonly number[], prices: Float64Array, nodesMax: number): number {
    const pricing = this.#pricing;
    const ratio = (host: number) => (pricing.bounds[host] as number) / this.#programme.ownCost(host);
    const isOpen = (host: number) => ratio(host) > 1 + this.tolerance;
    let added = 0;
    const search = (host: number, limits: { readonly floor: number; readonly nodesMax: number }) => {
      const { content } = pricing.search(host, prices, limits);
      if (content !== null && this.#programme.improve(host, content)) added++;
      return content === null;
    };
    const short = Math.min(nodesMax, shortSearch);
    const hard = open.filter(
      (host) => short > 0 && search(host, { floor: this.#floorOf(host), nodesMax: short }) && isOpen(host),
    );
    if (short === nodesMax) return added;
    for (const [host, content] of pricing.tabulate(hard, prices, nodesMax * tableNodes)) {
      if (isOpen(host) && this.#programme.improve(host, content)) added++;
    }
    // What one host remains overpaid by, the others may be too.
    let overpaid = 1 + 4 * this.tolerance;
    for (const host of hard.filter(isOpen).sort((a, b) => ratio(a) - ratio(b) || a - b)) {
      if (ratio(host) <= overpaid) continue;
      search(host, { floor: this.#programme.ownCost(host) * overpaid, nodesMax });
      overpaid = Math.max(overpaid, ratio(host));
    }
    return added;
  }

  /** Contents that are worth less do not matter. */
  #floorOf(host: number): number {
    return this.#programme.ownCost(host) * (1 + this.tolerance);
  }

  /** So many further contents of the host without the items of those before; its bound stays that of the first. */
  #others({ host, content: first, floor }: Given, prices: Float64Array, contentsMax: number): number {
    const bound = this.#pricing.bounds[host] as number;
    const rest = prices.slice();
    let content: Float64Array | null = first;
    let added = 0;
    for (let at = 0; at < contentsMax && content !== null; at++) {
      for (const [item, count] of content.entries()) if (count > 0) rest[item] = 0;
      if (this.#pricing.relax(host, rest) <= floor) break;
      content = this.#pricing.round(host, rest, { floor, isThorough: false });
      if (content !== null && this.#programme.improve(host, content)) added++;
    }
    // The host's relaxation now is one at other prices.
    this.#pricing.bounds[host] = bound;
    return added;
  }
}
