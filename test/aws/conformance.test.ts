import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { usageInputs } from "../../api/aws/add-on-catalogue.ts";
import { catalogue } from "../../api/aws/catalogue.ts";
import type { Estimate } from "../../api/core/model/comparison.ts";
import { Exact } from "../../api/core/model/exact.ts";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../core/comparison-of.ts";
import { withUnitPrices } from "../core/sample-book.ts";

const [book] = await bundledBooks("us-east-1");
const priced = [...catalogue.launchTypes, ...catalogue.addOns];
const titled = priced.map(({ id, example, reference }) => {
  const costs = Object.values(example.lines).map((cost) => `$${cost}`);
  return { id, example, reference, title: `${example.given}: ${costs.join(", ")} (${example.id})` };
});

test.each(titled)("$id: $title", ({ example }) => {
  const request = { ...(example.request as object), options: [example.option] };

  const comparison = comparisonOf(request, withUnitPrices(book, example.unitPrices));

  const option = optionOf(comparison, example.option);
  expect(option.problems).toEqual([]);
  for (const [sku, published] of Object.entries(example.lines)) {
    expect([sku, costOf(option, sku, published)]).toEqual([sku, published]);
  }
  expect(skusOf(option).filter((sku) => sku in example.unitPrices)).toEqual(
    expect.arrayContaining(Object.keys(example.unitPrices)),
  );
});

test.each(titled)("$id cites a page and its example's id and source", ({ example, reference }) => {
  expect(example.id).toMatch(/^[A-Z0-9]+-\S+$/);
  expect(example.source).toMatch(/\S{10,}/);
  expect(reference).toMatch(/^https:\/\//);
  expect(Object.keys(example.lines).length).toBeGreaterThan(0);
});

describe("no file is left out of the catalogue:", () => {
  test.each(filesIn("launch-types"))("api/aws/launch-types/%s.ts is in it", async (file) => {
    const exported: unknown[] = Object.values(await import(`../../api/aws/launch-types/${file}.ts`));

    expect(catalogue.launchTypes.filter((launchType) => exported.includes(launchType))).toHaveLength(1);
  });

  test.each(filesIn("add-ons"))("api/aws/add-ons/%s.ts is in it", async (file) => {
    const exported: unknown[] = Object.values(await import(`../../api/aws/add-ons/${file}.ts`));

    expect(catalogue.addOns.filter((addOn) => exported.includes(addOn))).toHaveLength(1);
  });

  test("and no two inputs of usage have one name", () => {
    for (const of of ["service", "cluster"] as const) {
      const names = usageInputs.filter((input) => input.of === of).map(({ name }) => name);
      expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
    }
  });

  test("and every id in it is there once", () => {
    const ids = priced.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(filesIn("launch-types").length + filesIn("add-ons").length);
  });
});

/** The SKU's cost with as many decimals as were published, half up as on the page. */
function costOf(option: Estimate, sku: string, published: string): string {
  const cost = option.charges
    .filter((charge) => charge.sku === sku)
    .reduce((sum, charge) => sum.plus(charge.cost), new Exact(0));
  return cost.toFixed(published.split(".")[1]?.length ?? 0, Exact.ROUND_HALF_UP);
}

function skusOf(option: Estimate): string[] {
  return option.charges.map((charge) => charge.sku);
}

/** Without their extension. */
function filesIn(folder: "launch-types" | "add-ons"): string[] {
  return readdirSync(new URL(`../../api/aws/${folder}/`, import.meta.url)).map((name) => name.replace(/\.ts$/, ""));
}
