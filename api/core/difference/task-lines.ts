import type { Decimal } from "decimal.js";
import type { Cause, DifferenceLine, Sides } from "../model/difference.ts";
import { Exact } from "../model/exact.ts";
import type { RecordedLine } from "../model/recorded.ts";
import {
  change,
  type Effects,
  hoursEffects,
  mean,
  type Priced,
  priced,
  ratio,
  rounded,
  same,
  summing,
  times,
} from "./effects.ts";
import { bothTasks, type OptionSides, otherKinds, otherResources, sideBySide, taskHoursOf } from "./option-sides.ts";

/** What tasks are billed for themselves: quantity = task-hours × what a task takes. */
export function taskLines(sides: OptionSides, lines: Sides<readonly RecordedLine[]>): DifferenceLine[] {
  return sideBySide(lines, ({ service, launchType, sku }) => JSON.stringify([service, launchType, sku])).flatMap(
    (of) => {
      const line = (of.is[0] ?? of.was[0]) as RecordedLine;
      const { service, launchType } = line;
      const found = priced(of);
      const own = taskHoursOf(sides, { service: service ?? "", launchType: launchType ?? "" });
      const all = taskHoursOf(sides, { service: service ?? "" });
      const each = ratio(found.quantity, own);
      const quantityEach = mean(each);
      const grown = times(hoursEffects({ own, all, hours: sides.hours }), quantityEach);
      const shape = isOtherShape(sides, line) ? { shape: change(each).times(mean(own)) } : {};
      const whole = { is: found.ofQuantity, otherwise: "count" as const };
      const effects = summing({ ...grown, ...shape }, priceOf(found), whole);
      const measures = { own, each, hours: sides.hours };
      return [...priceLine(line, found), ...effectLines(line, effects, (cause) => measured(cause, line, measures))];
    },
  );
}

/** What one more unit costs, halfway. */
export function priceOf({ unitPrice }: Pick<Priced, "unitPrice">): Decimal {
  return mean(unitPrice);
}

export function priceLine(line: RecordedLine, { ofPrice, unitPrice }: Priced): DifferenceLine[] {
  if (ofPrice.isZero()) return [];
  const measured = { was: rounded(unitPrice.was), is: rounded(unitPrice.is) };
  return [{ ...named(line), cause: "price", unit: `Price per ${line.unit}`, measured, amount: ofPrice }];
}

export function effectLines(
  line: RecordedLine,
  effects: Effects,
  measure: (cause: Cause) => Pick<DifferenceLine, "unit" | "measured">,
): DifferenceLine[] {
  return Object.entries(effects)
    .filter(([, amount]) => !amount.isZero())
    .map(([cause, amount]) => ({ ...named(line), cause: cause as Cause, ...measure(cause as Cause), amount }));
}

function named({ service, launchType, sku, description }: RecordedLine) {
  return { service, launchType, sku, description };
}

function measured(
  cause: Cause,
  { unit }: RecordedLine,
  of: { readonly own: Sides<Decimal>; readonly each: Sides<Decimal>; readonly hours: Sides<Decimal> },
): Pick<DifferenceLine, "unit" | "measured"> {
  const { own, each, hours } = of;
  if (cause === "shape") {
    return { unit: `${unit} per Task-Hour`, measured: { was: rounded(each.was), is: rounded(each.is) } };
  }
  return cause === "period" ? { unit: "Hour", measured: hours } : { unit: "Task-Hour", measured: own };
}

/** Its tasks take other amounts, or are of another kind, or are billed as another thing (an operating system). */
function isOtherShape(sides: OptionSides, { service, launchType }: RecordedLine): boolean {
  const both = bothTasks(sides, { service: service ?? "", launchType: launchType ?? "" });
  if (both === null) return false;
  if (otherResources(both).length > 0 || otherKinds(both)) return true;
  const skusOf = (lines: readonly RecordedLine[]) =>
    lines
      .filter((line) => line.service === service && line.launchType === launchType)
      .map(({ sku }) => sku)
      .sort();
  return [...new Set(skusOf(sides.lines.was))].join("\n") !== [...new Set(skusOf(sides.lines.is))].join("\n");
}

/** What comes with the whole: with the task-hours of a service, where it grows and shrinks with them; else with the hours, and by itself. */
export function otherLines(sides: OptionSides, lines: Sides<readonly RecordedLine[]>): DifferenceLine[] {
  return sideBySide(lines, ({ service, sku }) => JSON.stringify([service, sku])).flatMap((of) => {
    const line = (of.is[0] ?? of.was[0]) as RecordedLine;
    const found = priced(of);
    const effects = otherEffects(sides, line, found);
    const { quantity } = found;
    const measure = (cause: Cause): Pick<DifferenceLine, "unit" | "measured"> =>
      cause === "period" ? { unit: "Hour", measured: sides.hours } : { unit: line.unit, measured: quantity };
    return [...priceLine(line, found), ...effectLines(line, effects, measure)];
  });
}

function otherEffects(sides: OptionSides, { service }: RecordedLine, found: Priced): Effects {
  const { hours } = sides;
  const { quantity } = found;
  const all = taskHoursOf(sides, { service: service ?? "" });
  const whole = { is: found.ofQuantity, otherwise: "usage" as const };
  const each = ratio(quantity, all);
  const cameOrWent = all.was.isZero() !== all.is.isZero();
  if (service !== null && !same(all) && (cameOrWent || same(each))) {
    return summing(times(hoursEffects({ own: all, all, hours }), mean(each)), priceOf(found), whole);
  }
  const rate = ratio(quantity, hours);
  const isThere = !quantity.was.isZero() && !quantity.is.isZero();
  const period = same(hours) || same(quantity) || !isThere ? new Exact(0) : change(hours).times(mean(rate));
  const usage = same(rate) && isThere ? new Exact(0) : change(quantity).minus(period);
  return summing({ period, usage }, priceOf(found), whole);
}
