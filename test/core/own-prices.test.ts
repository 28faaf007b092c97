import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "../../api/core/model/exact.ts";
import { matchesPattern, type RateCard } from "../../api/core/model/rate-card.ts";
import { ownPrices } from "../../api/core/own-prices.ts";
import { aBook, aPrice } from "./sample-book.ts";

const book = aBook([
  aPrice("ec2/linux/m5.large", "0.096", "Instance-Hour"),
  aPrice("ebs/gp3/storage", "0.08", "GB-Month"),
]);

function priced(card: Partial<RateCard>, sku: string): string[] {
  const own = ownPrices(book, { discounts: [], prices: [], instanceCosts: [], ...card });
  if (!own.ok) throw new Error(own.problems.map((problem) => problem.message).join("\n"));
  const price = own.value.prices.get(sku)?.[0];
  return [`${price?.unitPrice}`, `${price?.listUnitPrice}`];
}

const discount = (sku: string, percent: string) => ({ path: "", sku, percent: new Exact(percent) });

describe("own prices", () => {
  test("12.5 % off ec2/* makes $0.096 an own $0.084 and leaves EBS alone", () => {
    expect(priced({ discounts: [discount("ec2/*", "12.5")] }, "ec2/linux/m5.large")).toEqual(["0.084", "0.096"]);
    expect(priced({ discounts: [discount("ec2/*", "12.5")] }, "ebs/gp3/storage")).toEqual(["0.08", "undefined"]);
  });

  test("of two discounts that match, the last one applies: 50 % and not 10 %", () => {
    const discounts = [discount("*", "10"), discount("ec2/*", "50")];
    expect(priced({ discounts }, "ec2/linux/m5.large")).toEqual(["0.048", "0.096"]);
    expect(priced({ discounts }, "ebs/gp3/storage")).toEqual(["0.072", "0.08"]);
  });

  test("an agreed price of $0.07 goes before a discount", () => {
    const prices = [{ path: "", sku: "ec2/linux/m5.large", unitPrice: new Exact("0.07") }];
    expect(priced({ prices, discounts: [discount("*", "10")] }, "ec2/linux/m5.large")).toEqual(["0.07", "0.096"]);
  });

  test("an entry that matches nothing is a problem by name and place", () => {
    const own = ownPrices(book, {
      discounts: [{ path: "rateCard.discounts[0]", sku: "ecc2/*", percent: new Exact(1) }],
      prices: [{ path: "rateCard.prices[0]", sku: "nope", unitPrice: new Exact(1) }],
      instanceCosts: [{ path: "rateCard.instanceCosts[0]", label: "a", instanceTypes: "m5.*", perHour: new Exact(1) }],
    });
    expect(own.ok ? [] : own.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "rate_card_no_match rateCard.discounts[0].sku",
      "rate_card_no_match rateCard.prices[0].sku",
      "rate_card_no_match rateCard.instanceCosts[0].instanceTypes",
    ]);
  });
});

describe("a pattern", () => {
  const words = fc.string({ unit: fc.constantFrom("a", "b", "/", "*"), maxLength: 12 });

  test("matches what a regular expression with .* for each * matches", () => {
    fc.assert(
      fc.property(words, fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 12 }), (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
        expect(matchesPattern(pattern, text)).toBe(expression.test(text));
      }),
    );
  });
});
