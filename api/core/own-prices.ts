import type { Decimal } from "decimal.js";
import { Exact } from "./model/exact.ts";
import type { Price, PriceBook } from "./model/price-book.ts";
import { fieldPath, type Problem, type Result } from "./model/problem.ts";
import { instanceCostSku, matchesPattern, type RateCard } from "./model/rate-card.ts";

/**
 * The price book as the user's rate card makes it: every price its own, the published one beside it. Problems: `rate_card_no_match`
 * for each entry that no SKU or instance type of the region answers to, since a misspelt one would silently change nothing.
 */
export function ownPrices(book: PriceBook, card: RateCard): Result<PriceBook> {
  const problems = unmatched(book, card);
  if (problems.length > 0) return { ok: false, problems };
  const prices = new Map<string, readonly Price[]>();
  for (const [sku, tiers] of book.prices)
    prices.set(
      sku,
      tiers.map((price) => ownPrice(price, card)),
    );
  for (const cost of card.instanceCosts) prices.set(instanceCostSku(cost), [instanceCostPrice(cost)]);
  return { ok: true, value: { ...book, prices, instanceCosts: card.instanceCosts } };
}

function ownPrice(price: Price, card: RateCard): Price {
  const fixed = card.prices.findLast((entry) => entry.sku === price.sku);
  const discount = card.discounts.findLast((entry) => matchesPattern(entry.sku, price.sku));
  if (fixed === undefined && discount === undefined) return price;
  const unitPrice = fixed?.unitPrice ?? discounted(price.unitPrice, discount?.percent ?? new Exact(0));
  return { ...price, unitPrice, listUnitPrice: price.unitPrice };
}

function discounted(listed: Decimal, percent: Decimal): Decimal {
  return new Exact(100).minus(percent).times(listed).div(100);
}

function instanceCostPrice({ label, perHour }: RateCard["instanceCosts"][number]): Price {
  return {
    sku: instanceCostSku({ label }),
    unit: "Instance-Hour",
    unitPrice: perHour,
    tierFrom: new Exact(0),
    tierTo: null,
    source: "rate card of the request",
    rateCode: null,
    effectiveDate: "as given",
    effectiveFrom: null,
    estimated: false,
    flag: null,
  };
}

function unmatched(book: PriceBook, card: RateCard): Problem[] {
  const skus = [...book.prices.keys()];
  const types = book.instanceTypes.map((type) => type.name);
  const problem = (path: string, pattern: string, what: string): Problem => ({
    code: "rate_card_no_match",
    path,
    message: `"${pattern}" matches no ${what} in ${book.region}. See GET /v1/prices for what there is.`,
  });
  return [
    ...card.discounts
      .filter((entry) => !skus.some((sku) => matchesPattern(entry.sku, sku)))
      .map((entry) => problem(fieldPath(entry.path, "sku"), entry.sku, "SKU")),
    ...card.prices
      .filter((entry) => !book.prices.has(entry.sku))
      .map((entry) => problem(fieldPath(entry.path, "sku"), entry.sku, "SKU")),
    ...card.instanceCosts
      .filter((entry) => !types.some((type) => matchesPattern(entry.instanceTypes, type)))
      .map((entry) => problem(fieldPath(entry.path, "instanceTypes"), entry.instanceTypes, "instance type")),
  ];
}
