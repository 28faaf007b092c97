import { farley } from "./certificate.ts";
import type { Column } from "./column.ts";
import { fluidPrices } from "./fluid-prices.ts";
import type { Group, Instance } from "./instance.ts";
import { Pricing } from "./pricing.ts";
import { Simplex } from "./simplex.ts";

/** How far the bound may stay below the relaxed cost, as a part of it. */
const gapWanted = 5e-4;
const roundsMax = 200;
/** Hosts with as many as these contents a round give columns enough; fewer hosts give several each, of different items. */
const columnsWanted = 20;
const smoothingAtMost = 0.6;
/** How many nodes a search for one host's content may take: more when fewer brought nothing. */
const nodesAtLevel = [0, 0, 500, 5000, 50_000, 500_000];
/** A table serves many hosts at once. */
const tableNodes = 8;

interface RunLimits {
  readonly gap?: number;
  /** A cost that counts as none. */
  readonly negligible?: number;
  readonly nodesMax?: number;
}

/** The configuration linear programme: its columns, and the prices that prove the best bound met on the way (Gilmore & Gomory; Farley). */
export class ColumnGeneration {
  readonly instance: Instance;
  readonly simplex: Simplex;
  readonly pricing: Pricing;
  /** The prices of the best bound so far, at which no host without a `countMax` is overpaid. */
  prices: Float64Array;
  bound = 0;
  rounds = 0;
  readonly #limitRow: Int32Array;
  readonly #known = new Set<string>();
  #gap = gapWanted;

  /** `standIn`: what a task that goes on no host costs; without it, more than any host, and for items that some host without a limit takes, never. */
  constructor(instance: Instance, standIn: Float64Array | null = null) {
    this.instance = instance;
    this.pricing = new Pricing(instance);
    this.#limitRow = new Int32Array(instance.hosts).fill(-1);
    const limits: number[] = [];
    for (let host = 0; host < instance.hosts; host++) {
      if (instance.countMax[host] === Number.POSITIVE_INFINITY) continue;
      this.#limitRow[host] = instance.items + limits.length;
      limits.push(instance.countMax[host] as number);
    }
    const wanted = Float64Array.from([...instance.counts, ...limits]);
    this.simplex = new Simplex(wanted, this.#firstColumns(standIn));
    this.prices = standIn ?? fluidPrices(instance);
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
  run({ gap = gapWanted, negligible = 0, nodesMax = 3_000_000 }: RunLimits = {}): void {
    this.#gap = Math.min(gap, gapWanted);
    let smoothing = smoothingAtMost;
    let level = 0;
    for (; this.rounds < roundsMax + 2 * this.instance.items; this.rounds++) {
      this.simplex.minimise(2000);
      const cost = this.simplex.cost();
      if (cost <= negligible || cost - this.bound <= gap * cost) break;
      if (this.pricing.nodes >= nodesMax) break;
      const added = this.#round(smoothing, level);
      if (added > 0) {
        if (smoothing > 0) smoothing = smoothingAtMost;
      } else if (smoothing > 0) smoothing = smoothing > 0.4 ? 0.3 : 0;
      else if (++level >= nodesAtLevel.length) break;
    }
  }

  /** The same programme for other amounts, improved by a few rounds of pricing that prove nothing. */
  ask(left: Float64Array, hostsLeft: Float64Array, rounds: number): void {
    const limits = hostsLeft.filter((_, host) => (this.#limitRow[host] as number) >= 0);
    this.simplex.change(Float64Array.from([...left, ...limits]), 2000);
    if (rounds > 0) this.pricing.limit(left);
    for (let round = 0; round < rounds; round++) {
      if (this.#price(this.presentPrices(), 0) === 0) break;
      this.simplex.minimise(2000);
    }
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
    const added = this.#price(prices, level);
    const { bound, overpaid } = farley(this.instance, prices, this.pricing.bounds);
    if (bound > this.bound) {
      this.bound = bound;
      this.prices = prices.map((price) => price / overpaid);
    }
    return added;
  }

  #price(prices: Float64Array, level: number): number {
    const { hosts } = this.instance;
    let added = 0;
    const open: number[] = [];
    for (let host = 0; host < hosts; host++) {
      const floor = this.#floorOf(host);
      if (this.pricing.relax(host, prices) <= floor) continue;
      const content = this.pricing.round(host, prices, { floor, isThorough: level > 0 });
      if (content === null) open.push(host);
      if (content === null || !this.#improve(host, content)) continue;
      added++;
      if (hosts < columnsWanted && level === 0) added += this.#others(host, prices, { content, floor });
    }
    const nodesMax = nodesAtLevel[level] as number;
    if (nodesMax === 0) return added;
    const tabled = this.pricing.tabulate(open, prices, nodesMax * tableNodes);
    for (const host of open) {
      const floor = this.#floorOf(host);
      if ((this.pricing.bounds[host] as number) <= floor) continue;
      const content = tabled.get(host) ?? this.pricing.search(host, prices, { floor, nodesMax }).content;
      if (content !== null && this.#improve(host, content)) added++;
    }
    return added;
  }

  /** Contents that are worth less do not matter. */
  #floorOf(host: number): number {
    return this.#ownCost(host) * (1 + this.#gap / 2);
  }

  #ownCost(host: number): number {
    const limit = this.#limitRow[host] as number;
    return (this.instance.cost[host] as number) - (limit < 0 ? 0 : Math.min(0, this.simplex.duals[limit] as number));
  }

  #improve(host: number, content: Float64Array): boolean {
    const isBetter = this.simplex.reducedCost(this.columnOf(host, content)) < -1e-7 * this.#ownCost(host);
    return isBetter && this.addContent(host, content);
  }

  /** Further contents of the host without the items of those before; its bound stays that of the first. */
  #others(
    host: number,
    prices: Float64Array,
    from: { readonly content: Float64Array; readonly floor: number },
  ): number {
    const bound = this.pricing.bounds[host] as number;
    const rest = prices.slice();
    let content: Float64Array | null = from.content;
    let added = 0;
    for (let at = 1; at < columnsWanted / this.instance.hosts && content !== null; at++) {
      for (const [item, count] of content.entries()) if (count > 0) rest[item] = 0;
      if (this.pricing.relax(host, rest) <= from.floor) break;
      content = this.pricing.round(host, rest, { floor: from.floor, isThorough: false });
      if (content !== null && this.addContent(host, content)) added++;
    }
    this.pricing.bounds[host] = bound;
    return added;
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
