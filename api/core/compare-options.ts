import type { Decimal } from "decimal.js";
import { allocate } from "./allocate.ts";
import { bestMix } from "./best-mix.ts";
import { compare } from "./comparison/compare.ts";
import { estimate, fleetCost, type Priced } from "./estimate.ts";
import { explain } from "./explain.ts";
import { existingOf, fleetOf } from "./fleet.ts";
import { flipsOf } from "./flips.ts";
import type { Market } from "./model/catalogue.ts";
import type { Comparison, Estimate } from "./model/comparison.ts";
import { Exact } from "./model/exact.ts";
import { one } from "./model/fraction.ts";
import type { Assignment, Context, LaunchType, Plan, PurchaseOption } from "./model/launch-type.ts";
import { contextOf } from "./model/launch-type.ts";
import { type Assumption, distinctProblems, type Problem } from "./model/problem.ts";
import type { Workload } from "./model/workload.ts";
import { priceRange } from "./price-range.ts";
import { readiness } from "./readiness.ts";
import { scaledOf } from "./scaled.ts";
import { tasksRun } from "./tasks-run.ts";

/** An option to price: which service runs where. */
interface Option {
  readonly id: string;
  readonly label: string;
  readonly launchType: string;
  readonly purchaseOption: PurchaseOption | "mixed";
  readonly assignments: readonly Assignment[];
  /** Assumptions and refusals that come of reading the option, before anything is priced. */
  readonly assumptions: readonly Omit<Assumption, "effect">[];
  readonly problems: readonly Problem[];
}

/** Ids that `options` may name. */
export function optionIds(market: Pick<Market, "catalogue">): string[] {
  return ["as-configured", ...market.catalogue.launchTypes.map((launchType) => launchType.id), "mixed"];
}

/** Ids of the options that a workload is compared on: those asked for, or those of default; the baseline always. */
export function optionsAsked(
  { options }: Pick<Workload, "options">,
  { catalogue }: Pick<Market, "catalogue">,
): string[] {
  const byDefault = catalogue.launchTypes.filter((launchType) => launchType.byDefault).map(({ id }) => id);
  return [...new Set(["as-configured", ...(options ?? [...byDefault, "mixed"])])];
}

/** Every option asked for (those of default, where none is named; the baseline always), priced, explained and set side by side. */
export function compareOptions(workload: Workload, market: Market): Comparison {
  const asked = optionsAsked(workload, market);
  const options = [
    configured(workload, market),
    ...market.catalogue.launchTypes
      .filter((launchType) => asked.includes(launchType.id))
      .map((launchType) => everythingOn(launchType, workload)),
    ...(asked.includes("mixed") ? [mixed(workload, market)] : []),
  ];
  const priced = options.map((option) => priceOption(option, workload, market));
  const estimates = boundedAlike(
    priced.map(({ estimate: one }) => one),
    market,
  );
  const feasible = priced.flatMap(({ estimate: { id, total }, run }) => (total === null ? [] : [{ id, run, total }]));
  const flips = flipsOf(
    feasible.sort((a, b) => a.total.comparedTo(b.total)),
    market,
  );
  return compare(estimates, { workload, book: market.book, readiness: readiness(workload, market), flips });
}

/** What no fleet of any types costs less than holds for one of a single type too, at the same rates, where it is free to choose. */
function boundedAlike(estimates: readonly Estimate[], { catalogue }: Market): Estimate[] {
  const onInstances = catalogue.launchTypes.filter((type) => type.billedBy === "instance");
  const mix = onInstances.find(({ fleet }) => fleet === "cheapest-mix");
  const proof = estimates.find(({ id }) => id === mix?.id)?.packing ?? null;
  const twins = onInstances.filter(
    (type) =>
      type.fleet === "one-type" && type.launchType === mix?.launchType && type.purchaseOption === mix.purchaseOption,
  );
  return estimates.map((estimate) => {
    const { fleetCost: cost } = estimate;
    const isTwin = twins.some(({ id }) => id === estimate.id) && estimate.existing === null;
    const isFree = estimate.fleet?.every(({ provider }) => provider === null);
    if (proof === null || cost === null || !isTwin || !isFree) return estimate;
    return { ...estimate, packing: { ...proof, proven: cost.minus(proof.lowerBound).lte(roundedOff(estimate)) } };
  });
}

/** The search counts an hour of an instance in billionths, rounded down: so much the bound of the same fleet may be below its cost. */
function roundedOff({ fleet }: Estimate): Decimal {
  const seconds = (fleet ?? []).reduce((sum, row) => sum + row.count * (row.endSeconds - row.startSeconds), 0);
  return new Exact(seconds).div(3600).times("1e-9");
}

function configured(workload: Workload, market: Market): Option {
  const { assignments, assumptions, problems } = market.catalogue.configured(workload);
  const used = market.catalogue.launchTypes.filter((type) => assignments.some((on) => on.launchType === type.id));
  const only = used.length === 1 ? used[0] : undefined;
  return {
    id: "as-configured",
    label: "As configured",
    launchType: only?.launchType ?? "mixed",
    purchaseOption: only?.purchaseOption ?? "mixed",
    assignments,
    assumptions,
    problems,
  };
}

function everythingOn(launchType: LaunchType, workload: Workload): Option {
  const { id, label, purchaseOption } = launchType;
  const assignments = workload.services.map((service) => ({ service: service.name, launchType: id, share: one }));
  return { id, label, launchType: launchType.launchType, purchaseOption, assignments, assumptions: [], problems: [] };
}

function mixed(workload: Workload, market: Market): Option {
  const mix = bestMix(workload, market);
  const shell = { id: "mixed", label: "Best per service", launchType: "mixed", purchaseOption: "mixed" as const };
  return { ...shell, assignments: mix.assignments, assumptions: [], problems: mix.problems };
}

function priceOption(
  option: Option,
  workload: Workload,
  market: Market,
): { readonly estimate: Estimate; readonly run: Priced } {
  const plan: Plan = { workload, assignments: option.assignments };
  const priced = estimate(plan, market);
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
    realisation: feasible ? realisationOf(priced, contextOf(workload, market.book)) : null,
    interruptions: interruptionsOf(priced, market),
    scaling: feasible ? scaledOf(plan, priced, market) : null,
    assumptions: feasible ? [...read, ...explain(plan, priced, market)] : [],
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
