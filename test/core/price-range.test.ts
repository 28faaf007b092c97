import { describe, expect, test } from "vitest";
import { Exact } from "../../api/core/model/exact.ts";
import { priceRange } from "../../api/core/price-range.ts";
import { aBook, aPrice } from "./sample-book.ts";

const exact = (amount: string) => new Exact(amount);
const history = (low: string, median: string, high: string, since: string) => ({
  ...{ low: exact(low), median: exact(median), high: exact(high) },
  observations: 3,
  since,
});

function charge(sku: string, quantity: string, unitPrice: string, listUnitPrice?: string) {
  const listed = listUnitPrice === undefined ? {} : { listUnitPrice: exact(listUnitPrice) };
  const price = { ...aPrice(sku, unitPrice, "Instance-Hour"), ...listed };
  const cost = exact(quantity).times(unitPrice);
  return {
    service: null,
    launchType: null,
    sku,
    description: "",
    quantity: exact(quantity),
    price,
    cost,
    listCost: cost,
  };
}

const book = { ...aBook([]), history: new Map([["spot", history("0.02", "0.03", "0.05", "2026-08-01")]]) };
const range = (...charges: Parameters<typeof priceRange>[0]) => {
  const { low, median, high, since } = priceRange(charges, book) ?? {};
  return [low, median, high].map(String).concat(`${since}`);
};

describe("the range of a total with Spot prices in it", () => {
  test("100 hours at $0.02 to $0.05, and $1 that does not move, are $3 to $6, $4 at the median", () => {
    expect(range(charge("spot", "100", "0.04"), charge("disk", "10", "0.1"))).toEqual(["3", "4", "6", "2026-08-01"]);
  });

  test("a user's 50 % off holds for every price seen: $1 to $2.50", () => {
    expect(range(charge("spot", "100", "0.02", "0.04"))).toEqual(["1", "1.5", "2.5", "2026-08-01"]);
  });

  test("there is none where no price moves", () => {
    expect(priceRange([charge("disk", "10", "0.1")], book)).toBeNull();
  });
});
