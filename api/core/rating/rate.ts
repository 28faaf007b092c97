import type { Decimal } from "decimal.js";
import type { Charge } from "../model/charge.ts";
import { Exact } from "../model/exact.ts";
import type { Price, PriceBook } from "../model/price-book.ts";
import type { Problem } from "../model/problem.ts";
import type { Usage } from "../model/usage.ts";
import { Tiers } from "./tiers.ts";
import { usageUnitsPer } from "./units.ts";

export interface Rating {
  readonly charges: readonly Charge[];
  /** A usage without exactly one price for each part of it is not charged: it is here, by name. */
  readonly problems: readonly Problem[];
}

const costDecimals = 12;

/**
 * Quantity × unit price for every usage. Tiers apply to the sum of a SKU's usage in each month, in the order given: months of
 * `monthSeconds`, which monthly prices are quoted for, from the start of the period.
 */
export function rate(usages: readonly Usage[], book: PriceBook, monthSeconds: number): Rating {
  const charges: Charge[] = [];
  const problems = new Map<string, Problem>();
  const tiering = new Tiers(usages, monthSeconds);
  for (const usage of usages) {
    const tiers = pricesOf(usage, book);
    if ("code" in tiers) {
      problems.set(usage.sku, tiers);
      continue;
    }
    const perUnit = tiers[0] && usageUnitsPer(tiers[0].unit, usage.unit, monthSeconds);
    const odd = tiers.find((tier) => tier.unit !== tiers[0]?.unit);
    if (!perUnit || odd !== undefined) {
      problems.set(usage.sku, unitMismatch(usage, odd ?? tiers[0]));
      continue;
    }
    const quantity = new Exact(usage.quantity.numerator.toString())
      .div(usage.quantity.denominator.toString())
      .div(perUnit);
    charges.push(...tiering.part(usage, quantity, tiers).map((parted) => chargeOf(usage, parted)));
  }
  return { charges, problems: [...problems.values()] };
}

function chargeOf(
  { service, launchType, sku, description, startSeconds, endSeconds }: Usage,
  { price, part }: { readonly price: Price; readonly part: Decimal },
): Charge {
  return {
    ...{ service, launchType: launchType ?? null, sku, description, quantity: part, price },
    cost: costOf(part, price.unitPrice),
    listCost: costOf(part, price.listUnitPrice ?? price.unitPrice),
    ...{ startSeconds, endSeconds },
  };
}

function costOf(quantity: Decimal, unitPrice: Decimal): Decimal {
  return quantity.times(unitPrice).toDecimalPlaces(costDecimals, Exact.ROUND_HALF_EVEN);
}

/** The SKU's prices, tier after tier without gap or overlap; or the problem that names what is missing or doubled. */
function pricesOf(usage: Usage, book: PriceBook): readonly Price[] | Problem {
  const prices = book.prices.get(usage.sku) ?? [];
  if (prices.length === 1 && prices[0]?.tierFrom.isZero() && prices[0].tierTo === null) return prices;
  if (prices.length === 0) {
    return {
      code: "price_missing",
      path: "",
      message: `No price for ${usage.sku} in ${book.region} (price snapshot ${book.snapshot}): ${usage.description} cannot be priced there. Choose another region or option, or load a price for it.`,
    };
  }
  const tiers = [...prices].sort((a, b) => a.tierFrom.comparedTo(b.tierFrom));
  const whole = tiers.every((tier, at) => {
    const previous = tiers[at - 1];
    return previous === undefined ? tier.tierFrom.isZero() : previous.tierTo?.equals(tier.tierFrom) === true;
  });
  if (whole && tiers.at(-1)?.tierTo === null) return tiers;
  const listed = tiers.map((tier) => `${tier.unitPrice} (${tier.effectiveDate}, ${tier.source})`).join("; ");
  return {
    code: "price_ambiguous",
    path: "",
    message: `More than one price, or prices with gaps, for ${usage.sku} in ${book.region}: ${listed}. Nothing is chosen for you: mend the price snapshot.`,
  };
}

function unitMismatch(usage: Usage, price: Price | undefined): Problem {
  return {
    code: "price_unit_unknown",
    path: "",
    message: `The price of ${usage.sku} is per ${price?.unit ?? "nothing"}, which ${usage.unit} cannot be turned into.`,
  };
}
