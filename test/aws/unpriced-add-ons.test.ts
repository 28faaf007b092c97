import { describe, expect, test } from "vitest";
import { addOns } from "../../api/aws/add-on-catalogue.ts";
import type { AddOn } from "../../api/core/model/add-on.ts";
import type { Estimate } from "../../api/core/model/comparison.ts";
import type { PriceBook } from "../../api/core/model/price-book.ts";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../core/comparison-of.ts";
import { withUnitPrices } from "../core/sample-book.ts";

interface Usage {
  readonly services?: Readonly<Record<string, object>>;
  readonly everyService?: object;
  readonly cluster?: object;
}

const [virginia] = await bundledBooks("us-east-1");
/** Prices of these come with the request, not from a price list. */
const ofTheUser = ["instance-costs", "aws-support", "staff"];
const listed = addOns.filter(({ id }) => !ofTheUser.includes(id));

test.each(addOns.filter(({ id }) => ofTheUser.includes(id)))("$id is priced by the request itself", ({ example }) => {
  const { charges } = optionOf(comparisonOf({ ...(example.request as object) }, virginia), example.option);
  const own = charges.filter(({ sku }) => sku in example.lines && !virginia.prices.has(sku));

  expect(own.length).toBeGreaterThan(0);
  expect(own.filter(({ price }) => !price.source.endsWith("of the request"))).toEqual([]);
});

describe("in a region without a price for it", () => {
  const asked = listed.filter(
    ({ required, inputs, meterInstances }) => required || inputs.length > 0 || meterInstances,
  );

  test.each(asked)("$id with its quantity given is refused by name", (addOn) => {
    const { priced, unpriced } = bothWays(addOn, withInputs(addOn));

    const skus = skusIn(priced, addOn);
    expect(skus.length).toBeGreaterThan(0);
    expect(skus.filter((sku) => !isRefused(unpriced, sku))).toEqual([]);
    expect(unpriced.total).toBeNull();
  });

  test.each(listed.filter((addOn) => !asked.includes(addOn)))(
    "$id, which documents alone call for, is told as left out",
    (addOn) => {
      const { priced, unpriced } = bothWays(addOn, addOn.example.request as object);

      const skus = skusIn(priced, addOn);
      expect(skus.length).toBeGreaterThan(0);
      expect(skus.filter((sku) => !isLeftOut(unpriced, sku))).toEqual([]);
    },
  );

  test.each(listed)("$id without any quantity given is never silently nothing", (addOn) => {
    const { usage: _, ...request } = addOn.example.request as { usage?: Usage };
    const { priced, unpriced } = bothWays(addOn, request);

    const skus = skusIn(priced, addOn);
    // Once the option has a problem it has no total, and says no more than that.
    const untold = skus.filter((sku) => !isRefused(unpriced, sku) && !isLeftOut(unpriced, sku));
    expect(unpriced.problems.length > 0 ? [] : untold).toEqual([]);
    expect(unpriced.charges.filter(({ sku }) => skus.includes(sku))).toEqual([]);
  });
});

/** The example's option with its own unit prices, and without any price of the SKUs that it is about. */
function bothWays({ example }: AddOn, request: object) {
  const book = withUnitPrices(virginia, example.unitPrices);
  const gone = new Set([...Object.keys(example.lines), ...Object.keys(example.unitPrices)]);
  const without: PriceBook = { ...book, prices: new Map([...book.prices].filter(([sku]) => !gone.has(sku))) };
  const on = (prices: PriceBook) =>
    optionOf(comparisonOf({ ...request, options: [example.option] }, prices), example.option);
  return { priced: on(book), unpriced: on(without) };
}

/** Where the example gives none of them, each of those that the add-on asks for. */
function withInputs({ example, inputs }: AddOn): object {
  const request = example.request as { usage?: Usage };
  const { services = {}, everyService = {}, cluster = {} } = request.usage ?? {};
  const given = [everyService, cluster, ...Object.values(services)].flatMap((amounts) => Object.keys(amounts));
  if (inputs.some(({ name }) => given.includes(name))) return request;
  const amountsOf = (of: "service" | "cluster") =>
    Object.fromEntries(inputs.filter((input) => input.of === of).map(({ name, default: one }) => [name, one || 1]));
  const usage = {
    services,
    everyService: { ...everyService, ...amountsOf("service") },
    cluster: { ...cluster, ...amountsOf("cluster") },
  };
  return { ...request, usage };
}

function skusIn({ charges }: Estimate, { example }: AddOn): string[] {
  const about = new Set([...Object.keys(example.lines), ...Object.keys(example.unitPrices)]);
  return [...new Set(charges.map(({ sku }) => sku))].filter((sku) => about.has(sku));
}

function isRefused({ problems }: Estimate, sku: string): boolean {
  return problems.some(({ code, message }) => code === "price_missing" && message.includes(`${sku} in us-east-1`));
}

function isLeftOut({ assumptions }: Estimate, sku: string): boolean {
  return assumptions.some(({ code, text }) => code === "not_priced" && text.includes(`${sku} is known in us-east-1`));
}
