import { cutOf } from "./cut.ts";
import { type Plan, PlanSearch, type Plans } from "./host-plan.ts";
import type { Group, Instance } from "./instance.ts";
import { type Cut, needsOf } from "./needs.ts";
import type { Known } from "./replan.ts";
import { settle, settleByTask } from "./settle-plan.ts";

export interface PlanLimits {
  readonly plansMax: number;
  readonly nodesMaxEach: number;
  readonly nodesMax: number;
  readonly settledMax: number;
  /** Of coming back to plans that stayed open, and all before. */
  readonly nodesMaxAgain: number;
  /** Of moving the tasks of one plan about, and as many of branching. */
  readonly nodesMaxPlan: number;
}

const cutsMax = 24;
/** Plans that are settled where there are too many to go through. */
const sampled = 8;
const retriesMax = 12;
/** Of the effort, each time plans that stayed open are tried again. */
const growth = 4;
const hair = 1e-9;

/**
 * Host plans from the cheapest on: each is packed, or refuted by a linear programme whose prices refute others with it, or stays open. The
 * first that packs is the cheapest fleet, if none before it stayed open.
 */
export class PlanByPlan {
  groups: readonly Group[];
  cost: number;
  /** No fleet costs less. */
  lowerBound: number;
  nodes = 0;
  settled = 0;
  readonly #known: Known;
  readonly #limits: PlanLimits;
  readonly #cuts: Cut[];
  /** Every plan that costs less has been refuted or is open. */
  #floor: number;
  /** Plans that have been settled, by cuts or otherwise. */
  readonly #closed = new Set<string>();
  #cutsMade = 0;
  #open: Plan[] = [];

  constructor(known: Known, start: { groups: readonly Group[]; cost: number; lowerBound: number }, limits: PlanLimits) {
    this.#known = known;
    this.#limits = limits;
    this.#cuts = [...known.cuts];
    this.groups = start.groups;
    this.cost = start.cost;
    this.lowerBound = start.lowerBound;
    this.#floor = start.lowerBound;
  }

  run(): void {
    this.#search();
    this.#retry();
    this.#raise();
  }

  #search(): void {
    let window = (this.cost - this.#floor) / 8;
    let retries = 0;
    while (this.#floor < this.cost && this.nodes < this.#limits.nodesMax && this.settled < this.#limits.settledMax) {
      const below = Math.min(this.cost, this.#floor + window);
      const found = this.#plans(below);
      if (found.completeBelow === 0) {
        const cuts = this.#cutsMade;
        if (!this.#settleAll(found.plans.slice(0, sampled))) break;
        // Cuts that the plans met so far have led to spare many others.
        if (this.#cutsMade > cuts && retries++ < retriesMax) continue;
        window /= 4;
        if (window < 1 || window < (this.cost - this.#floor) * 1e-4) break;
        continue;
      }
      if (!this.#settleAll(found.plans)) break;
      this.#floor = Math.min(this.cost, found.completeBelow);
      if (found.nodes * 8 < this.#limits.nodesMaxEach) window *= 2;
    }
  }

  #plans(below: number): Plans {
    const { instance } = this.#known;
    const needs = needsOf(instance, instance.counts, this.#cuts);
    const found = new PlanSearch(needs, below).find({
      below,
      floor: this.#floor,
      plansMax: this.#limits.plansMax,
      nodesMax: this.#limits.nodesMaxEach,
    });
    this.nodes += found.nodes;
    return found;
  }

  /** False: the limits were reached before all were settled. */
  #settleAll(plans: readonly Plan[]): boolean {
    const fresh: Cut[] = [];
    for (const plan of plans) {
      if (plan.cost >= this.cost) break;
      const key = plan.hosts.map(({ host, count }) => `${host}x${count}`).join();
      if (this.#closed.has(key) || fresh.some((cut) => isRefuted(plan, cut, this.#known.instance))) continue;
      this.#closed.add(key);
      if (this.settled++ >= this.#limits.settledMax || this.nodes >= this.#limits.nodesMax) return false;
      this.#settleOne(plan, fresh);
    }
    this.#cuts.push(...fresh);
    this.#cutsMade += fresh.length;
    if (this.#cuts.length > cutsMax) this.#cuts.splice(1, this.#cuts.length - cutsMax);
    return true;
  }

  #settleOne(plan: Plan, fresh: Cut[]): void {
    const { instance, pricing } = this.#known;
    const settled = settle(plan, this.#known, this.#limits.nodesMaxPlan);
    this.nodes += settled.nodes;
    if (settled.is === "packed") this.#take(plan, settled.groups);
    else if (settled.is === "open") this.#open.push(plan);
    else if (settled.prices !== null) fresh.push(cutOf(instance, settled.prices, pricing));
  }

  /** Plans that stayed open, the cheapest first, with ever more effort. */
  #retry(): void {
    const { nodesMaxPlan, nodesMaxAgain } = this.#limits;
    for (let effort = growth; this.#open.length > 0 && this.nodes < nodesMaxAgain; effort *= growth) {
      for (const plan of this.#open.sort((a, b) => a.cost - b.cost)) {
        if (plan.cost >= this.cost || this.nodes >= nodesMaxAgain) break;
        const settled = settleByTask(plan, this.#known, Math.min(nodesMaxPlan * effort, nodesMaxAgain - this.nodes));
        this.nodes += settled.nodes;
        if (settled.is === "packed") this.#take(plan, settled.groups);
        if (settled.is === "refuted") this.#open = this.#open.filter((other) => other !== plan);
      }
      this.#open = this.#open.filter(({ cost }) => cost < this.cost);
    }
  }

  #raise(): void {
    const openFrom = this.#open.reduce((least, { cost }) => Math.min(least, cost), this.cost);
    this.lowerBound = Math.max(this.lowerBound, Math.min(this.#floor, openFrom));
  }

  #take(plan: Plan, groups: readonly Group[]): void {
    this.groups = groups;
    this.cost = plan.cost;
  }
}

function isRefuted({ hosts }: Plan, { prices, bounds }: Cut, { counts }: Instance): boolean {
  const worth = prices.reduce((sum, price, item) => sum + price * (counts[item] as number), 0);
  const offered = hosts.reduce((sum, { host, count }) => sum + count * (bounds[host] as number), 0);
  return offered < worth * (1 - hair);
}
