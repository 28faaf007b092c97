import { describe, expect, test } from "vitest";
import { Exact } from "../../../api/core/model/exact.ts";
import { fraction } from "../../../api/core/model/fraction.ts";
import type { Price } from "../../../api/core/model/price-book.ts";
import type { Usage, UsageUnit } from "../../../api/core/model/usage.ts";
import { rate } from "../../../api/core/rating/rate.ts";
import { aBook, aPrice } from "../sample-book.ts";

const month = 730 * 3600;

describe("quantity × unit price", () => {
  test("one vCPU for an hour at $0.04048 costs $0.04048, by the hour and by the second", () => {
    const hour = usage(1024 * 3600, "cpu-unit-second");

    expect(costs([hour], [aPrice("sku", "0.04048", "vCPU-Hour")])).toEqual(["0.04048"]);
    expect(costs([hour], [aPrice("sku", "0.000011244", "vCPU-Second")])).toEqual(["0.0404784"]);
  });

  test.each<[amount: number, unit: UsageUnit, price: Price, cost: string]>([
    [1024 * 3600, "MiB-second", aPrice("sku", "0.004445", "GB-Hour"), "0.004445"],
    [1024, "MiB-second", aPrice("sku", "0.000001235", "GB-Second"), "0.000001235"],
    [30 * 1024 * month, "MiB-second", aPrice("sku", "0.08", "GB-Month"), "2.4"],
    [730 * 3600, "instance-second", aPrice("sku", "0.096", "Instance-Hour"), "70.08"],
    [1000 * month, "IOPS-second", aPrice("sku", "0.005", "IOPS-Month"), "5"],
    [5 * month, "MiBps-second", aPrice("sku", "0.04", "MiBps-Month"), "0.2"],
  ])("%d %s are rated: %#", (amount, unit, price, cost) => {
    expect(costs([usage(amount, unit)], [price])).toEqual([cost]);
  });

  test("a month of 720 hours makes 730 hours of 30 GB 30.41666… GB-months: $2.433333333333", () => {
    const { charges } = rate(
      [usage(30 * 1024 * month, "MiB-second")],
      aBook([aPrice("sku", "0.08", "GB-Month")]),
      720 * 3600,
    );

    expect(charges.map(({ cost }) => cost.toFixed())).toEqual(["2.433333333333"]);
  });

  test("a share of 36/5 tasks is counted exactly, and a third of a task to 60 digits", () => {
    const price = aPrice("sku", "1", "Instance-Hour");
    const of = (share: Usage["quantity"]): Usage => ({ ...usage(0, "instance-second"), quantity: share });

    expect(costs([of(fraction(36 * 3600, 5))], [price])).toEqual(["7.2"]);
    const { charges } = rate([of(fraction(3600, 3))], aBook([price]), month);
    expect(charges[0]?.quantity.toFixed()).toBe(`0.${"3".repeat(60)}`);
  });

  test.each([
    ["0.0000000000005", "0"],
    ["0.0000000000015", "0.000000000002"],
    ["0.0000000000025", "0.000000000002"],
    ["0.00000000000250000000000000000001", "0.000000000003"],
    ["0.0000000000035", "0.000000000004"],
  ])("a cost of %s is kept as %s: half even, 12 decimals", (unitPrice, cost) => {
    expect(costs([usage(3600, "instance-second")], [aPrice("sku", unitPrice, "Instance-Hour")])).toEqual([cost]);
  });

  test("9,007,199,254,740,993 seconds, more than a double holds, are all counted", () => {
    const many = { ...usage(0, "instance-second"), quantity: fraction(9_007_199_254_740_993n * 3600n) };

    expect(costs([many], [aPrice("sku", "1", "Instance-Hour")])).toEqual(["9007199254740993"]);
  });
});

describe("tiers", () => {
  const tiered = [
    aPrice("sku", "0.10", "Instance-Hour", { tierTo: new Exact(10) }),
    aPrice("sku", "0.05", "Instance-Hour", { tierFrom: new Exact(10), tierTo: new Exact(30) }),
    aPrice("sku", "0.01", "Instance-Hour", { tierFrom: new Exact(30) }),
  ];
  const hours = (count: number, service: string | null = null) => ({
    ...usage(count * 3600, "instance-second"),
    service,
  });

  test("40 hours are 10 at $0.10, 20 at $0.05 and 10 at $0.01, whatever the order of the tiers", () => {
    expect(costs([hours(40)], tiered)).toEqual(["1", "1", "0.1"]);
    expect(costs([hours(40)], [...tiered].reverse())).toEqual(["1", "1", "0.1"]);
  });

  const months = (count: number, hoursUsed: number): Usage => ({ ...hours(hoursUsed), endSeconds: count * month });

  test("begin anew each month: 480 hours in a year are 12 times 10, 20 and 10, one line a tier", () => {
    const { charges } = rate([months(12, 480)], aBook(tiered), month);

    expect(charges.map(({ quantity, cost }) => [quantity.toFixed(), cost.toFixed()])).toEqual([
      ["120", "12"],
      ["240", "12"],
      ["120", "1.2"],
    ]);
  });

  test("what 100 hours cost in a month of 744 hours, of 31 days, is what they cost in one of 730", () => {
    const inOne = (seconds: number) => costs([{ ...hours(100), endSeconds: seconds }], tiered);

    expect(inOne(744 * 3600)).toEqual(inOne(month));
    expect(inOne(2 * month)).toEqual(["2", "2", "0.4"]);
  });

  test("count in the months that the usage falls in: 20 hours all in the second of two months are 10 and 10", () => {
    const late = { ...hours(20), startSeconds: month, endSeconds: 2 * month };

    expect(costs([late], tiered)).toEqual(["1", "0.5"]);
    expect(costs([months(2, 20)], tiered)).toEqual(["2"]);
    expect(costs([months(2, 20), late], tiered)).toEqual(["2", "1"]);
  });

  test("the rest of a period is a month with all its tiers: 15 hours in a month and a half are 10 and 5", () => {
    expect(costs([{ ...hours(15), endSeconds: 1.5 * month }], tiered)).toEqual(["1.5"]);
    expect(costs([{ ...hours(30), endSeconds: 1.5 * month }], tiered)).toEqual(["2", "0.5"]);
  });

  test("parts sum to the whole where a month's third has no end: 1,000 hours in 7 months", () => {
    const { charges } = rate([months(7, 1000)], aBook(tiered), month);

    expect(charges.map(({ quantity }) => quantity.toFixed())).toEqual(["70", "140", "790"]);
    const few = rate([months(7, 10)], aBook(tiered), month).charges.map(({ quantity }) => quantity.toFixed());
    expect(few).toEqual(["10"]);
  });

  test("apply to a SKU's sum across services: 8 and 8 hours are 8 + 2 at $0.10 and 6 at $0.05", () => {
    const { charges } = rate([hours(8, "a"), hours(8, "b")], aBook(tiered), month);

    expect(charges.map(({ service, cost }) => [service, cost.toFixed()])).toEqual([
      ["a", "0.8"],
      ["b", "0.2"],
      ["b", "0.3"],
    ]);
  });

  test("a usage that ends on a bound does not start the next tier", () => {
    expect(costs([hours(10)], tiered)).toEqual(["1"]);
    expect(costs([hours(10), hours(1)], tiered)).toEqual(["1", "0.05"]);
  });

  test.each([
    ["a gap", [tiered[0], tiered[2]]],
    ["an overlap", [tiered[0], tiered[1], aPrice("sku", "0.02", "Instance-Hour", { tierFrom: new Exact(20) })]],
    ["an end", [tiered[0], tiered[1]]],
    ["no start", [tiered[1], tiered[2]]],
    ["two prices", [aPrice("sku", "0.10", "Instance-Hour"), aPrice("sku", "0.11", "Instance-Hour")]],
    ["the same price twice", [aPrice("sku", "0.10", "Instance-Hour"), aPrice("sku", "0.10", "Instance-Hour")]],
  ] as [string, Price[]][])("prices with %s are a problem by name, and nothing is charged", (_, prices) => {
    const { charges, problems } = rate([hours(5)], aBook(prices), month);

    expect(charges).toEqual([]);
    expect(problems).toEqual([
      { code: "price_ambiguous", path: "", message: expect.stringContaining("for sku in us-east-1") },
    ]);
  });

  test("tiers in different units are a problem: the second would be charged in the first one's", () => {
    const mixed = [tiered[0], aPrice("sku", "0.05", "GB-Hour", { tierFrom: new Exact(10) })] as Price[];

    expect(rate([hours(20)], aBook(mixed), month).problems.map(({ code }) => code)).toEqual(["price_unit_unknown"]);
  });
});

describe("without a price", () => {
  test("a usage is a problem that names the SKU, the region and the snapshot; the others are charged", () => {
    const known = usage(3600, "instance-second");
    const unknown = { ...known, sku: "other", description: "another thing" };

    const { charges, problems } = rate([known, unknown, unknown], aBook([aPrice("sku", "1", "Instance-Hour")]), month);

    expect(charges.map(({ sku }) => sku)).toEqual(["sku"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: "price_missing", path: "" });
    expect(problems[0]?.message).toContain("No price for other in us-east-1 (price snapshot sample): another thing");
  });

  test("a price of $0 is a price", () => {
    expect(costs([usage(3600, "instance-second")], [aPrice("sku", "0", "Instance-Hour")])).toEqual(["0"]);
  });

  test("instance seconds cannot be priced per GB", () => {
    const { charges, problems } = rate([usage(3600, "instance-second")], aBook([aPrice("sku", "1", "GB-Hour")]), month);

    expect(charges).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(["price_unit_unknown"]);
  });
});

function usage(amount: number, unit: UsageUnit): Usage {
  const shown = { sku: "sku", service: null, description: "a thing", startSeconds: 0, endSeconds: 3600 };
  return { ...shown, quantity: fraction(amount), unit };
}

function costs(usages: readonly Usage[], prices: readonly Price[]): string[] {
  const { charges, problems } = rate(usages, aBook(prices), month);
  expect(problems).toEqual([]);
  return charges.map(({ cost }) => cost.toFixed());
}
