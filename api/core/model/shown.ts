import type { Decimal } from "decimal.js";
import { Exact } from "./exact.ts";

/** An amount as it is shown: cents, half up. */
export function shown(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(2, Exact.ROUND_HALF_UP);
}

/**
 * Parts as they are shown: part i is round(S_i) − round(S_{i−1}) of the running exact sum S, so that shown parts always add up to the
 * shown whole.
 */
export function shownParts(parts: readonly Decimal[]): Decimal[] {
  let before = new Exact(0);
  return parts.map((part) => {
    const after = before.plus(part);
    const difference = shown(after).minus(shown(before));
    before = after;
    return difference;
  });
}

/** A shown amount in digits, with its two decimals: `306.20`. */
export function inCents(amount: Decimal): string {
  const [whole, cents = ""] = shown(amount).abs().toString().split(".");
  return `${shown(amount).isNegative() && !shown(amount).isZero() ? "-" : ""}${whole}.${cents.padEnd(2, "0")}`;
}
