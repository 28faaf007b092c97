import type { Decimal } from "decimal.js";
import { Exact } from "../model/exact.ts";
import { monthEnds } from "../model/months.ts";
import type { Price } from "../model/price-book.ts";
import type { Usage } from "../model/usage.ts";

/** Which tier each part of a SKU's usage falls into: tiers begin anew with every month. */
export class Tiers {
  readonly #months: readonly number[];
  /** By SKU and month, in priced units. */
  readonly #used = new Map<string, Decimal[]>();

  /** The usages reach to the end of the period. */
  constructor(usages: readonly Usage[], monthSeconds: number) {
    const periodSeconds = usages.reduce((last, { endSeconds }) => Math.max(last, endSeconds), 0);
    this.#months = monthEnds(periodSeconds, monthSeconds);
  }

  /** The quantity of the next usage, parted over the prices, which are tier after tier; the parts that are not 0 sum to it. */
  part(usage: Usage, quantity: Decimal, prices: readonly Price[]): { readonly price: Price; readonly part: Decimal }[] {
    const [only] = prices;
    if (prices.length === 1 && only !== undefined) return quantity.gt(0) ? [{ price: only, part: quantity }] : [];
    const used = this.#used.get(usage.sku) ?? this.#months.map(() => new Exact(0));
    this.#used.set(usage.sku, used);
    const parts = prices.map(() => new Exact(0));
    let month = 0;
    for (const amount of byMonth(usage, quantity, this.#months)) {
      const before = used[month] ?? new Exact(0);
      const after = before.plus(amount);
      for (const [at, price] of prices.entries()) {
        const from = Exact.max(price.tierFrom, before);
        const to = price.tierTo === null ? after : Exact.min(price.tierTo, after);
        if (to.gt(from)) parts[at] = (parts[at] ?? new Exact(0)).plus(to).minus(from);
      }
      used[month] = after;
      month += 1;
    }
    return closed(prices, parts, quantity);
  }
}

/** At an even rate from its start to its end. */
function byMonth({ startSeconds, endSeconds }: Usage, quantity: Decimal, months: readonly number[]): Decimal[] {
  const before = (seconds: number) => {
    if (seconds >= endSeconds) return quantity;
    if (seconds <= startSeconds) return new Exact(0);
    return quantity.times(seconds - startSeconds).div(endSeconds - startSeconds);
  };
  return months.map((end, at) => before(end).minus(at === 0 ? 0 : before(months[at - 1] ?? 0)));
}

/** The last one is what the others leave, so that thirds of a month do not show. */
function closed(prices: readonly Price[], parts: readonly Decimal[], quantity: Decimal) {
  const filled = prices
    .map((price, at) => ({ price, part: parts[at] ?? new Exact(0) }))
    .filter(({ part }) => part.gt(0));
  const others = filled.slice(0, -1).reduce((sum, { part }) => sum.plus(part), new Exact(0));
  return filled.map((one, at) => (at === filled.length - 1 ? { ...one, part: quantity.minus(others) } : one));
}
