import { ExactPlan } from "./exact-plan.ts";
import { type Plan, PlanSearch, type Plans } from "./host-plan.ts";
import type { Group, Instance } from "./instance.ts";
import { type Cut, needsOf } from "./needs.ts";
import { fitInto, packInto } from "./pack-into.ts";
import type { Known } from "./replan.ts";
import { cutOf, settle } from "./settle-plan.ts";

export interface PlanLimits {
  readonly plansMax: number;
  readonly nodesMaxEach: number;
  readonly nodesMax: number;
  readonly settledMax: number;
  /** Of packing the tasks of a plan by simple rules. */
  readonly trials: number;
  /** Of trying everything on the instances of one plan. */
  readonly nodesMaxExact: number;
}

const cutsMax = 24;
/** Plans that are settled where there are too many to go through. */
const sampled = 8;
const retriesMax = 12;
/** Trying everything goes as deep as there are instances times items, and the stack ends somewhere. */
const depthMax = 1000;
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
  #openFrom = Number.POSITIVE_INFINITY;

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
    let window = (this.cost - this.#floor) / 8;
    let retries = 0;
    while (this.#floor < this.cost && this.nodes < this.#limits.nodesMax && this.settled < this.#limits.settledMax) {
      const below = Math.min(this.cost, this.#floor + window);
      const found = this.#search(below);
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
      this.lowerBound = Math.max(this.lowerBound, Math.min(this.#floor, this.#openFrom));
      if (found.nodes * 8 < this.#limits.nodesMaxEach) window *= 2;
    }
  }

  #search(below: number): Plans {
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
    const { instance, pricing, prices } = this.#known;
    const packed = packInto(plan, { instance, pricing, left: instance.counts, prices });
    const settled =
      packed === null ? settle(plan, instance, prices) : { is: "packed" as const, groups: packed, nodes: 0 };
    this.nodes += settled.nodes;
    if (settled.is === "packed") this.#take(plan, settled.groups);
    else if (settled.is === "refuted") fresh.push(cutOf(instance, settled.prices, pricing));
    else this.#tryOpen(plan);
  }

  /** The programme leaves it open: by simple rules, then by trying everything. */
  #tryOpen(plan: Plan): void {
    const { instance } = this.#known;
    const fitted = fitInto(plan, instance, this.#limits.trials);
    if (fitted !== null) {
      this.#take(plan, fitted);
      return;
    }
    const hosts = plan.hosts.flatMap(({ host, count }) => new Array<number>(count).fill(host));
    if (hosts.length * instance.items > depthMax) {
      this.#openFrom = Math.min(this.#openFrom, plan.cost);
      return;
    }
    // Behind a plan that stays open no verdict raises the bound.
    const nodesMax = this.#limits.nodesMaxExact / (plan.cost < this.#openFrom ? 1 : 20);
    const exact = new ExactPlan(instance, hosts, { cuts: this.#cuts, nodesMax });
    const verdict = exact.run();
    this.nodes += Math.ceil(exact.nodes);
    if (verdict === "open") this.#openFrom = Math.min(this.#openFrom, plan.cost);
    if (verdict !== "packed") return;
    const groups = hosts.map((host, at) => ({ host, content: exact.contents[at], count: 1 }));
    this.#take(
      plan,
      groups.flatMap(({ content, ...group }) => (content === undefined ? [] : [{ ...group, content }])),
    );
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
