import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Exact } from "../../api/core/model/exact.ts";
import { focusServiceOf } from "../../api/present/focus-services.ts";
import type { ComparisonDocument } from "../../api/present/json.ts";
import { csvOf, goldenDocument, type Row, rowsOf } from "./csv-rows.ts";
import { focusFaults } from "./focus-validator.ts";

const period = { start: "2026-11-01T00:00:00Z" };
const shop = goldenDocument("shop", { period });
const rateCard = { discounts: [{ sku: "fargate/*", percent: "10" }] };
const cheaper = goldenDocument("shop", { period, rateCard, hours: 720, options: ["fargate"] });
const committed = goldenDocument("shop", { hours: 720, options: ["ec2", "ec2-reserved", "ec2-savings-plan"] });

function billOf(document: ComparisonDocument, query: Parameters<typeof csvOf>[1] = {}): Row[] {
  return rowsOf(csvOf(document, { format: "focus", ...query }));
}

function sumOf(rows: readonly Row[], column: string): string {
  return rows.reduce((sum, row) => sum.plus(row[column] ?? "0"), new Exact(0)).toFixed();
}

describe.each([
  ["shop", shop],
  ["full-bill", goldenDocument("full-bill")],
  ["scaled-web", goldenDocument("scaled-web", { hours: 48 })],
  ["kubernetes-shop", goldenDocument("kubernetes-shop")],
  ["own prices", cheaper],
  ["commitments", committed],
])("%s as a planned bill:", (_, document) => {
  test.each(["1.4", "1.2"] as const)(
    "every row of every option is as FOCUS %s has it, by month and by hour",
    (focusVersion) => {
      for (const { id } of document.options.filter(({ feasible }) => feasible)) {
        const months = billOf(document, { option: id, focusVersion });
        expect([id, focusFaults(months, focusVersion)]).toEqual([id, []]);
      }
      const hours = billOf(document, { focusVersion, per: "hour" });
      expect(hours.length).toBeGreaterThan(100);
      expect(focusFaults(hours, focusVersion)).toEqual([]);
    },
  );

  test.each(["month", "hour"] as const)("what is billed by the %s adds up to the option's exact total", (per) => {
    for (const { id, totalExact } of document.options.filter(({ feasible }) => feasible).slice(0, 3)) {
      const rows = billOf(document, { option: id, per });
      expect([id, sumOf(rows, "BilledCost"), sumOf(rows, "EffectiveCost")]).toEqual([id, totalExact, totalExact]);
    }
  });
});

describe("prices", () => {
  test("at 10 % off, Fargate's list and contracted unit prices are 0.04048 and 0.036432, each times its quantity", () => {
    const row = billOf(cheaper).find(({ SkuId }) => SkuId === "fargate/linux/x86_64/vcpu");
    expect(row).toMatchObject({
      ...{
        ListUnitPrice: "0.04048",
        ContractedUnitPrice: "0.036432",
        PricingQuantity: "4320",
        PricingUnit: "vCPU-Hours",
      },
      ...{ ListCost: "174.8736", ContractedCost: "157.38624", BilledCost: "157.38624", PricingCategory: "Standard" },
      ...{ ServiceCategory: "Compute", ServiceSubcategory: "Containers", RegionId: "us-east-1", x_IsForecast: "true" },
    });
  });

  test("Spot is Dynamic, what a commitment covers Committed, and its fee a Purchase without effect", () => {
    const spot = billOf(shop, { option: "ec2-spot" }).find(({ SkuId }) => SkuId?.startsWith("ec2-spot/"));
    expect(spot?.PricingCategory).toBe("Dynamic");
    const rows = billOf(committed, { option: "ec2-reserved" }).filter(({ SkuId }) =>
      SkuId?.startsWith("ec2-reserved/"),
    );
    const [fee, usage] = rows;
    expect(fee).toMatchObject({ ChargeCategory: "Purchase", EffectiveCost: "0", PricingCategory: "Standard" });
    expect(usage).toMatchObject({ ChargeCategory: "Usage", BilledCost: "0", PricingCategory: "Committed" });
    expect(fee?.BilledCost).toBe(usage?.EffectiveCost);
    expect(usage).toMatchObject({ CommitmentDiscountStatus: "Used", CommitmentDiscountCategory: "Usage" });
  });
});

describe("periods", () => {
  const periodsOf = (rows: readonly Row[]) => [
    ...new Set(
      rows.map((row) =>
        [row.BillingPeriodStart, row.ChargePeriodStart, row.ChargePeriodEnd, row.x_PeriodFrom].join(" "),
      ),
    ),
  ];

  test("730 hours from 1 November on are all of November and ten hours of December, as the request says", () => {
    expect(periodsOf(billOf(shop, { option: "fargate" }))).toEqual([
      "2026-11-01T00:00:00Z 2026-11-01T00:00:00Z 2026-12-01T00:00:00Z request",
      "2026-12-01T00:00:00Z 2026-12-01T00:00:00Z 2026-12-01T10:00:00Z request",
    ]);
  });

  test("the month asked for goes before that; 720 hours are April", () => {
    expect(periodsOf(billOf(cheaper, { month: "2027-04" }))).toEqual([
      "2027-04-01T00:00:00Z 2027-04-01T00:00:00Z 2027-05-01T00:00:00Z asked",
    ]);
  });

  test("nothing said, 730 hours are of the first month long enough from the newest price's on: October 2026", () => {
    expect(periodsOf(billOf(goldenDocument("shop", { options: ["fargate"] })))).toEqual([
      "2026-10-01T00:00:00Z 2026-10-01T00:00:00Z 2026-10-31T10:00:00Z assumed",
    ]);
  });

  test("hours begin on the hour, and a period that does not has a part of one at either end", () => {
    const odd = goldenDocument("shop", { period: { start: "2026-11-01T00:30:00Z" }, hours: 2, options: ["fargate"] });
    expect(periodsOf(billOf(odd, { per: "hour" })).map((text) => text.slice(21, 61))).toEqual(
      [
        "2026-11-01T00:30:00Z 2026-11-01T01:00:00",
        "2026-11-01T01:00:00Z 2026-11-01T02:00:00",
        "2026-11-01T02:00:00Z 2026-11-01T02:30:00",
      ].map((text) => text.slice(0, 40)),
    );
  });
});

test("the option is the recommended one unless told, and tags and owner are the service's", () => {
  const tagged = { ...shop, tags: [{ service: "worker", tags: { owner: "jobs", stage: "live" } }] };
  const rows = billOf(tagged);
  expect(new Set(rows.map(({ x_ScenarioId }) => x_ScenarioId))).toEqual(new Set(["mixed"]));
  const own = rows.find(({ x_Service }) => x_Service === "worker");
  expect([own?.x_Owner, own?.Tags]).toEqual(["jobs", '{"owner":"jobs","stage":"live"}']);
});

test("an option that is not feasible has no bill, and says which have", () => {
  const none = { ...shop, options: shop.options.map((option) => ({ ...option, feasible: option.id === "ec2" })) };
  expect(csvOf(none, { format: "focus", option: "fargate" })).toMatchObject({
    problem: { code: "option_unknown", message: "There is no fargate to show here. There are: ec2." },
  });
});

test.each([
  [{ format: "focus", rows: "lines" }, "rows"],
  [{ per: "hour" }, "per"],
  [{ month: "2026-11" }, "month"],
  [{ focusVersion: "1.2" }, "focusVersion"],
] as const)("%j is refused: the one is not for the other", (query, path) => {
  expect(csvOf(shop, query)).toMatchObject({ problem: { code: "conflicting_values", path } });
});

test("every SKU that has a bundled price is of a service that FOCUS's readers know", () => {
  const folder = new URL("../../db/seed/prices/", import.meta.url);
  const skus = readdirSync(folder).flatMap((file) =>
    readFileSync(new URL(file, folder), "utf8")
      .split("\n")
      .slice(1)
      .filter(Boolean)
      .map((line) => line.split(",")[1] ?? ""),
  );
  expect(skus.length).toBeGreaterThan(10_000);
  expect([...new Set(skus)].filter((sku) => focusServiceOf(sku) === undefined)).toEqual([]);
});

test.each([
  [{ ListCost: "1" }, "ListCost is not unit price × quantity"],
  [{ ChargeCategory: "usage" }, "ChargeCategory is usage"],
  [{ BilledCost: "1,000.00" }, "BilledCost is not as Decimal (any): 1,000.00"],
  [{ BillingCurrency: "" }, "BillingCurrency is null"],
  [{ ChargePeriodStart: "2026-11-01" }, "ChargePeriodStart is not as Date/Time: 2026-11-01"],
  [{ ChargePeriodEnd: "2027-01-01T00:00:00Z" }, /is outside 2026-11-01/],
  [{ PricingCategory: "Committed" }, "committed usage without a commitment"],
  [{ Owner: "shop" }, "Owner is no column of 1.4"],
])("what tries bills finds %j", (change, fault) => {
  const [row] = billOf(shop);
  expect(focusFaults([{ ...row, ...change }], "1.4")).toContainEqual(
    typeof fault === "string" ? fault : expect.stringMatching(fault),
  );
  expect(focusFaults([{ ...row, ...change }], "1.4")).not.toEqual([]);
});

test("what tries bills finds a mandatory column that is not there", () => {
  const [{ BilledCost: _, ...row } = {}] = billOf(shop);
  expect(focusFaults([row as Row], "1.4")).toContain("BilledCost is missing");
  expect(focusFaults(billOf(shop), "1.2")).toContain("ProviderName is missing");
});
