import type { Decimal } from "decimal.js";
import type { Comparison, Estimate } from "../model/comparison.ts";
import type { PriceBook } from "../model/price-book.ts";
import { inCents, shown } from "../model/shown.ts";
import type { Workload } from "../model/workload.ts";

/** Options side by side: feasible ones first, the cheapest on top; which is cheapest, which to run, and why. */
export function compare(
  estimates: readonly Estimate[],
  given: Pick<Comparison, "readiness" | "flips"> & { readonly workload: Workload; readonly book: PriceBook },
): Comparison {
  const options = [...estimates].sort(byTotal);
  const days = options
    .flatMap((option) => option.charges.map((charge) => charge.price.effectiveFrom))
    .filter((day) => day !== null)
    .sort();
  const feasible = options.filter(isFeasible);
  return {
    region: given.workload.region,
    periodSeconds: given.workload.periodSeconds,
    period: given.workload.period,
    tags: given.workload.services
      .filter(({ tags }) => Object.keys(tags).length > 0)
      .map(({ name, tags }) => ({ service: name, tags })),
    currency: given.book.currency,
    snapshot: given.book.snapshot,
    oldestPrice: days[0] ?? null,
    newestPrice: days.at(-1) ?? null,
    baseline: options.some((option) => option.id === baseline) ? baseline : null,
    cheapest: feasible[0]?.id ?? null,
    recommended: recommend(feasible, given.book.currency),
    flips: given.flips,
    options,
    readiness: given.readiness,
  };
}

const baseline = "as-configured";

type Feasible = Estimate & { readonly total: Decimal };

function isFeasible(option: Estimate): option is Feasible {
  return option.total !== null && option.problems.length === 0;
}

/** Ties go to the plain option: `as-configured` and `mixed` say less than the launch type they come down to. */
function byTotal(a: Estimate, b: Estimate): number {
  if (isFeasible(a) !== isFeasible(b)) return isFeasible(a) ? -1 : 1;
  const difference = a.total !== null && b.total !== null ? a.total.comparedTo(b.total) : 0;
  return difference || plainness(a) - plainness(b);
}

function plainness(option: Estimate): number {
  if (option.id === baseline) return 2;
  return option.purchaseOption === "mixed" ? 1 : 0;
}

/** The cheapest whose figure is published and that takes no risk the user has not accepted. */
function recommend(feasible: readonly Feasible[], currency: string): Comparison["recommended"] {
  const money = (amount: Decimal) => `${currency} ${inCents(amount)}`;
  const safe = feasible.filter((option) => whyNot(option) === null);
  const chosen = safe[0];
  if (chosen === undefined) return null;
  const cheaper = feasible.slice(0, feasible.indexOf(chosen)).filter((option) => whyNot(option) !== null);
  const passedOver = cheaper.map(
    (option) =>
      `${option.id} would be ${money(shown(chosen.total).minus(shown(option.total)))} less but ${whyNot(option)}`,
  );
  const second = safe.find((option) => option.total.gt(chosen.total));
  const saving =
    second === undefined ? "" : `, ${money(shown(second.total).minus(shown(chosen.total)))} less than ${second.id}`;
  const lowest = `lowest total without estimated prices and without Spot for services not marked interruptible${saving}`;
  return { option: chosen.id, reason: [lowest, ...passedOver].join("; ") };
}

function whyNot(option: Estimate): string | null {
  if (option.charges.some((charge) => charge.price.estimated)) return "rests on an estimated price";
  if (option.leavesOut) return `does not count ${option.leavesOut}`;
  const atRisk = option.spotWithoutLeave;
  if (atRisk.length === 0) return null;
  const named =
    atRisk.length > 3 ? `${atRisk.slice(0, 3).join(", ")} and ${atRisk.length - 3} more` : atRisk.join(", ");
  return `runs on Spot, and ${named} ${atRisk.length === 1 ? "is" : "are"} not marked interruptible`;
}
