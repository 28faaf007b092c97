import { allocate } from "./allocate.ts";
import { estimate, fleetCost, type Priced } from "./estimate.ts";
import { explain } from "./explain.ts";
import { existingOf, fleetOf } from "./fleet.ts";
import type { Market } from "./model/catalogue.ts";
import type { Estimate } from "./model/comparison.ts";
import type { Assignment, Context, Plan, PurchaseOption } from "./model/launch-type.ts";
import { contextOf } from "./model/launch-type.ts";
import { type Assumption, distinctProblems, type Problem } from "./model/problem.ts";
import type { Workload } from "./model/workload.ts";
import { priceRange } from "./price-range.ts";
import { scaledOf } from "./scaled.ts";
import { tasksRun } from "./tasks-run.ts";

/** An option to price: which service runs where. */
export interface Option {
  readonly id: string;
  readonly label: string;
  readonly launchType: string;
  readonly purchaseOption: PurchaseOption | "mixed";
  readonly assignments: readonly Assignment[];
  /** Assumptions and refusals that come of reading the option, before anything is priced. */
  readonly assumptions: readonly Omit<Assumption, "effect">[];
  readonly problems: readonly Problem[];
}

interface PricedOption {
  readonly estimate: Estimate;
  readonly run: Priced;
}

interface PricedPlan {
  readonly plan: Plan;
  readonly priced: Priced;
  explained(): readonly Assumption[];
}

/** Prices options. Those that run the same, as what is configured for Fargate and all on Fargate do, are calculated once. */
export function pricing(workload: Workload, market: Market): (option: Option) => PricedOption {
  const known = new Map<string, PricedPlan>();
  return (option) => {
    const { assignments } = option;
    const key = JSON.stringify(
      assignments.map(({ service, launchType, share }) => [
        service,
        launchType,
        `${share.numerator}/${share.denominator}`,
      ]),
    );
    const priced = known.get(key) ?? pricedPlan({ workload, assignments }, market);
    known.set(key, priced);
    return shownAs(option, priced, market);
  };
}

function pricedPlan(plan: Plan, market: Market): PricedPlan {
  const priced = estimate(plan, market);
  let explained: readonly Assumption[] | null = null;
  return {
    ...{ plan, priced },
    explained() {
      explained ??= explain(plan, priced, market);
      return explained;
    },
  };
}

function shownAs(option: Option, { plan, priced, explained }: PricedPlan, market: Market): PricedOption {
  const problems = distinctProblems([...option.problems, ...priced.refusals, ...priced.unpriced]);
  const isWhole = option.problems.length === 0 && priced.unpriced.length === 0;
  const feasible = problems.length === 0;
  const read = option.assumptions.map((assumption) => ({ ...assumption, effect: null }));
  const shown: Estimate = {
    id: option.id,
    label: option.label,
    launchType: option.launchType,
    purchaseOption: option.purchaseOption,
    runs: option.assignments.map(({ service, launchType, share }) => ({
      service,
      launchType,
      share: share.denominator === 1n ? `${share.numerator}` : `${share.numerator}/${share.denominator}`,
    })),
    tasks: feasible ? tasksRun(priced) : [],
    problems,
    charges: feasible ? priced.charges : [],
    total: feasible ? priced.total : null,
    range: feasible ? priceRange(priced.charges, market.book) : null,
    totalOnceMended: !feasible && isWhole ? priced.total : null,
    allocation: feasible ? allocate(priced) : [],
    fleet: feasible ? fleetOf(priced.parts) : null,
    fleetCost: feasible ? fleetCost(priced, market) : null,
    existing: feasible ? existingOf(priced.parts) : null,
    packing: feasible ? (priced.parts.find((part) => part.packing !== null)?.packing ?? null) : null,
    realisation: feasible ? realisationOf(priced, contextOf(plan.workload, market.book)) : null,
    interruptions: interruptionsOf(priced, market),
    scaling: feasible ? scaledOf(plan, priced, market) : null,
    assumptions: feasible ? [...read, ...explained()] : [],
    spotWithoutLeave: spotWithoutLeave(option, priced),
    leavesOut: priced.parts.find(({ launchType }) => launchType.leavesOut !== undefined)?.launchType.leavesOut ?? null,
  };
  return { estimate: shown, run: priced };
}

/** Of the Spot instances in the fleet. */
function interruptionsOf(priced: Priced, { book }: Market): Estimate["interruptions"] {
  const spot = priced.parts.filter((part) => part.launchType.purchaseOption === "spot");
  const types = spot.flatMap((part) => part.instances.map((life) => life.instanceType));
  const known = types.flatMap((type) => {
    const interruption = book.interruptions?.get(type);
    return interruption === undefined ? [] : [[type, interruption] as const];
  });
  return new Map(known);
}

function realisationOf({ parts }: Priced, context: Context): Estimate["realisation"] {
  for (const { launchType, instances } of parts) {
    const realised = launchType.billedBy === "instance" ? launchType.realise(instances, context) : null;
    if (realised !== null) return realised;
  }
  return null;
}

/** Services put on Spot without leave; a daemon that only goes where its instances are is not put there. */
function spotWithoutLeave(option: Option, priced: Priced): string[] {
  const isPutOn = (launchType: string, service: string) =>
    option.assignments.some((on) => on.launchType === launchType && on.service === service);
  return priced.parts
    .filter((part) => part.launchType.purchaseOption === "spot")
    .flatMap((part) => part.tasks.filter((task) => isPutOn(part.launchType.id, task.service.name)))
    .filter((task) => !task.service.interruptible)
    .map((task) => task.service.name);
}
