import type { Cover } from "./fluid-prices.ts";

/** A fleet's hosts meet every row; and more of a host than there are is not to be had. */
export interface Needs extends Cover {
  readonly countMax: Float64Array;
  /** Of a unit of each row, at which no host without a `countMax` is worth more than it costs. */
  readonly prices: Float64Array;
}

/** So many instances of each host. */
export interface Plan {
  readonly hosts: readonly { readonly host: number; readonly count: number }[];
  readonly cost: number;
}

export interface Plans {
  /** The cheapest first. */
  readonly plans: readonly Plan[];
  /** Every plan that costs less than this is among them. */
  readonly completeBelow: number;
  readonly nodes: number;
}

const hair = 1e-9;

/**
 * The cheapest choices of hosts that meet all needs, not yet asking how tasks lie on them: depth-first over the hosts from the dearest on,
 * with a bound for every row alone and for all at their prices, over the hosts still to come.
 */
export class PlanSearch {
  readonly #needs: Needs;
  readonly #order: number[];
  /** Places in the order × (all rows at their prices, then every row alone): the least that a unit costs on the hosts from there on. */
  readonly #unitCost: Float64Array;
  readonly #left: Float64Array;
  readonly #counts: Float64Array;
  #found: Plan[] = [];
  #plansMax = 0;
  #below = 0;
  #floor = 0;
  #nodes = 0;
  #nodesMax = 0;

  constructor(needs: Needs, below: number) {
    this.#needs = needs;
    const { rows, cost, prices, needed } = needs;
    let least = prices.reduce((sum, price, row) => sum + price * (needed[row] as number), 0);
    for (let host = 0; host < cost.length; host++) {
      const gain = this.#worth(host, prices) - (cost[host] as number);
      // Those without a limit are not overpaid.
      if (gain > 0 && needs.countMax[host] !== Number.POSITIVE_INFINITY)
        least -= gain * (needs.countMax[host] as number);
    }
    const spare = Math.max(0, below - least) * (1 + hair) + hair * below;
    this.#order = Array.from(cost, (_, host) => host)
      .filter(
        (host) => (needs.countMax[host] as number) > 0 && (cost[host] as number) - this.#worth(host, prices) <= spare,
      )
      .sort((a, b) => (cost[b] as number) - (cost[a] as number) || a - b);
    this.#unitCost = this.#unitCosts();
    this.#left = new Float64Array((this.#order.length + 1) * rows);
    this.#counts = new Float64Array(this.#order.length);
  }

  /** The cheapest plans that cost less than `below`, at most so many. */
  find(limits: {
    readonly below: number;
    readonly plansMax: number;
    readonly nodesMax: number;
    readonly floor?: number;
  }): Plans {
    this.#found = [];
    this.#plansMax = limits.plansMax;
    this.#below = limits.below;
    this.#nodes = 0;
    this.#nodesMax = limits.nodesMax;
    this.#floor = limits.floor ?? 0;
    this.#left.set(this.#needs.needed);
    this.#descend(0, 0, true);
    const isComplete = this.#nodes < this.#nodesMax;
    return { plans: this.#found, completeBelow: isComplete ? this.#below : 0, nodes: this.#nodes };
  }

  #worth(host: number, weights: Float64Array): number {
    const { rows, offered } = this.#needs;
    let worth = 0;
    for (let row = 0; row < rows; row++) worth += (weights[row] as number) * (offered[host * rows + row] as number);
    return worth;
  }

  #unitCosts(): Float64Array {
    const { rows, prices, offered, cost } = this.#needs;
    const width = rows + 1;
    const costs = new Float64Array((this.#order.length + 1) * width).fill(Number.POSITIVE_INFINITY);
    for (let depth = this.#order.length - 1; depth >= 0; depth--) {
      const host = this.#order[depth] as number;
      for (let at = 0; at < width; at++) {
        const worth = at === 0 ? this.#worth(host, prices) : (offered[host * rows + at - 1] as number);
        const own = worth > 0 ? ((cost[host] as number) / worth) * (1 - hair) : Number.POSITIVE_INFINITY;
        costs[depth * width + at] = Math.min(costs[(depth + 1) * width + at] as number, own);
      }
    }
    return costs;
  }

  /** At least so much more must be paid for what is left, on the hosts from this place on. */
  #least(depth: number): number {
    const { rows, prices } = this.#needs;
    const from = depth * (rows + 1);
    let least = 0;
    let worth = 0;
    for (let row = 0, at = depth * rows; row < rows; row++, at++) {
      const wanted = this.#left[at] as number;
      if (wanted <= 0) continue;
      worth += (prices[row] as number) * wanted;
      const alone = wanted * (this.#unitCost[from + 1 + row] as number);
      if (alone > least) least = alone;
    }
    const together = worth > 0 ? worth * (this.#unitCost[from] as number) : 0;
    return Math.max(together, least);
  }

  #descend(depth: number, cost: number, isNew: boolean): void {
    if (++this.#nodes >= this.#nodesMax) return;
    const least = this.#least(depth);
    if (cost + least >= this.#below) return;
    if (least === 0 && isNew) this.#keep(depth, cost);
    if (depth === this.#order.length) return;
    const { rows, offered, countMax } = this.#needs;
    const host = this.#order[depth] as number;
    const each = this.#needs.cost[host] as number;
    const most = Math.min(countMax[host] as number, Math.floor((this.#below - cost) / Math.max(each, 1)), 10_000);
    for (let count = most; count >= 0; count--) {
      for (let row = 0; row < rows; row++) {
        this.#left[(depth + 1) * rows + row] =
          (this.#left[depth * rows + row] as number) - count * (offered[host * rows + row] as number);
      }
      this.#counts[depth] = count;
      this.#descend(depth + 1, cost + count * each, count > 0);
      if (this.#nodes >= this.#nodesMax) return;
    }
  }

  #keep(depth: number, cost: number): void {
    if (cost < this.#floor) return;
    const hosts = this.#order
      .map((host, at) => ({ host, count: at < depth ? (this.#counts[at] as number) : 0 }))
      .filter(({ count }) => count > 0);
    let place = this.#found.length;
    while (place > 0 && (this.#found[place - 1] as Plan).cost > cost) place--;
    this.#found.splice(place, 0, { hosts, cost });
    if (this.#found.length > this.#plansMax) this.#found.pop();
    if (this.#found.length === this.#plansMax) this.#below = Math.min(this.#below, (this.#found.at(-1) as Plan).cost);
  }
}
