import type { Decimal } from "decimal.js";
import { billed, estimate, type Priced } from "./estimate.ts";
import type { Alternative } from "./model/add-on.ts";
import type { Market } from "./model/catalogue.ts";
import { Exact } from "./model/exact.ts";
import type { Plan } from "./model/launch-type.ts";
import { contextOf } from "./model/launch-type.ts";
import { monthEnds } from "./model/months.ts";
import type { Assumption } from "./model/problem.ts";
import type { Workload } from "./model/workload.ts";
import { serviceMonths } from "./on-instances.ts";
import { rebilling } from "./rebilling.ts";

/** Where instances come and go, effects are told of what is played out as soon as so many services in a month are: work, not seconds. */
const effectsMonthsMost = 3;

/** Every assumption behind a priced plan, with what it adds to the total: the total less that of the same plan without it. */
export function explain(plan: Plan, priced: Priced, market: Market): Assumption[] {
  const { workload } = plan;
  const context = contextOf(workload, market.book);
  const isLong = priced.parts.some(({ overTime }) => overTime !== null) && serviceMonths(workload) > effectsMonthsMost;
  const effectOf = (without: Plan | null): Decimal | null => {
    if (without === null || isLong) return null;
    const other = estimate(without, market);
    return other.unpriced.length > 0 ? null : priced.total.minus(other.total);
  };
  const read = workload.assumptions.map(({ code, text, services }) => ({
    code,
    text,
    effect: services.length === 0 ? null : effectOf(withoutServices(plan, services)),
  }));
  const made = [...new Set(priced.parts.flatMap((part) => part.launchType.whatIfs))].flatMap((whatIf) => {
    const parts = priced.parts.filter((part) => part.launchType.whatIfs.includes(whatIf));
    const tasks = parts.flatMap((part) => part.tasks);
    const facts = { tasks, instances: parts.flatMap((part) => part.instances), context };
    const text = whatIf.text(facts);
    return text === null ? [] : [{ whatIf, text, facts }];
  });
  const supposed = made.map(({ whatIf, text, facts }) => ({
    code: whatIf.code,
    text,
    effect: effectOf(whatIf.without(plan, context, facts)),
  }));
  return [...read, ...supposed, ...defaultsOf(priced, market), ...vaguePrices(priced)];
}

/** Quantities that nobody gave and that the total depends on; and what the costs that come with the whole take for granted. */
function defaultsOf(priced: Priced, market: Market): Assumption[] {
  const { whole } = priced;
  const { addOns } = market.catalogue;
  const context = contextOf(whole.workload, market.book);
  /** Null: something of it has no price. */
  const lessThan = (workload: Workload): Decimal | null => {
    const other = billed({ ...priced, whole: { ...whole, workload } }, market);
    return other.unpriced.length > priced.unpriced.length ? null : priced.total.minus(other.total);
  };
  const rebill = rebilling(priced, market);
  const said = addOns.flatMap((addOn) => [
    ...(addOn.assumptions?.(whole, context) ?? []).map((one) => ({ ...one, effect: null })),
    ...otherWay(addOn.alternative?.(whole, context) ?? null, lessThan),
  ]);
  const inputs = [...new Set(addOns.flatMap((addOn) => addOn.inputs))].flatMap((input) => {
    if (input.against === input.default) return [];
    const other = rebill(input, input.against);
    if (other === null) return [];
    const effect = other.unpriced > priced.unpriced.length ? null : priced.total.minus(other.total);
    const text = effect === null ? `${input.text} No price for that is known in ${market.book.region}.` : input.text;
    return effect?.isZero() ? [] : [{ code: `usage_${input.name}`, text, effect }];
  });
  return [...said, ...inputs, ...tiersByMonth(priced), ...notPriced(priced, market)];
}

/** Where the period has more than one. */
function tiersByMonth({ charges, whole }: Priced): Assumption[] {
  const { periodSeconds, monthSeconds } = whole.workload;
  const inTiers = charges.some(({ price }) => price.tierTo !== null || price.tierFrom.gt(0));
  const months = monthEnds(periodSeconds, monthSeconds).length;
  if (months === 1 || !inTiers) return [];
  const text = `Prices in tiers begin anew each month: ${months} months from the start of the period, of ${new Exact(monthSeconds).div(3600)} hours but for the last, whatever the calendar.`;
  return [{ code: "tiers_by_month", text, effect: null }];
}

/** What is not in the total for want of a price, by name. */
function notPriced({ leftOut }: Priced, { book }: Market): Assumption[] {
  const skus = [...new Map(leftOut.map((usage) => [usage.sku, usage.description])).entries()];
  return skus.map(([sku, description]) => ({
    code: "not_priced",
    text: `Not in the total: ${description}, since no price for ${sku} is known in ${book.region}. Load one (npm run prices -- refresh).`,
    effect: null,
  }));
}

/** Nothing, where the other way cannot be priced. */
function otherWay(alternative: Alternative | null, saving: (workload: Workload) => Decimal | null): Assumption[] {
  const effect = alternative && saving(alternative.instead);
  return alternative && effect ? [{ code: alternative.code, text: alternative.text(effect), effect }] : [];
}

function withoutServices(plan: Plan, names: readonly string[]): Plan {
  const services = plan.workload.services.filter((service) => !names.includes(service.name));
  const assignments = plan.assignments.filter((assignment) => !names.includes(assignment.service));
  return { workload: { ...plan.workload, services }, assignments };
}

function vaguePrices(priced: Priced): Assumption[] {
  const vague = new Map(
    priced.charges
      .filter((charge) => charge.price.effectiveFrom === null)
      .map((charge) => [charge.sku, charge.price] as const),
  );
  return [...vague].map(([sku, price]) => ({
    code: "price_date_vague",
    text: `The price of ${sku} has no certain date ("${price.effectiveDate}", ${price.source}): it is taken to hold today.`,
    effect: null,
  }));
}
