import { describe, expect, test } from "vitest";
import { comparePrices, coveredBy } from "../../db/compare-prices.ts";
import type { KeptBack, PriceChanges, RegionReading } from "../../db/price-changes.ts";
import type { PriceInForce } from "../../db/prices.ts";
import type { StagedPart, StagedPrice } from "../../db/staged-part.ts";

const held = (fields: Partial<PriceInForce> = {}): PriceInForce => ({
  ...{ snapshot: 1, region: "us-east-1", sku: "alb/hour", unit: "Hour", price: "0.0225", currency: "USD" },
  ...{ effectiveDate: "2026-09-01", effectiveFrom: "2026-09-01", source: "bundled", rateCode: null, status: null },
  ...{ flag: null, tierFrom: null, tierTo: null, ...fields },
});

const read = (fields: Partial<StagedPrice> = {}): StagedPrice => ({
  ...{ sku: "alb/hour", unit: "Hour", price: "0.0225", currency: "USD", effectiveDate: "2026-11-01", note: null },
  ...{
    effectiveFrom: "2026-11-01",
    source: "list",
    rateCode: "R",
    status: null,
    tierFrom: "0",
    tierTo: null,
    ...fields,
  },
});

function compare(inForce: readonly PriceInForce[], prices: readonly StagedPrice[], more: Partial<StagedPart> = {}) {
  const part = { live: true, covers: ["alb/*"], prices, instanceTypes: [], spotAdvice: [], refused: [], ...more };
  return comparePrices({ ...reading, inForce, parts: [part] });
}

const reading: RegionReading = {
  ...{ region: "us-east-1", inForce: [], history: [], parts: [], today: "2026-11-23", maxRatio: "2" },
};

const added = ({ additions }: PriceChanges) =>
  additions.map(({ sku, price, effectiveFrom, status, tierFrom }) => [sku, tierFrom, price, effectiveFrom, status]);
const codes = ({ refusals }: PriceChanges) => refusals.map(({ code, sku }: KeptBack) => `${code} ${sku}`);

describe("a price that is read", () => {
  test("and is held already, $0.0225 written as 0.02250, makes no row, whatever its date", () => {
    const changes = compare([held()], [read({ price: "0.02250" })]);
    expect(changes).toMatchObject({ additions: [], refusals: [], moves: [], counts: { unchanged: 1, new: 0 } });
  });

  test("and is new makes a row with its own date", () => {
    const changes = compare([], [read()]);
    expect(added(changes)).toEqual([["alb/hour", "0", "0.0225", "2026-11-01", null]]);
    expect(changes.counts).toMatchObject({ new: 1, changed: 0 });
  });

  test("and has changed makes a row, and a move of +11.1 %", () => {
    const changes = compare([held()], [read({ price: "0.025" })]);
    expect(added(changes)).toEqual([["alb/hour", "0", "0.025", "2026-11-01", null]]);
    expect(changes.moves).toEqual([
      {
        ...{ region: "us-east-1", sku: "alb/hour", tierFrom: "0", unit: "Hour", currency: "USD" },
        ...{ before: "0.0225", after: "0.025", percent: "11.1" },
      },
    ]);
  });

  test("in a list of today but dated before what is held is in force from today on: both are believed, each for its days", () => {
    const changes = compare([held({ effectiveFrom: "2026-11-20" })], [read({ price: "0.025" })]);
    expect(added(changes)).toEqual([["alb/hour", "0", "0.025", "2026-11-23", null]]);
  });

  test("and agrees with one that was undated or in doubt makes a row that is neither", () => {
    for (const doubt of [{ effectiveFrom: null }, { flag: "likely-dedicated-tenancy-price" }]) {
      const changes = compare([held(doubt)], [read()]);
      expect(added(changes)).toEqual([["alb/hour", "0", "0.0225", "2026-11-01", null]]);
      expect(changes.counts).toMatchObject({ unchanged: 1, confirmed: 1, changed: 0 });
    }
  });

  test("of another pool's moment is history only and not compared", () => {
    expect(compare([], [read({ status: "observed" })], { covers: [] })).toMatchObject({ additions: [], refusals: [] });
  });
});

describe("tiers", () => {
  const two = [held({ tierFrom: "0", tierTo: "10" }), held({ tierFrom: "10", price: "0.02" })];

  test("are compared one by one", () => {
    const changes = compare(two, [read({ tierTo: "10" }), read({ tierFrom: "10.0", price: "0.019" })]);
    expect(added(changes)).toEqual([["alb/hour", "10.0", "0.019", "2026-11-01", null]]);
    expect(changes.counts).toMatchObject({ unchanged: 1, changed: 1 });
  });

  test("that the list does not have any more are withdrawn on the day that its present ones begin", () => {
    const changes = compare(two, [read()]);
    expect(added(changes)).toEqual([
      ["alb/hour", "0", "0.0225", "2026-11-01", null],
      ["alb/hour", "10", "0.02", "2026-11-01", "withdrawn"],
    ]);
  });

  test("withdrawn once stay so without another row, and offered again they are new from that day on", () => {
    const withdrawn = held({ tierFrom: "10", price: "0.02", status: "withdrawn", effectiveFrom: "2026-11-10" });
    expect(compare([held(), withdrawn], [read()]).additions).toEqual([]);
    const again = compare([held(), withdrawn], [read({ tierTo: "10" }), read({ tierFrom: "10", price: "0.02" })]);
    expect(added(again)).toEqual([
      ["alb/hour", "0", "0.0225", "2026-11-01", null],
      ["alb/hour", "10", "0.02", "2026-11-23", null],
    ]);
  });
});

describe("the old price stays, and the reason is told, where", () => {
  test.each<[string, PriceInForce[], Partial<StagedPrice>[], string]>([
    ["none is listed any more", [held()], [], "vanished alb/hour"],
    ["two prices are listed", [held()], [{}, { price: "0.023" }], "two_prices alb/hour"],
    [
      "two tiers reach into each other",
      [],
      [{ tierTo: "10" }, { tierFrom: "9", price: "0.02" }],
      "two_prices alb/hour",
    ],
    ["it is priced in two units", [], [{}, { unit: "LCU-Hour" }], "two_prices alb/hour"],
    ["the unit is unknown", [held()], [{ unit: "Fortnight" }], "unknown_unit alb/hour"],
    ["the unit has changed", [held()], [{ unit: "LCU-Hour" }], "unit_changed alb/hour"],
    ["the currency has changed", [held()], [{ currency: "CNY" }], "currency_changed alb/hour"],
    [
      "a new SKU is in another currency than its region",
      [held({ sku: "x" })],
      [{ currency: "EUR" }],
      "currency_changed alb/hour",
    ],
    ["it has more than doubled", [held()], [{ price: "0.0451" }], "jump alb/hour"],
    ["it is less than half", [held()], [{ price: "0.0112" }], "jump alb/hour"],
    ["it is free all of a sudden", [held()], [{ price: "0" }], "jump alb/hour"],
    ["it is none of today", [held()], [{ price: "0.023", effectiveFrom: "2026-12-01" }], "not_yet_in_force alb/hour"],
  ])("%s", (_, inForce, prices, refused) => {
    const changes = compare(inForce, prices.map(read));
    expect(codes(changes)).toEqual([refused]);
    expect(changes).toMatchObject({ additions: [], moves: [] });
    expect(changes.refusals[0]?.message).toMatch(/(stays|without a price)\.$/);
  });

  test("its source refused the record", () => {
    const refused = [{ sku: "alb/hour", name: "AWSELB", message: "The unit is odd." }];
    expect(compare([held()], [read({ price: "0.023" })], { refused })).toMatchObject({
      ...{ additions: [], refusals: [{ code: "refused_record", sku: "alb/hour", message: "The unit is odd." }] },
      counts: { vanished: 0 },
    });
  });

  test("and only there: what is right in the same part is taken", () => {
    const changes = compare(
      [held()],
      [read({ price: "9" }), read({ sku: "alb/lcu", price: "0.008", unit: "LCU-Hour" })],
    );
    expect(codes(changes)).toEqual(["jump alb/hour"]);
    expect(added(changes)).toEqual([["alb/lcu", "0", "0.008", "2026-11-01", null]]);
  });

  test("a double or a half is no jump yet", () => {
    expect(codes(compare([held()], [read({ price: "0.045" })]))).toEqual([]);
    expect(codes(compare([held()], [read({ price: "0.01125" })]))).toEqual([]);
  });

  test("a price for all regions has not vanished where a region's list does not have it", () => {
    expect(codes(compare([held({ region: "global" }), held({ sku: "nlb/hour" })], []))).toEqual([]);
  });
});

describe("an operator's dated price", () => {
  const file = { live: false, covers: [] };
  const past = read({ price: "0.02", effectiveFrom: "2026-01-01" });

  test("older than what is in force is history with its own date", () => {
    expect(added(compare([held()], [past], file))).toEqual([["alb/hour", "0", "0.02", "2026-01-01", null]]);
  });

  test("that is held for its day already makes no row, and one that contradicts it is refused", () => {
    const known = (price: string) =>
      comparePrices({
        ...{
          ...reading,
          inForce: [held()],
          parts: [{ ...file, prices: [past], instanceTypes: [], spotAdvice: [], refused: [] }],
        },
        history: [{ sku: "alb/hour", tierFrom: null, price, effectiveFrom: "2026-01-01" }],
      });
    expect(known("0.020")).toMatchObject({ additions: [], refusals: [], counts: { unchanged: 1 } });
    expect(codes(known("0.021"))).toEqual(["two_prices alb/hour"]);
  });
});

test("a pattern's * stands for anything but nothing, and a dot for a dot", () => {
  const covered = coveredBy(["ec2/linux/*", "a.b/*/c"]);
  const asked = ["ec2/linux/m5.large", "ec2/linux/", "ec2-spot/linux/m5.large", "a.b/x/y/c", "aXb/x/c", "a.b/c"];
  expect(asked.filter(covered)).toEqual(["ec2/linux/m5.large", "a.b/x/y/c"]);
  expect(coveredBy([])("anything")).toBe(false);
});
