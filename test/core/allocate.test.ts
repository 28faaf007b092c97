import { describe, expect, test } from "vitest";
import { allocate } from "../../api/core/allocate.ts";
import type { Part } from "../../api/core/estimate.ts";
import type { Charge } from "../../api/core/model/charge.ts";
import { Exact } from "../../api/core/model/exact.ts";
import { one } from "../../api/core/model/fraction.ts";
import type { LaunchType } from "../../api/core/model/launch-type.ts";
import type { InstanceLife } from "../../api/core/model/placement.ts";
import { aCharge } from "./sample-book.ts";
import { aService } from "./sample-workload.ts";

describe("an instance's cost", () => {
  test("of $10 whose CPU is 50 % web's and 30 % api's is $5, $3 and $2 idle", () => {
    const parts = [aPart([aLife({ web: 5, api: 3 }, "cpu")], { web: { cpu: 100 }, api: { cpu: 100 } })];

    expect(rowsOf([shared("10")], parts)).toEqual({ web: "5", api: "3", idle: "2" });
  });

  test("is shared by what binds it, not by what else is used", () => {
    const demands = { web: { cpu: 100, memory: 900 }, api: { cpu: 300, memory: 100 } };

    expect(rowsOf([shared("10")], [aPart([aLife({ web: 1, api: 1 }, "memory")], demands)])).toEqual({
      web: "9",
      api: "1",
    });
  });

  test("of two kinds is shared by what each costs: a full one at $3 and a half-empty one at $1", () => {
    const hosts = { large: "3", small: "1" };
    const lives = [aLife({ web: 10 }, "cpu", "large"), aLife({ api: 5 }, "cpu", "small")];

    expect(rowsOf([shared("4")], [aPart(lives, { web: { cpu: 100 }, api: { cpu: 100 } }, hosts)])).toEqual({
      ...{ web: "3", api: "0.5", idle: "0.5" },
    });
  });

  test("counts the price of its own launch type where two have instances of one type: $9 on demand, $3 on Spot", () => {
    const demands = { web: { cpu: 100 }, job: { cpu: 100 } };
    const onDemand = aPart([aLife({ web: 10 }, "cpu")], demands, { large: "9" });
    const onSpot = aPart([aLife({ job: 10 }, "cpu")], demands, { large: "3" });

    expect(rowsOf([shared("9"), shared("3")], [onDemand, onSpot])).toEqual({ web: "9", job: "3" });
  });

  test("kept free for a deployment is idle, but for its daemon's share", () => {
    const lives = [aLife({ web: 10 }, "cpu"), { ...aLife({ log: 1 }, "cpu"), spare: true }];

    expect(rowsOf([shared("10")], [aPart(lives, { web: { cpu: 100 }, log: { cpu: 200 } })])).toEqual({
      ...{ web: "5", log: "1", idle: "4" },
    });
  });

  test("weighs by count and by time: 3 instances for an hour and 1 for three hours are alike", () => {
    const long = { ...aLife({ api: 10 }, "cpu"), endSeconds: 3 * 3600 };
    const lives = [{ ...aLife({ web: 10 }, "cpu"), count: 3 }, long];

    expect(rowsOf([shared("6")], [aPart(lives, { web: { cpu: 100 }, api: { cpu: 100 } })])).toEqual({
      web: "3",
      api: "3",
    });
  });
});

describe("the rows", () => {
  test("hold a service's own charges as they are", () => {
    expect(rowsOf([aCharge("web", "1.26"), aCharge("api", "2"), aCharge("web", "0.04")], [])).toEqual({
      web: "1.3",
      api: "2",
    });
  });

  test("sum to the charges to the last decimal: thirds of $1 leave 0.000000000001 over", () => {
    const parts = [
      aPart(
        [aLife({ a: 1, b: 1, c: 1 }, "cpu")],
        { a: { cpu: 333 }, b: { cpu: 333 }, c: { cpu: 333 } },
        { large: "1" },
        999,
      ),
    ];

    const rows = allocate({ charges: [shared("1")], parts });

    expect(rows.reduce((sum, { cost }) => sum.plus(cost), new Exact(0)).toFixed()).toBe("1");
    expect(rows.slice(0, 3).map(({ cost }) => cost.toFixed())).toEqual(
      Array.from({ length: 3 }, () => "0.333333333333"),
    );
  });

  test("of nothing are none", () => {
    expect(allocate({ charges: [], parts: [] })).toEqual([]);
  });
});

function rowsOf(charges: readonly Charge[], parts: readonly Part[]): Record<string, string> {
  return Object.fromEntries(
    allocate({ charges, parts }).map(({ service, cost }) => [service ?? "idle", cost.toFixed()]),
  );
}

function shared(cost: string): Charge {
  return aCharge(null, cost);
}

function aLife(tasks: Readonly<Record<string, number>>, binds: string, instanceType = "large"): InstanceLife {
  const placed = Object.entries(tasks).map(([service, count]) => ({ service, count }));
  const life = { instanceType, count: 1, startSeconds: 0, endSeconds: 3600, zone: 0, spare: false };
  const own = { provider: null, purchaseOption: null, existing: false };
  return { ...life, ...own, tasks: placed, binds, used: {}, capacity: { cpu: 1000, memory: 1000 } };
}

function aPart(
  instances: readonly InstanceLife[],
  demands: Readonly<Record<string, Record<string, number>>>,
  hosts: Readonly<Record<string, string>> = { large: "5" },
  capacity = 1000,
): Part {
  const fields = { kind: "x86_64", capacity: {}, estimated: false };
  return {
    launchType: {} as LaunchType,
    packing: null,
    scaling: [],
    overTime: null,
    capacityProviders: [],
    instances: instances.map((life) => ({ ...life, capacity: { cpu: capacity, memory: capacity } })),
    tasks: Object.entries(demands).map(([name, resources]) => ({
      service: aService({ name }),
      admission: { problems: [], mendable: [], demand: { resources, exclusive: [], kinds: [] } },
      share: one,
    })),
    hostTypes: Object.entries(hosts).map(([name, cost]) => ({
      ...fields,
      name,
      costPerHour: new Exact(cost),
      roughCostPerHour: Number(cost),
    })),
  };
}
