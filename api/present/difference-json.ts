import type { Decimal } from "decimal.js";
import type { Difference, DifferenceLine, OptionDifference, Sides } from "../core/model/difference.ts";
import { Exact } from "../core/model/exact.ts";
import { inCents, shown, shownParts } from "../core/model/shown.ts";

export type DifferenceDocument = ReturnType<typeof differenceDocument>;
export type OptionDifferenceDocument = ReturnType<typeof optionDocument>;

/** Two comparisons side by side as JSON. Amounts are decimal strings; the same two give the same bytes. */
export function differenceDocument(difference: Difference) {
  const { ids, currency, inputs, cheapest, recommended, options } = difference;
  return { ...ids, currency, inputs, cheapest, recommended, options: options.map(optionDocument) };
}

/**
 * Shown amounts of lines are those of a running sum that begins at the first total, so that they lead from the one shown total to the
 * other; a cause shows what its lines do.
 */
function optionDocument({ id, label, state, total, causes, services, withoutCost }: OptionDifference) {
  const { was, is } = total;
  const lines = causes.flatMap((cause) => cause.lines);
  const amounts = shownParts([was ?? new Exact(0), ...lines.map(({ amount }) => amount)]).slice(1);
  const shownOf = new Map(lines.map((line, at) => [line, amounts[at] ?? new Exact(0)]));
  return {
    ...{ id, label, state },
    total: { was: was && inCents(was), is: is && inCents(is) },
    difference: was && is && inCents(shown(is).minus(shown(was))),
    differenceExact: was && is && plain(is.minus(was)),
    causes: causes.map((cause) => ({
      cause: cause.cause,
      amount: inCents(sumOf(cause.lines.map((line) => shownOf.get(line) ?? new Exact(0)))),
      amountExact: plain(cause.amount),
      lines: cause.lines.map((line) => lineDocument(line, shownOf.get(line) ?? new Exact(0))),
    })),
    services: services.map(({ service, ...cost }) => ({
      ...{ service, was: inCents(cost.was), is: inCents(cost.is), difference: inCents(cost.is.minus(cost.was)) },
    })),
    withoutCost,
  };
}

function lineDocument(line: DifferenceLine, amount: Decimal) {
  const { service, launchType, sku, description, unit, measured } = line;
  return {
    ...{ service, launchType, sku, description, unit },
    measured: measured && measures(measured),
    amount: inCents(amount),
    amountExact: plain(line.amount),
  };
}

function measures({ was, is }: Sides<Decimal>) {
  return { was: plain(was), is: plain(is) };
}

function sumOf(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0));
}

function plain(amount: Decimal): string {
  return amount.isZero() ? "0" : amount.toFixed();
}
