import { cheapestAlone } from "./alone.ts";
import { farley } from "./certificate.ts";
import { type Column, single } from "./column.ts";
import { ColumnSearch, type Programme } from "./column-search.ts";
import { fluidPrices } from "./fluid-prices.ts";
import type { Group, Instance } from "./instance.ts";
import { PriceBox } from "./price-box.ts";
import { Pricing } from "./pricing.ts";
import { Progress } from "./progress.ts";
import { Simplex } from "./simplex.ts";

/** How far the bound may stay below the relaxed cost, as a part of it. */
const gapWanted = 5e-4;
/** With more items than this it takes long to come so close. */
const itemsForGap = 40;
const roundsMax = 200;
/** How near prices stay to those of the best bound, while that brings columns. */
const smoothing = 0.5;
/** A bound that is so many times too far away gets three times the nodes. */
const wide = 10;
/** The box around prices has done what it can once it accounts for so much of what is open, and the rest is so small a part of it. */
const boxed = 0.2;
const rest = 0.7;

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
    this.#nodesMax = nodesMax;
    const box = this.#isPerturbed ? this.#startBox() : null;
    const progress = new Progress();
    for (; this.rounds < roundsMax + 2 * this.instance.items; this.rounds++) {
      if (this.simplex.columns.length > 18 * this.instance.items + 400) this.forget(10 * this.instance.items + 200);
      this.simplex.minimise(2000);
      const cost = box?.cost() ?? this.simplex.cost();
      const open = cost - this.bound;
      this.#nodesMax = nodesMax * (open > wide * gap * cost ? 3 : 1);
      const isClose = open <= (progress.level > 2 ? 2 : 1) * gap * cost;
      if (cost <= negligible || isClose || this.pricing.nodes >= this.#nodesMax) break;
      const within = this.simplex.cost() - this.bound;
      if (box !== null && (within < rest * open || progress.isMissed) && open - within > boxed * open) {
        box.centre(this.prices, this.bound);
        continue;
      }
      const { nodes } = this.pricing;
      const added = this.#round(progress.isMissed ? 0 : smoothing, progress);
      if (!progress.goesOn({ open, added, isSearched: this.pricing.nodes > nodes })) break;
    }
    box?.lift();
    this.simplex.minimise(2000);
  }

  /** Around the fluid's prices or those of the columns there are, whichever prove more. */
  #startBox(): PriceBox {
    const alone = cheapestAlone(this.instance).map(({ each }) => each);
    const box = new PriceBox(this.simplex, Float64Array.from(alone));
    this.simplex.minimise(2000);
    for (const near of [1, 0]) this.#round(near, { level: 0, nodesMax: 0 });
    box.centre(this.prices, this.bound);
    return box;
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

  /** Prices so near to those of the best bound, else the present ones; how many columns it found that improve the programme. */
  #round(smoothing: number, at: { readonly level: number; readonly nodesMax: number }): number {
    const present = this.presentPrices();
    const prices = present.map((price, item) => smoothing * (this.prices[item] as number) + (1 - smoothing) * price);
    const nodesLeft = Math.max(0, this.#nodesMax - this.pricing.nodes);
    const nodesMax = Math.floor(Math.min(at.nodesMax, nodesLeft / 4));
    const added = this.#search.find(prices, { isThorough: at.level > 0, nodesMax });
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

  /** For each item the host that holds it cheapest by itself, or a stand-in. */
  #firstColumns(standIn: Float64Array | null): Column[] {
    const { items, most } = this.instance;
    return cheapestAlone(this.instance).map(({ host, each }, item) => {
      if (host < 0) return single(item, standIn?.[item] ?? each);
      const content = new Float64Array(items);
      content[item] = most[host * items + item] as number;
      return this.columnOf(host, content);
    });
  }
}
