import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { catalogue } from "../../api/aws/catalogue.ts";
import type { Charge } from "../../api/core/model/charge.ts";
import { Exact } from "../../api/core/model/exact.ts";
import { inCents } from "../../api/core/model/shown.ts";
import { type ComparisonDocument, comparisonDocument } from "../../api/present/json.ts";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf } from "../core/comparison-of.ts";
import { randomRequest } from "../core/random-request.ts";
import { aCharge } from "../core/sample-book.ts";
import { anEstimate } from "../core/sample-estimate.ts";

const [book] = await bundledBooks("us-east-1");
const identity = { id: "0123456789abcdef0123456789abcdef", engine: "1.0.0" };
const golden = new URL("../golden/", import.meta.url);

export function documentOf(request: unknown): ComparisonDocument {
  return comparisonDocument(comparisonOf(request, book), identity);
}

export function goldenDocument(name: string): ComparisonDocument {
  return documentOf(JSON.parse(readFileSync(new URL(`${name}/input.json`, golden), "utf8")));
}

interface Named {
  readonly name: string;
  readonly document: ComparisonDocument;
}

/**
 * Every golden case; random requests, with rate cards and Support; the worked example of every launch type and add-on; and options whose
 * running sums lie near half a cent.
 */
export function documentsOfAllKinds(): Named[] {
  const names = readdirSync(golden).filter((name) => existsSync(new URL(`${name}/input.json`, golden)));
  const goldens = names.map((name) => ({ name, document: goldenDocument(name) }));
  const random = fc.sample(randomRequest, { seed: 11, numRuns: 12 }).map((request, at) => ({
    name: `random request ${at}`,
    document: documentOf({ ...request, region: "us-east-1", ...odd[at % odd.length] }),
  }));
  const examples = [...catalogue.launchTypes, ...catalogue.addOns].map(({ example }) =>
    documentOf({ ...(example.request as object), options: [example.option] }),
  );
  const byHours = Map.groupBy(examples, ({ hours }) => hours);
  return [
    ...goldens,
    ...random,
    ...[...byHours].map(([hours, of]) => ({ name: `examples of ${hours} hours`, document: together(of) })),
    { name: "near half a cent", document: together(documentsNearHalfCents()) },
  ];
}

const odd = [
  {},
  { hours: 100 },
  { usage: { cluster: { supportPercent: 10 } } },
  { usage: { cluster: { supportPercent: 3 } }, rateCard: { discounts: [{ sku: "*", percent: "12.5" }] } },
];

/** Costs whose running sums lie on half a cent, or a hair beside it, again and again: cents, thirds, seconds; from a dollar to billions. */
function documentsNearHalfCents(): ComparisonDocument[] {
  const line = fc.record({
    numerator: fc.integer({ min: 1, max: 100_000 }),
    denominator: fc.constantFrom(1, 2, 3, 8, 60, 3600),
    price: fc.constantFrom(
      "0.005",
      "0.015",
      "0.0225",
      "0.045",
      "0.04048",
      "0.004445",
      "0.01288561",
      "1.005",
      "0.00000105",
    ),
  });
  const option = fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 60 }),
    factor: fc.constantFrom(1, 1, 1, 10, 1000, 100_000),
  });
  return fc.sample(option, { seed: 12, numRuns: 60 }).map(({ lines, factor }) => {
    const charges = lines.map(({ numerator, denominator, price }) =>
      chargeOf(new Exact(numerator).times(factor).div(denominator), price),
    );
    return documentOfCharges(charges);
  });
}

/** The options of all, each under a name of its own. */
function together(documents: readonly ComparisonDocument[]): ComparisonDocument {
  const options = documents.flatMap((one, at) =>
    one.options.map((option) => ({ ...option, id: `${option.id} ${at}` })),
  );
  const cheapest = Exact.min(...options.flatMap(({ total }) => (total === null ? [] : [total])));
  const [first] = documents;
  if (first === undefined) throw new Error("There is nothing to put together");
  return {
    ...first,
    options: options.map((option) => ({
      ...option,
      difference: option.total === null ? null : inCents(new Exact(option.total).minus(cheapest)),
    })),
  };
}

/** One option of these charges. */
export function documentOfCharges(charges: readonly Charge[]): ComparisonDocument {
  const total = charges.reduce((sum, { cost }) => sum.plus(cost), new Exact(0));
  return comparisonDocument(
    {
      ...{ region: "us-east-1", periodSeconds: 730 * 3600, currency: "USD", snapshot: "sample" },
      ...{ oldestPrice: "2026-09-01", newestPrice: "2026-09-29", baseline: null, cheapest: "fargate" },
      recommended: { option: "fargate", reason: "it is" },
      ...{ period: null, tags: [], flips: [], readiness: [] },
      options: [anEstimate("fargate", total.toFixed(), { charges })],
    },
    identity,
  );
}

/** As rating has it: the cost of a quantity to 30 digits and more, half-even to 12 decimals. */
function chargeOf(quantity: InstanceType<typeof Exact>, unitPrice: string): Charge {
  const cost = quantity.times(unitPrice).toDecimalPlaces(12, Exact.ROUND_HALF_EVEN);
  return { ...aCharge("web", unitPrice), sku: `sku/${unitPrice}`, quantity, cost, listCost: cost };
}
