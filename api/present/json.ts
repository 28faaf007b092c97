import type { Decimal } from "decimal.js";
import type { Charge } from "../core/model/charge.ts";
import type { Comparison, Estimate, PriceRange, Readiness, TasksRun } from "../core/model/comparison.ts";
import { Exact } from "../core/model/exact.ts";
import type { PackingProof } from "../core/model/placement.ts";
import type { Assumption } from "../core/model/problem.ts";
import { inCents, shown, shownParts } from "../core/model/shown.ts";
import type { Period } from "../core/model/workload.ts";
import { fleetRows } from "./fleet-rows.ts";
import { instantText } from "./instant-text.ts";
import { scalingDocument } from "./scaling-rows.ts";

export type ComparisonDocument = ReturnType<typeof comparisonDocument>;
export type OptionDocument = ReturnType<typeof optionDocument>;

/** The contract's JSON answer. Amounts and quantities are decimal strings; the same comparison gives the same bytes. */
export function comparisonDocument(comparison: Comparison, identity: { readonly id: string; readonly engine: string }) {
  const { periodSeconds } = comparison;
  const cheapest = comparison.options.find((option) => option.id === comparison.cheapest)?.total ?? null;
  return {
    id: identity.id,
    region: comparison.region,
    hours: hours(periodSeconds),
    period: comparison.period && periodDocument(comparison.period),
    currency: comparison.currency,
    engine: identity.engine,
    prices: { snapshot: comparison.snapshot, oldest: comparison.oldestPrice, newest: comparison.newestPrice },
    baseline: comparison.baseline,
    cheapest: comparison.cheapest,
    recommended: comparison.recommended,
    flips: comparison.flips,
    options: comparison.options.map((option) => optionDocument(option, { cheapest, periodSeconds })),
    readiness: comparison.readiness.map(readinessDocument),
    tags: comparison.tags,
  };
}

/** `assumed`: nobody said when it begins. */
function periodDocument({ startSeconds, timeZone, isAssumed = false }: Period) {
  return { start: instantText(startSeconds), timeZone, assumed: isAssumed };
}

function optionDocument(
  option: Estimate,
  { cheapest, periodSeconds }: { readonly cheapest: Decimal | null; readonly periodSeconds: number },
) {
  const costs = shownParts(option.charges.map((charge) => charge.cost));
  const listCosts = shownParts(option.charges.map((charge) => charge.listCost));
  const allocated = shownParts(option.allocation.map((part) => part.cost));
  return {
    id: option.id,
    label: option.label,
    launchType: option.launchType,
    purchaseOption: option.purchaseOption,
    feasible: option.problems.length === 0,
    total: option.total && inCents(option.total),
    totalExact: option.total && plain(option.total),
    range: option.range && rangeDocument(option.range),
    listTotal: option.total && inCents(sumOf(option.charges.map((charge) => charge.listCost))),
    totalOnceMended: option.totalOnceMended && inCents(option.totalOnceMended),
    difference: option.total && cheapest ? inCents(shown(option.total).minus(shown(cheapest))) : null,
    runs: option.runs,
    tasks: option.tasks.map(tasksDocument),
    lineItems: option.charges.map((charge, at) =>
      lineItem(charge, { cost: costs[at] ?? new Exact(0), listCost: listCosts[at] ?? new Exact(0), periodSeconds }),
    ),
    allocation: option.allocation.map(({ service }, at) => ({ service, cost: inCents(allocated[at] ?? new Exact(0)) })),
    fleet: option.fleet && fleetRows(option.fleet, option.interruptions),
    existing: option.existing && { instances: option.existing.instances, cost: inCents(option.existing.cost) },
    packing: option.packing && option.fleetCost && packingDocument(option.packing, option.fleetCost),
    realisation: option.realisation,
    scaling: option.scaling && scalingDocument(option.scaling),
    assumptions: option.assumptions.map(assumptionDocument),
    problems: option.problems,
  };
}

/** Gap: of what the fleet costs over the bound, in percent. Prices: of a task, and of one more unit of a resource, for an hour. */
function packingDocument(proof: PackingProof, cost: Decimal) {
  const { lowerBound, proven, work, prices, simplest, resourcePrices } = proof;
  const gap = lowerBound.isZero() ? new Exact(0) : cost.minus(lowerBound).div(lowerBound).times(100);
  return {
    lowerBound: lowerBound.toDecimalPlaces(12, Exact.ROUND_DOWN).toFixed(),
    gap: Exact.max(gap, 0).toDecimalPlaces(4).toFixed(),
    proven,
    work,
    simplest: simplest && {
      instanceTypes: simplest.instanceTypes,
      total: inCents(simplest.cost),
    },
    prices: prices.map(({ service, perHour }) => ({ service, perHour: plain(perHour) })),
    resourcePrices: Object.fromEntries(
      Object.entries(resourcePrices).map(([name, price]) => [name, plain(price.toDecimalPlaces(12))]),
    ),
  };
}

/** Timeline: seconds from the start of the period, instances that are billed, and those of them that take tasks. */
function rangeDocument({ low, median, high, observations, since }: PriceRange) {
  return { low: inCents(low), median: inCents(median), high: inCents(high), observations, since };
}

function sumOf(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0));
}

/** The part of the instances is given to all decimals: nothing else says so exactly to whom it belongs. */
function tasksDocument({ service, launchType, taskHours, resources, kinds, instanceCost }: TasksRun) {
  return {
    ...{ service, launchType, taskHours: plain(taskHours), resources, kinds },
    instanceCost: instanceCost && plain(instanceCost),
  };
}

function lineItem(charge: Charge, shownAs: { cost: Decimal; listCost: Decimal; periodSeconds: number }) {
  const { price, startSeconds = 0, endSeconds = shownAs.periodSeconds } = charge;
  return {
    service: charge.service,
    launchType: charge.launchType,
    sku: charge.sku,
    description: charge.description,
    quantity: plain(charge.quantity.toDecimalPlaces(12)),
    unit: price.unit,
    unitPrice: plain(price.unitPrice),
    listUnitPrice: plain(price.listUnitPrice ?? price.unitPrice),
    cost: inCents(shownAs.cost),
    listCost: inCents(shownAs.listCost),
    costExact: plain(charge.cost),
    estimated: price.estimated,
    price: { source: price.source, effectiveDate: price.effectiveDate, rateCode: price.rateCode },
    ...{ startSeconds, endSeconds },
  };
}

function assumptionDocument({ code, text, effect }: Assumption) {
  return { code, text, effect: effect && inCents(effect) };
}

function readinessDocument({ nearest, ...rest }: Readiness) {
  return {
    ...rest,
    nearest: nearest && {
      cpuUnits: nearest.cpuUnits,
      memoryMiB: nearest.memoryMiB,
      cost: nearest.cost && inCents(nearest.cost),
    },
  };
}

function hours(seconds: number): string {
  return plain(new Exact(seconds).div(3600).toDecimalPlaces(6));
}

function plain(amount: Decimal): string {
  return amount.isZero() ? "0" : amount.toFixed();
}
