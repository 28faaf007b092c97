import { describe, expect, test } from "vitest";
import type { Comparison, Estimate, FleetInstances } from "../../api/core/model/comparison.ts";
import { Exact } from "../../api/core/model/exact.ts";

import { comparisonDocument } from "../../api/present/json.ts";
import { aCharge } from "../core/sample-book.ts";
import { anEstimate } from "../core/sample-estimate.ts";

describe("the answer as JSON", () => {
  test("has every field of the contract, amounts as decimal strings", () => {
    const document = documentOf(anOption());

    expect(document).toMatchObject({
      id: "id",
      region: "us-east-1",
      hours: "730",
      currency: "USD",
      engine: "1.0.0",
      prices: { snapshot: "sample", oldest: "2026-09-01", newest: "2026-09-29" },
      baseline: "as-configured",
      cheapest: "fargate",
      recommended: { option: "fargate", reason: "it is" },
    });
    expect(document.options[0]).toMatchObject({
      id: "fargate",
      launchType: "fargate",
      purchaseOption: "on-demand",
      feasible: true,
      total: "1.26",
      totalExact: "1.262",
      fleet: null,
      packing: null,
      assumptions: [{ code: "a", text: "b", effect: "3.10" }],
      problems: [],
    });
    expect(document.options[0]?.lineItems[0]).toMatchObject({
      service: "web",
      sku: "sku",
      quantity: "1",
      unit: "Instance-Hour",
      unitPrice: "1.012",
      cost: "1.01",
      costExact: "1.012",
      estimated: false,
      price: { source: "a price list", effectiveDate: "2026-09-01", rateCode: null },
    });
  });

  test("has nothing that JSON does not keep: it reads back as it was", () => {
    const document = documentOf(anOption({ fleet: [aLife()] }));

    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  test.each([
    ["0", "0.00"],
    ["-0.001", "0.00"],
    ["-3.105", "-3.11"],
    ["1234567.5", "1234567.50"],
    ["0.000000000001", "0.00"],
  ])("shows an effect of %s as %s", (effect, shown) => {
    const assumptions = [{ code: "a", text: "b", effect: new Exact(effect) }];

    expect(documentOf(anOption({ assumptions })).options[0]?.assumptions[0]?.effect).toBe(shown);
  });

  test("writes tiny and huge numbers in digits, never with an exponent", () => {
    const tiny = aCharge("web", "0.000000000001");
    const huge = aCharge("web", "123456789012345678901234567890");

    const [first, second] = documentOf(anOption({ charges: [tiny, huge] })).options[0]?.lineItems ?? [];

    expect([first?.unitPrice, first?.costExact]).toEqual(["0.000000000001", "0.000000000001"]);
    expect(second?.cost).toBe("123456789012345678901234567890.00");
  });

  test("gives the difference to the cheapest in shown cents: 10.004 and 5.006 differ by 4.99", () => {
    const cheap = anOption({ total: new Exact("5.006") });
    const dear = anOption({ id: "ec2", total: new Exact("10.004") });

    expect(documentOf(cheap, dear).options.map(({ difference }) => difference)).toEqual(["0.00", "4.99"]);
  });

  test("says what an option that is not feasible would cost once mended, and no total", () => {
    const problems = [{ code: "no", path: "services[0]", message: "No." }];
    const refused = anOption({
      problems,
      total: null,
      range: null,
      interruptions: new Map(),
      totalOnceMended: new Exact("9.01"),
      charges: [],
      allocation: [],
    });

    expect(documentOf(refused).options[0]).toMatchObject({
      ...{ feasible: false, total: null, totalExact: null, totalOnceMended: "9.01", difference: null, problems },
    });
  });
});

describe("a fleet", () => {
  test("has instances alike but for their zone as one row, with the number of zones", () => {
    const fleet = [aLife({ zone: 0, count: 2 }), aLife({ zone: 1, count: 2 }), aLife({ zone: 2 })];

    expect(documentOf(anOption({ fleet })).options[0]?.fleet).toMatchObject([
      {
        instanceType: "m5.large",
        count: 5,
        zones: 3,
        hours: "730",
        tasks: [{ service: "web", count: 2 }],
        binds: "cpu",
        spare: false,
      },
    ]);
  });

  test("keeps apart what differs in content, in hours or in what it is kept for", () => {
    const other = { tasks: [{ service: "web", count: 1 }] };
    const fleet = [aLife(), aLife(other), aLife({ endSeconds: 1800 }), aLife({ spare: true, tasks: [] })];

    const rows = documentOf(anOption({ fleet })).options[0]?.fleet;

    expect(rows?.map(({ hours, tasks, spare, binds }) => [hours, tasks.length, spare, binds])).toEqual([
      ["730", 1, false, "cpu"],
      ["730", 1, false, "cpu"],
      ["0.5", 1, false, "cpu"],
      ["730", 0, true, null],
    ]);
  });
});

function documentOf(...options: Estimate[]) {
  const comparison: Comparison = {
    ...{ region: "us-east-1", periodSeconds: 730 * 3600, period: null, currency: "USD", snapshot: "sample", tags: [] },
    ...{ oldestPrice: "2026-09-01", newestPrice: "2026-09-29", baseline: "as-configured", cheapest: "fargate" },
    recommended: { option: "fargate", reason: "it is" },
    options,
    readiness: [],
    flips: [],
  };
  return comparisonDocument(comparison, { id: "id", engine: "1.0.0" });
}

function anOption(fields: Partial<Estimate> = {}): Estimate {
  return anEstimate("fargate", "1.262", {
    charges: [aCharge("web", "1.012"), aCharge("web", "0.25")],
    assumptions: [{ code: "a", text: "b", effect: new Exact("3.1") }],
    ...fields,
  });
}

function aLife(fields: Partial<FleetInstances> = {}): FleetInstances {
  return {
    ...{ instanceType: "m5.large", count: 1, startSeconds: 0, endSeconds: 730 * 3600, zone: 0, spare: false },
    ...{ tasks: [{ service: "web", count: 2 }], used: { cpu: 512 }, capacity: { cpu: 2048 }, binds: "cpu" },
    ...{ provider: null, purchaseOption: null, existing: false, cost: new Exact("1.5"), stranded: new Exact("0.5") },
    ...fields,
  };
}
