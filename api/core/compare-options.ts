import type { Decimal } from "decimal.js";
import { bestMix } from "./best-mix.ts";
import { compare } from "./comparison/compare.ts";
import { flipsOf } from "./flips.ts";
import type { Market } from "./model/catalogue.ts";
import type { Comparison, Estimate } from "./model/comparison.ts";
import { Exact } from "./model/exact.ts";
import { one } from "./model/fraction.ts";
import type { LaunchType } from "./model/launch-type.ts";
import type { Workload } from "./model/workload.ts";
import { type Option, pricing } from "./pricing.ts";
import { readiness } from "./readiness.ts";

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
  const priced = options.map(pricing(workload, market));
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
