import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Difference } from "../../../api/core/model/difference.ts";
import { Exact } from "../../../api/core/model/exact.ts";
import type { PriceBook } from "../../../api/core/model/price-book.ts";
import { differenceDocument } from "../../../api/present/difference-json.ts";
import { differenceText } from "../../../api/present/difference-text.ts";
import type { ComparisonDocument } from "../../../api/present/json.ts";
import { bundledBooks } from "../bundled-books.ts";
import { randomRegions, randomRequest } from "../random-request.ts";
import { differenceBetween, keptAnswer } from "./difference-between.ts";

const books = new Map((await bundledBooks(...randomRegions)).map((book) => [book.region, book]));

/** Independent requests, whose services have names in common; or one with something else asked beside it, or other counts. */
const pairs = fc
  .record({
    was: randomRequest,
    other: randomRequest,
    isOther: fc.boolean(),
    counts: fc.boolean(),
    hours: fc.constantFrom(730, 730, 365, 100),
    usage: fc.constantFrom(null, { cluster: { supportPercent: 10 } }, { everyService: { logGB: 3, internetGB: 40 } }),
    wasUsage: fc.constantFrom(null, { cluster: { supportPercent: 3 } }),
    rateCard: fc.constantFrom(
      null,
      { discounts: [{ sku: "*", percent: "12.5" }] },
      { prices: [{ sku: "fargate/linux/x86_64/vcpu", unitPrice: "0.03" }] },
    ),
  })
  .map(({ was, other, isOther, counts, hours, usage, wasUsage, rateCard }) => {
    const services = counts ? was.services.map((service) => ({ ...service, desiredCount: 5 })) : was.services;
    const is = { ...(isOther ? other : { ...was, services }), hours, usage, rateCard };
    return { was: answerTo({ ...was, usage: wasUsage }), is: answerTo(is) };
  });

describe("whatever two comparisons are set side by side,", () => {
  test("lines sum to their cause and causes to the difference, exactly, in every option", () => {
    let checked = 0;
    forAll(({ was, is }) => {
      for (const { id, total, causes } of differenceBetween(was, is).options) {
        for (const { amount, lines } of causes) expect(sum(lines.map((line) => line.amount))).toEqual(amount);
        if (total.was === null || total.is === null) continue;
        expect([id, sum(causes.map(({ amount }) => amount)).toFixed()]).toEqual([
          id,
          total.is.minus(total.was).toFixed(),
        ]);
        checked += causes.length;
      }
    });
    expect(checked).toBeGreaterThan(100);
  });

  test("shown lines sum to their shown cause, shown causes and services to the difference of shown totals", () => {
    forAll(({ was, is }) => {
      for (const { difference, total, causes, services } of documentOf(differenceBetween(was, is)).options) {
        if (difference === null) continue;
        const amounts = causes.map(({ amount }) => amount);
        expect(cents(causes.flatMap(({ lines }) => lines.map(({ amount }) => amount)))).toBe(difference);
        expect(cents(amounts)).toBe(difference);
        expect(cents(services.map((service) => service.difference))).toBe(difference);
        expect(cents([total.was ?? "", difference])).toBe(total.is);
      }
    });
  });

  test("the way back has the same causes with the other sign", () => {
    forAll(({ was, is }) => {
      expect(amountsOf(differenceBetween(is, was), -1)).toEqual(amountsOf(differenceBetween(was, is), 1));
    });
  });

  test("one beside itself has no cause, and none beside its own without what ran", () => {
    forAll(({ was }) => {
      for (const is of [was, withoutTasks(was)]) {
        const { options, inputs } = differenceBetween(was, is);
        expect([inputs, options.flatMap(({ causes, withoutCost }) => [...causes, ...withoutCost])]).toEqual([[], []]);
      }
    });
  });

  test("one kept before answers said what ran has prices, the period and usage as causes, which sum to the difference", () => {
    forAll(({ was, is }) => {
      for (const { total, causes } of differenceBetween(withoutTasks(was), is).options) {
        expect(causes.filter(({ cause }) => !["price", "period", "usage"].includes(cause))).toEqual([]);
        if (total.was === null || total.is === null) continue;
        expect(sum(causes.map(({ amount }) => amount)).toFixed()).toBe(total.is.minus(total.was).toFixed());
      }
    });
  });

  test("the text fits 80 columns", () => {
    forAll(({ was, is }) => {
      const lines = differenceText(documentOf(differenceBetween(was, is))).split("\n");
      expect(lines.filter((line) => [...line].length > 80 || line !== line.trimEnd())).toEqual([]);
    });
  });
});

const answers = new Map<string, ComparisonDocument>();

function forAll(property: (pair: { was: ComparisonDocument; is: ComparisonDocument }) => void): void {
  fc.assert(fc.property(pairs, property), { seed: 3, numRuns: 20 });
}

function answerTo<R extends { readonly region: string }>(request: R): ComparisonDocument {
  const key = JSON.stringify(request);
  const answer = answers.get(key) ?? keptAnswer(request, books.get(request.region) as PriceBook);
  answers.set(key, answer);
  return answer;
}

function documentOf(difference: Difference) {
  return differenceDocument(difference);
}

/** By option, cause and what makes it up, without those that are nothing. */
function amountsOf({ options }: Difference, sign: 1 | -1) {
  return options
    .flatMap(({ id, causes }) => causes.map(({ cause, amount }) => `${id} ${cause} ${amount.times(sign).toFixed()}`))
    .sort();
}

/** As answers were before they said what ran. */
function withoutTasks(document: ComparisonDocument): ComparisonDocument {
  const options = document.options.map(({ tasks: _, ...option }) => ({
    ...option,
    lineItems: option.lineItems.map(({ launchType: __, ...line }) => line),
  }));
  return { ...document, options } as unknown as ComparisonDocument;
}

function sum(amounts: readonly (string | InstanceType<typeof Exact>)[]) {
  return amounts.reduce<InstanceType<typeof Exact>>((whole, amount) => whole.plus(amount), new Exact(0));
}

function cents(amounts: readonly string[]): string {
  return sum(amounts).toFixed(2);
}
