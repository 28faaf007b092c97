import { farley } from "./certificate.ts";
import type { Column } from "./column.ts";
import { ColumnSearch, type Programme } from "./column-search.ts";
import { fluidPrices } from "./fluid-prices.ts";
import type { Group, Instance } from "./instance.ts";
import { Pricing } from "./pricing.ts";
import { Simplex } from "./simplex.ts";

/** How far the bound may stay below the relaxed cost, as a part of it. */
const gapWanted = 5e-4;
/** With more items than this it takes long to come so close. */
const itemsForGap = 40;
const roundsMax = 200;
/** How near prices stay to those of the best bound, one after the other at every level of nodes. */
const smoothings = [0.6, 0.3, 0];
/** How many nodes a search for one host's content may take: more when fewer brought nothing. */
const nodesAtLevel = [0, 0, 500, 5000, 50_000, 500_000];
const stages = nodesAtLevel.length * smoothings.length;
/** Rounds that each leave more than this part of the gap are too few when there are so many of them. */
const shrinking = 0.97;
/** A bound that is so many times too far away gets three times the nodes. */
const wide = 10;
const stalledMax = 6;
const searchedMax = 3;

const perturbation = 1e-5;
const goldenRatio = 0.6180339887498949;

interface RunLimits {
  readonly gap?: number;
  /** A cost that counts as none. */
  readonly negligible?: number;
  readonly nodesMax?: number;
}

/** The configuration linear programme: its columns, and the prices that prove the best bound met on the way (Gilmore & Gomory; Farley). */
export class ColumnGeneration implements Programme {
  readonly instance: Instance;
  readonly simplex: Simplex;
  readonly pricing: Pricing;
  /** The prices of the best bound so far, at which no host without a `countMax` is overpaid. */
  prices: Float64Array;
  /** Of each host: no content is dearer than this at these prices. */
  bounds: Float64Array;
  bound = 0;
  rounds = 0;
  readonly #limitRow: Int32Array;
  readonly #known = new Set<string>();
  readonly #search: ColumnSearch;
  readonly #isPerturbed: boolean;
  #nodesMax = 0;

  /** `standIn`: what a task that goes on no host costs; without it, more than any host, and for items that some host without a limit takes, never. */
  constructor(instance: Instance, standIn: Float64Array | null = null) {
    this.instance = instance;
    this.pricing = new Pricing(instance);
    this.#search = new ColumnSearch(instance, this.pricing, this);
    this.#search.tolerance = gapWanted / 8;
    this.#limitRow = new Int32Array(instance.hosts).fill(-1);
    const limits: number[] = [];
    for (let host = 0; host < instance.hosts; host++) {
      if (instance.countMax[host] === Number.POSITIVE_INFINITY) continue;
      this.#limitRow[host] = instance.items + limits.length;
      limits.push(instance.countMax[host] as number);
    }
    this.#isPerturbed = standIn === null;
    this.simplex = new Simplex(this.#wanted(instance.counts, limits), this.#firstColumns(standIn));
    this.prices = standIn ?? fluidPrices(instance);
    this.bounds = new Float64Array(instance.hosts);
  }

  add(groups: readonly Group[]): void {
    for (const { host, content } of groups) this.addContent(host, content);
  }

  addContent(host: number, content: Float64Array): boolean {
    const key = `${host}:${content.join()}`;
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    this.simplex.add(this.columnOf(host, content));
    return true;
  }

  columnOf(host: number, content: Float64Array): Column {
    const rows: number[] = [];
    const values: number[] = [];
    for (const [item, count] of content.entries()) {
      if (count === 0) continue;
      rows.push(item);
      values.push(count);
    }
    const limit = this.#limitRow[host] as number;
    if (limit >= 0) {
      rows.push(limit);
      values.push(1);
    }
    const cost = this.instance.cost[host] as number;
    return { host, content, cost, rows: Int32Array.from(rows), values: Float64Array.from(values) };
  }

  /** Rounds of pricing until the bound is close to the relaxed cost, or nothing more is found. */
  run({ gap = this.#gapWanted(), negligible = 0, nodesMax = 2_000_000 }: RunLimits = {}): void {
    this.#search.tolerance = Math.min(gap, gapWanted) / 8;
    let stalled = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let stage = 0; stage < stages && this.rounds < roundsMax + 2 * this.instance.items; this.rounds++) {
      if (this.simplex.columns.length > 16 * this.instance.items + 400) this.forget(8 * this.instance.items + 200);
      this.simplex.minimise(2000);
      const cost = this.simplex.cost();
      const level = Math.floor(stage / smoothings.length);
      const open = cost - this.bound;
      this.#nodesMax = nodesMax * (open > wide * gap * cost ? 3 : 1);
      if (cost <= negligible || open <= (level > 2 ? 2 : 1) * gap * cost || this.pricing.nodes >= this.#nodesMax) break;
      // Columns are found to the very end, but after a while they change little.
      stalled = open > least * shrinking ? stalled + 1 : 0;
      least = Math.min(least, open);
      const { nodes } = this.pricing;
      const added = this.#round(smoothings[stage % smoothings.length] as number, level);
      if (added > 0 && stalled < (nodes === this.pricing.nodes ? stalledMax : searchedMax)) continue;
      stalled = 0;
      stage++;
    }
  }

  #gapWanted(): number {
    return gapWanted * Math.max(1, this.instance.items / itemsForGap);
  }

  /** Drops columns that the programme has no use for at present. */
  forget(columnsMax: number): void {
    for (const { host, content } of this.simplex.forget(columnsMax)) this.#known.delete(`${host}:${content.join()}`);
  }

  /** The same programme for other amounts, improved by a few rounds of pricing that prove nothing. */
  ask(left: Float64Array, hostsLeft: Float64Array, rounds: number): void {
    const limits = hostsLeft.filter((_, host) => (this.#limitRow[host] as number) >= 0);
    const pivotsMax = 50 + 2 * this.instance.items;
    this.simplex.change(this.#wanted(left, limits), pivotsMax);
    if (rounds > 0) this.pricing.limit(left);
    for (let round = 0; round < rounds; round++) {
      if (this.#search.find(this.presentPrices(), { isThorough: false, nodesMax: 0 }) === 0) break;
      this.simplex.minimise(pivotsMax);
    }
  }

  /** A hair more than is wanted, of each item another: where tasks run out together, pivots would go round in circles. */
  #wanted(counts: Float64Array, limits: ArrayLike<number>): Float64Array {
    const hair = this.#isPerturbed ? perturbation : 0;
    const more = counts.map((count, item) => count + hair * (1 + ((item * goldenRatio) % 1)));
    return Float64Array.from([...more, ...Array.from(limits)]);
  }

  presentPrices(): Float64Array {
    return Float64Array.from({ length: this.instance.items }, (_, item) =>
      Math.max(0, this.simplex.duals[item] as number),
    );
  }

  /** Prices between those of the best bound and the present ones; how many columns it found that improve the programme. */
  #round(smoothing: number, level: number): number {
    const present = this.presentPrices();
    const prices = present.map((price, item) => smoothing * (this.prices[item] as number) + (1 - smoothing) * price);
    const nodesLeft = Math.max(0, this.#nodesMax - this.pricing.nodes);
    const nodesMax = Math.floor(Math.min(nodesAtLevel[level] as number, nodesLeft / 4));
    const added = this.#search.find(prices, { isThorough: level > 0, nodesMax });
    const { bound, overpaid } = farley(this.instance, prices, this.pricing.bounds);
    if (bound > this.bound) {
      this.bound = bound;
      this.prices = prices.map((price) => price / overpaid);
      this.bounds = this.pricing.bounds.map((dearest) => dearest / overpaid);
    }
    return added;
  }

  ownCost(host: number): number {
    const limit = this.#limitRow[host] as number;
    return (this.instance.cost[host] as number) - (limit < 0 ? 0 : Math.min(0, this.simplex.duals[limit] as number));
  }

  improve(host: number, content: Float64Array): boolean {
    const isBetter = this.simplex.reducedCost(this.columnOf(host, content)) < -1e-7 * this.ownCost(host);
    return isBetter && this.addContent(host, content);
  }

  /** For each item the host that holds it cheapest by itself; where all have a `countMax`, a stand-in dearer than any. */
  #firstColumns(standIn: Float64Array | null): Column[] {
    const { items, hosts, cost, most, countMax, counts } = this.instance;
    const dearest = cost.reduce((sum, of) => Math.max(sum, of), 1);
    return Array.from({ length: items }, (_, item) => {
      let best = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let host = 0; host < hosts; host++) {
        const each = (cost[host] as number) / (most[host * items + item] as number);
        if (countMax[host] !== Number.POSITIVE_INFINITY || most[host * items + item] === 0 || each >= least) continue;
        least = each;
        best = host;
      }
      if (best < 0)
        return {
          host: -1,
          content: new Float64Array(0),
          cost: standIn?.[item] ?? dearest * 100,
          rows: Int32Array.of(item),
          values: Float64Array.of(1),
        };
      const content = new Float64Array(items);
      content[item] = Math.min(most[best * items + item] as number, counts[item] as number);
      return this.columnOf(best, content);
    });
  }
}
