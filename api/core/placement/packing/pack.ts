import type { Packing, PackingProblem } from "../../model/packing.ts";
import { ColumnGeneration } from "./column-generation.ts";
import { cutOf } from "./cut.ts";
import { dive } from "./dive.ts";
import { firstFit } from "./first-fit.ts";
import { costOf, type Group, type Instance } from "./instance.ts";
import { PlanByPlan } from "./plan-by-plan.ts";
import { expand, type Reduction, reduce } from "./reduce.ts";
import { ruinAndRecreate } from "./ruin-and-recreate.ts";
import { seal } from "./seal.ts";
import { greatestCommonDivisor } from "./tighten.ts";

const hair = 1e-9;
const noFleet = { groups: [], nodes: 0 };

const limitsOf = {
  standard: {
    programme: {},
    ruin: { iterations: 30, sizeMax: 4, plansMax: 3, nodesMax: 3000 },
    plans: {
      plansMax: 40,
      nodesMaxEach: 30_000,
      nodesMax: 400_000,
      settledMax: 12,
      nodesMaxAgain: 0,
      nodesMaxPlan: 6_000,
    },
    instancesMax: 40,
  },
  prove: {
    programme: { gap: 1e-12, nodesMax: 3_000_000 },
    ruin: { iterations: 120, sizeMax: 6, plansMax: 6, nodesMax: 15_000 },
    plans: {
      plansMax: 200,
      nodesMaxEach: 5_000_000,
      nodesMax: 60_000_000,
      settledMax: 1000,
      nodesMaxAgain: 56_000_000,
      nodesMaxPlan: 120_000,
    },
    instancesMax: 400,
  },
};

/**
 * The cheapest set of instances that holds the items, as far as the effort goes, and how much less any other could cost: variable-size
 * vector bin packing by column generation. Null: some item fits on none of its hosts, or, where hosts have a `countMax`, no fleet was found: mostly
 * there is none then, but where they suffice by a hair it may have been missed.
 */
export function pack(problem: PackingProblem): Packing | null {
  const reduction = reduce(problem);
  const { instance } = reduction;
  if (instance.items === 0) return answer(problem, reduction, nothingToPack());
  if (!everyItemFits(instance)) return null;
  const programme = new ColumnGeneration(instance);
  const simple = firstFit(instance);
  if (simple !== null) programme.add(simple);
  programme.run(limitsOf[problem.effort].programme);
  const { prices, bound } = programme;
  const certificate = seal(instance, programme);
  const dived = dive(programme, { roundsEach: 2 });
  const start = cheapest([simple, dived], instance);
  const lowest = roundedUp(Math.max(certificate.lowerBound, Math.ceil(bound * (1 - hair))), instance);
  const { pricing } = programme;
  const known = { instance, pricing, prices, cuts: [cutOf(instance, prices, pricing)] };
  const limits = limitsOf[problem.effort];
  const improved = start === null ? noFleet : ruinAndRecreate(known, start, limits.ruin);
  const cost = start === null ? dearest(instance) : costOf(improved.groups, instance);
  const search = new PlanByPlan(known, { groups: improved.groups, cost, lowerBound: lowest }, limits.plans);
  if (improved.groups.reduce((sum, { count }) => sum + count, 0) <= limits.instancesMax) search.run();
  const groups = search.groups.filter(({ content }) => content.some((count) => count > 0));
  if (groups.length === 0) return null;
  const lowerBound = roundedUp(search.lowerBound, instance);
  const work = {
    pivots: programme.simplex.pivots,
    nodes: programme.pricing.nodes + search.nodes + improved.nodes,
    iterations: programme.rounds + search.settled,
  };
  return answer(problem, reduction, { groups, lowerBound, certificate, work });
}

type Solved = Pick<Packing, "lowerBound" | "certificate" | "work"> & { readonly groups: readonly Group[] };

function nothingToPack(): Solved {
  return {
    groups: [],
    lowerBound: 0,
    certificate: { prices: [], lowerBound: 0 },
    work: { pivots: 0, nodes: 0, iterations: 0 },
  };
}

function answer(problem: PackingProblem, reduction: Reduction, solved: Solved): Packing {
  const cost = costOf(solved.groups, reduction.instance);
  const prices = new Array<number>(problem.items.length).fill(0);
  for (const [merged, places] of reduction.itemsOf.entries()) {
    for (const place of places) prices[place] = solved.certificate.prices[merged] as number;
  }
  return {
    instances: expand(solved.groups, reduction, problem),
    cost,
    lowerBound: solved.lowerBound,
    proven: cost === solved.lowerBound,
    certificate: { prices, lowerBound: solved.certificate.lowerBound },
    work: solved.work,
  };
}

/** More than the cheapest fleet may cost, if there is one. */
function dearest({ hosts, cost, countMax, counts }: Instance): number {
  const tasks = counts.reduce((sum, count) => sum + count, 0);
  let sum = 1;
  for (let host = 0; host < hosts; host++) sum += (cost[host] as number) * Math.min(countMax[host] as number, tasks);
  return sum;
}

function everyItemFits({ items, hosts, most }: Instance): boolean {
  const fitsSomewhere = (item: number) => {
    for (let host = 0; host < hosts; host++) if ((most[host * items + item] as number) > 0) return true;
    return false;
  };
  return Array.from({ length: items }, (_, item) => item).every(fitsSomewhere);
}

function cheapest(fleets: readonly (Group[] | null)[], instance: Instance): Group[] | null {
  let best: Group[] | null = null;
  for (const groups of fleets) {
    if (groups !== null && (best === null || costOf(groups, instance) < costOf(best, instance))) best = groups;
  }
  return best;
}

/** Every fleet costs a multiple of what all hosts' costs are multiples of. */
function roundedUp(bound: number, instance: Instance): number {
  const unit = instance.cost.reduce(greatestCommonDivisor, 0);
  return unit === 0 ? bound : Math.ceil(bound / unit) * unit;
}
