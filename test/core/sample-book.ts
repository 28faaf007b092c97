import { Exact } from "../../api/core/model/exact.ts";
import type { Price, PriceBook, PriceUnit } from "../../api/core/model/price-book.ts";

/** One untiered price with a date, a source and no flag. */
export function aPrice(sku: string, unitPrice: string, unit: PriceUnit, fields: Partial<Price> = {}): Price {
  return {
    sku,
    unit,
    unitPrice: new Exact(unitPrice),
    tierFrom: new Exact(0),
    tierTo: null,
    source: "a price list",
    rateCode: null,
    effectiveDate: "2026-09-01",
    effectiveFrom: "2026-09-01",
    estimated: false,
    flag: null,
    ...fields,
  };
}

/** A book of these prices and nothing else. */
export function aBook(prices: readonly Price[], fields: Partial<PriceBook> = {}): PriceBook {
  return {
    region: "us-east-1",
    currency: "USD",
    snapshot: "sample",
    prices: Map.groupBy(prices, (price) => price.sku),
    instanceTypes: [],
    taskSizes: [],
    limits: new Map(),
    ...fields,
  };
}

/** The book with a published case's own unit prices laid over its own. */
export function withUnitPrices(
  book: PriceBook,
  unitPrices: Readonly<Record<string, { readonly price: string; readonly unit: PriceUnit }>>,
): PriceBook {
  const laidOver = Object.entries(unitPrices).map(([sku, { price, unit }]) => [sku, [aPrice(sku, price, unit)]] as const);
  return { ...book, prices: new Map<string, readonly Price[]>([...book.prices, ...laidOver]) };
}
