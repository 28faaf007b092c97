import type { Decimal } from "decimal.js";
import type { Cause, Sides } from "../model/difference.ts";
import { Exact } from "../model/exact.ts";
import type { RecordedLine } from "../model/recorded.ts";

/**
 * Every product is taken apart at the mean of its two sides: of q × p, (p₁ − p₀) × (q₀ + q₁) / 2 is the price's and
 * (q₁ − q₀) × (p₀ + p₁) / 2 the quantity's. That sums to the difference, needs no order in which factors are changed, and turns its
 * sign, and nothing else, where the sides are swapped. (T. L. Bennet, "The Theory of Measurement of Changes in Cost of Living", Journal
 * of the Royal Statistical Society 83, 1920.)
 */
export type Effects = Partial<Record<Cause, Decimal>>;

const zero = new Exact(0);
const decimals = 12;
/** Recorded quantities are rounded: what differs by less, of the larger, is the same. */
const noise = "1e-9";

export function change({ was, is }: Sides<Decimal>): Decimal {
  return is.minus(was);
}

export function mean({ was, is }: Sides<Decimal>): Decimal {
  return was.plus(is).div(2);
}

export function same({ was, is }: Sides<Decimal>): boolean {
  return was.minus(is).abs().lte(Exact.max(was.abs(), is.abs()).times(noise));
}

/** A side that has none of the divisor is taken to be as the other one; 0 where neither has any. */
export function ratio(of: Sides<Decimal>, by: Sides<Decimal>): Sides<Decimal> {
  const was = by.was.isZero() ? null : of.was.div(by.was);
  const is = by.is.isZero() ? null : of.is.div(by.is);
  return { was: was ?? is ?? zero, is: is ?? was ?? zero };
}

export function sumOf(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((sum, amount) => sum.plus(amount), zero);
}

export function rounded(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(decimals, Exact.ROUND_HALF_EVEN);
}

/** What a SKU's lines come to on both sides. */
export interface Priced {
  readonly quantity: Sides<Decimal>;
  /** Of one unit, over all tiers. */
  readonly unitPrice: Sides<Decimal>;
  /** The part of the difference that prices make. */
  readonly ofPrice: Decimal;
  /** The rest: quantity's. */
  readonly ofQuantity: Decimal;
}

/** Prices make no difference where one side has none of the SKU, or where only the tiers reached are others. */
export function priced({ was, is }: Sides<readonly RecordedLine[]>): Priced {
  const of = (field: "cost" | "quantity") => ({
    was: sumOf(was.map((line) => line[field])),
    is: sumOf(is.map((line) => line[field])),
  });
  const [cost, quantity] = [of("cost"), of("quantity")];
  const unitPrice = ratio(cost, quantity);
  const prices = [was, is].map((lines) => new Set(lines.map((line) => `${line.unitPrice}`)));
  const [before = new Set<string>(), after = new Set<string>()] = prices;
  const isOther = !(before.isSubsetOf(after) || after.isSubsetOf(before));
  // Of equal quantities all is the price's, whatever the last decimals of a mean price say.
  const isAll = isOther && quantity.was.equals(quantity.is);
  const ofPrice = isAll ? change(cost) : isOther ? rounded(change(unitPrice).times(mean(quantity))) : zero;
  return { quantity, unitPrice, ofPrice, ofQuantity: change(cost).minus(ofPrice) };
}

/** The effects at so much each, with what rounding leaves of `whole` given to the largest, or to `otherwise`. */
export function summing(effects: Effects, each: Decimal, whole: { is: Decimal; otherwise: Cause }): Effects {
  const rows = Object.entries(effects).map(([cause, effect]) => [cause as Cause, rounded(effect.times(each))] as const);
  const largest = rows.reduce<(typeof rows)[number] | null>(
    (most, row) => (row[1].isZero() || most?.[1].abs().gte(row[1].abs()) ? most : row),
    null,
  );
  const left = whole.is.minus(sumOf(rows.map(([, amount]) => amount)));
  const takes = largest?.[0] ?? whole.otherwise;
  const found: Effects = Object.fromEntries(rows);
  return { ...found, [takes]: (found[takes] ?? zero).plus(left) };
}

/** Task-hours of a service on one launch type, on all, and the hours priced. */
export interface TaskHours {
  readonly own: Sides<Decimal>;
  readonly all: Sides<Decimal>;
  readonly hours: Sides<Decimal>;
}

/** Why task-hours on a launch type are others, in task-hours: own = hours priced × tasks on average × share that runs there. */
export function hoursEffects({ own, all, hours }: TaskHours): Effects {
  const share = ratio(own, all);
  const moved = same(share) ? zero : change(share).times(mean(all));
  const grown = change(own).minus(moved);
  const cameOrWent = all.was.isZero() || all.is.isZero();
  const average = ratio(all, hours);
  if (cameOrWent || same(hours) || same(all)) return { "launch-type": moved, count: grown };
  if (same(average)) return { "launch-type": moved, period: grown };
  const longer = change(hours).times(mean(average)).times(mean(share));
  return { "launch-type": moved, period: longer, count: grown.minus(longer) };
}

/** Each times so much. */
export function times(effects: Effects, each: Decimal): Effects {
  return Object.fromEntries(Object.entries(effects).map(([cause, effect]) => [cause, effect.times(each)]));
}
