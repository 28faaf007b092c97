import type { Decimal } from "decimal.js";
import type { Priced } from "./estimate.ts";
import { givenAmount, type UsageInput } from "./model/add-on.ts";
import type { Market } from "./model/catalogue.ts";
import type { Flip } from "./model/comparison.ts";
import { Exact } from "./model/exact.ts";
import { rebilling } from "./rebilling.ts";

/** An option that is feasible, and what it runs. */
export interface PricedOption {
  readonly id: string;
  readonly run: Priced;
  readonly total: Decimal;
}

/** Quantities looked at beyond the default: as many times it, or where it is 0 of what its effect is told against. */
const multiples = [2, 5, 10, 20, 50, 100, 200, 500, 1000];
const digits = 3;

/**
 * For every quantity that is not given: from which one on another option is the cheapest. Looked for from 0 up to a thousand times the
 * default; the one nearest to the default on either side is told, to three digits. What costs the same whatever runs where
 * cannot change it.
 */
export function flipsOf(all: readonly PricedOption[], market: Market): Flip[] {
  // Of those that run the same the first speaks for all.
  const options = all.filter(({ run }, at) => all.findIndex((other) => other.run === run) === at);
  const [first] = options;
  if (options.length < 2 || first === undefined) return [];
  const inputs = market.catalogue.addOns.filter(({ shared }) => shared !== true).flatMap((addOn) => addOn.inputs);
  const rebills = options.map(({ run }) => rebilling(run, market));
  return [...new Set(inputs)].flatMap((input) => {
    if (givenAmount(first.run.whole.workload.usage, input) !== null) return [];
    const totalsAt = (amount: number) => options.map(({ total }, at) => rebills[at]?.(input, amount)?.total ?? total);
    const cheapestAt = (amount: number) => cheapest(options, totalsAt(amount));
    const now = cheapest(
      options,
      options.map(({ total }) => total),
    );
    const unit = input.default || input.against;
    const above = multiples.map((times) => Math.min(input.max, times * unit));
    if (isAlike(options, totalsAt(above.at(-1) ?? 0))) return [];
    const beyond = above.find((amount) => cheapestAt(amount) !== now);
    const flips: Flip[] = [];
    if (beyond !== undefined) flips.push(edge(input, { same: input.default, other: beyond }, cheapestAt));
    else if (input.default > 0 && cheapestAt(0) !== now) {
      flips.push(edge(input, { same: input.default, other: 0 }, cheapestAt));
    }
    return flips;
  });
}

/** Halved until it is known to so many digits, or to one of what is counted in whole numbers: then anything above 0 may be where it flips. */
function edge(
  input: UsageInput,
  between: { readonly same: number; readonly other: number },
  cheapestAt: (amount: number) => string,
): Flip {
  let { same, other } = between;
  const unit = input.default || input.against;
  const near = () => (input.whole ? 1 : Math.max(same, other, unit / 1000) / 10 ** digits);
  while (Math.abs(other - same) > near()) {
    const middle = input.whole ? Math.floor((same + other) / 2) : (same + other) / 2;
    if (cheapestAt(middle) === cheapestAt(between.same)) same = middle;
    else other = middle;
  }
  const amount = new Exact(other).toSignificantDigits(digits).toNumber();
  return {
    input: input.name,
    unit: input.unit,
    default: input.default,
    amount,
    direction: other > input.default ? "above" : "below",
    cheapest: cheapestAt(other),
  };
}

/** All options cost as much more or less: the quantity cannot change which is the cheapest. */
function isAlike(options: readonly PricedOption[], totals: readonly Decimal[]): boolean {
  const changes = options.map(({ total }, at) => totals[at]?.minus(total).toString());
  return new Set(changes).size === 1;
}

function cheapest(options: readonly PricedOption[], totals: readonly Decimal[]): string {
  const least = Exact.min(...totals);
  return options[totals.findIndex((total) => total.eq(least))]?.id ?? "";
}
