import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "../../api/core/model/exact.ts";
import { exchanged } from "../../api/present/exchange.ts";
import type { OptionDocument } from "../../api/present/json.ts";
import { comparisonText } from "../../api/present/text.ts";
import { csvOf, goldenDocument, rowsOf } from "./csv-rows.ts";

const shop = goldenDocument("shop");
const euros = exchanged(shop, { currency: "EUR", rate: "0.92", date: "2026-11-25" });
const documents = [shop, goldenDocument("full-bill"), goldenDocument("scaled-web", { hours: 48 })];

const plus = (amounts: readonly string[]) => amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0));
/** Half up, by the definition: the nearest cent, and of two the higher one. */
const cents = (amount: InstanceType<typeof Exact>) => amount.times(100).plus("0.5").floor().div(100).toFixed(2);

describe("at €0.92 for a dollar", () => {
  test("mixed of the shop, $498.78343525, is €458.88, and €281.70 more than the cheapest", () => {
    expect(euros.options.find(({ id }) => id === "mixed")).toMatchObject({
      ...{ total: "458.88", totalExact: "458.88076043", difference: "281.70" },
    });
  });

  test("the text says so, and by which rate", () => {
    const text = comparisonText(euros, null);
    expect(text).toContain("us-east-1, 730 hours, in EUR");
    expect(text.replace(/\s+/g, " ")).toContain(
      "Converted from USD, in which it is priced, at 0.92 EUR (rate of 2026-11-25",
    );
    expect(text).toContain("mixed          Best per service   €458.88    +€281.70  recommended");
  });

  test.each(["options", "lines", "hours"] as const)(
    "so does each row of %s as CSV, and without a rate none",
    (rows) => {
      const [row] = rowsOf(csvOf(euros, { rows }));
      expect(row).toMatchObject({
        ...{
          currency: "EUR",
          priced_currency: "USD",
          exchange_rate: "0.92",
          exchange_rate_date: "2026-11-25",
          pages: "1",
        },
      });
      expect(rowsOf(csvOf(shop, { rows }))[0]).not.toHaveProperty("exchange_rate");
    },
  );

  test("there is no bill: it is in the currency that is paid", () => {
    expect(csvOf(euros, { format: "focus" })).toMatchObject({
      problem: { code: "conflicting_values", path: "currency" },
    });
  });
});

test("whatever the rate, totals are the exact ones times it, and lines, owners and instances add up to them", () => {
  const rates = fc.tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 9 }));
  let lines = 0;
  fc.assert(
    fc.property(rates, fc.constantFrom(...documents), ([digits, places], document) => {
      const rate = new Exact(digits).div(new Exact(10).pow(places)).toFixed();
      const { options } = exchanged(document, { currency: "CHF", rate, date: "2026-11-25" });
      for (const [at, option] of options.entries())
        lines += checked(option, document.options[at] as OptionDocument, rate);
    }),
    { numRuns: 60 },
  );
  expect(lines).toBeGreaterThan(1000);
});

/** How many line items were looked at. */
function checked(option: OptionDocument, priced: OptionDocument, rate: string): number {
  if (option.total === null) return 0;
  const { lineItems, allocation, fleet } = option;
  expect(option.total).toBe(cents(new Exact(rate).times(priced.totalExact ?? "0")));
  expect(plus(lineItems.map(({ cost }) => cost)).toFixed(2)).toBe(option.total);
  expect(plus(allocation.map(({ cost }) => cost)).toFixed(2)).toBe(option.total);
  expect(plus(lineItems.map(({ costExact }) => costExact)).toFixed()).toBe(option.totalExact);
  const fleetCost = plus((priced.fleet ?? []).map(({ cost }) => cost)).times(rate);
  expect(plus((fleet ?? []).map(({ cost }) => cost)).toFixed(2)).toBe(cents(fleetCost));
  for (const { quantity, unitPrice, costExact } of lineItems) {
    const error = new Exact(quantity).times(unitPrice).minus(costExact).abs();
    expect(error.lessThanOrEqualTo(new Exact(rate).times("1e-6"))).toBe(true);
  }
  return lineItems.length;
}
