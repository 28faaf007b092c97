import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Packing, PackingHost, PackingItem, PackingProblem } from "../../../api/core/model/packing.ts";
import { dearestContent } from "./dearest-content.ts";
import type { Good } from "./fractional-worths.ts";
import { faultsOf } from "./packing-checker.ts";

const item = (amounts: readonly number[], count: number, rest: Partial<PackingItem> = {}): PackingItem => ({
  ...{ amounts, count, perHostMax: null, hosts: null },
  ...rest,
});
const host = (capacity: readonly number[], cost: number, countMax: number | null = null): PackingHost => ({
  ...{ capacity, cost, countMax },
});

/** Two of 6 and two of 4 on hosts of 10 for 1,000: two hosts, each full. A smaller one is no use, and of the cheap one there is none left. */
const problem: PackingProblem = {
  items: [item([6, 1], 2), item([4, 1], 2)],
  hosts: [host([10, 5], 1000), host([5, 5], 900), host([10, 4], 1000), host([10, 5], 1, 0)],
  effort: "prove",
};
const packing: Packing = {
  instances: [{ host: 0, count: 2, contents: [1, 1] }],
  ...{ cost: 2000, lowerBound: 2000, proven: true },
  certificate: { prices: [600, 400], lowerBound: 2000 },
  work: { pivots: 0, nodes: 0, iterations: 0 },
};

describe("the checker of packings", () => {
  test("finds nothing wrong with two full hosts for $2,000 and prices that prove it", () => {
    expect(faultsOf(problem, packing)).toEqual([]);
  });

  test.each<[what: string, change: Partial<Packing>, fault: RegExp]>([
    [
      "a price raised by a 1024th, and the bound with it",
      { certificate: { prices: [600 + 1 / 1024, 400], lowerBound: 2000 } },
      /hosts\[0\] costs 1000 and holds tasks for 1000\.0009/,
    ],
    ["a price that is no multiple", { certificate: { prices: [599.9999, 400], lowerBound: 2000 } }, /no multiple/],
    ["a price below 0", { certificate: { prices: [1400, -400], lowerBound: 2000 } }, /no multiple/],
    ["a price left out", { certificate: { prices: [600], lowerBound: 1200 } }, /1 prices of 2 items/],
    [
      "lower prices, the bound left",
      { certificate: { prices: [599, 400], lowerBound: 2000 } },
      /the prices prove 1998, not 2000/,
    ],
    [
      "a certificate that claims less than it proves",
      { certificate: { prices: [600, 400], lowerBound: 1999 } },
      /the prices prove 2000, not 1999/,
    ],
    ["a bound raised by 1", { lowerBound: 2001 }, /the bound 2001 is above the cost 2000/],
    ["a bound below its certificate's", { lowerBound: 1999, proven: false }, /certificate's bound is above 1999/],
    ["a proof denied", { proven: false }, /proven is false/],
    ["a cost off by 1", { cost: 2001 }, /the instances cost 2000, not 2001/],
    [
      "a task dropped",
      {
        instances: [
          { host: 0, count: 1, contents: [1, 1] },
          { host: 0, count: 1, contents: [1, 0] },
        ],
      },
      /1 of 2 tasks of items\[1\]/,
    ],
    ["a task too many", { instances: [{ host: 0, count: 2, contents: [0, 2] }] }, /4 of 2 tasks of items\[1\]/],
    [
      "an instance too full",
      {
        instances: [
          { host: 0, count: 1, contents: [2, 0] },
          { host: 0, count: 1, contents: [0, 2] },
        ],
      },
      /12 of 10 in dimension 0 of hosts\[0\]/,
    ],
    ["an instance that is not there", { instances: [{ host: 3, count: 2, contents: [1, 1] }] }, /2 of 0 instances/],
    ["half an instance", { instances: [{ host: 0, count: 0.5, contents: [4, 4] }] }, /not a host, a count/],
    ["a host that does not exist", { instances: [{ host: 4, count: 2, contents: [1, 1] }] }, /not a host, a count/],
    ["a content of another length", { instances: [{ host: 0, count: 2, contents: [1] }] }, /not a host, a count/],
    [
      "an empty instance",
      {
        instances: [
          { host: 0, count: 2, contents: [1, 1] },
          { host: 0, count: 1, contents: [0, 0] },
        ],
      },
      /no task on it/,
    ],
  ])("catches %s", (_, change, fault) => {
    expect(faultsOf(problem, { ...packing, ...change })).toContainEqual(expect.stringMatching(fault));
  });

  test("catches two tasks on one instance that want one each, and a task on a host that it may not be on", () => {
    const [first = item([6, 1], 2), second = item([4, 1], 2)] = problem.items;
    const apart = { ...problem, items: [first, { ...second, count: 4, perHostMax: 1 }] };
    const elsewhere = { ...problem, items: [first, { ...second, hosts: [1] }] };
    const instances = [{ host: 0, count: 2, contents: [1, 2] }];

    expect(faultsOf(apart, { ...packing, instances })).toContainEqual(expect.stringMatching(/2 tasks of items\[1\]/));
    expect(faultsOf(elsewhere, packing)).toContainEqual(expect.stringMatching(/items\[1\] on hosts\[0\]/));
  });

  test("catches a certificate that leaves out a cheap host with room for more, though no instance of it is taken", () => {
    const cheaper = { ...problem, hosts: [...problem.hosts, host([20, 5], 1999)] };

    expect(faultsOf(cheaper, packing)).toContainEqual(expect.stringMatching(/hosts\[4\] costs 1999 and holds tasks/));
  });

  test.each([
    [399, 1798],
    [400, 1800],
    [401, 1802],
  ])("takes off what 2 cheap hosts for %i each could save: 3 hosts cost %i at least", (cost, lowerBound) => {
    const some = { ...problem, items: [item([10, 1], 3)], hosts: [host([10, 5], 1000), host([10, 5], cost, 2)] };
    const instances = [
      { host: 0, count: 1, contents: [1] },
      { host: 1, count: 2, contents: [1] },
    ];
    const fleet = { ...packing, instances, cost: lowerBound, lowerBound };

    expect(faultsOf(some, { ...fleet, certificate: { prices: [1000], lowerBound } })).toEqual([]);
    // Less than it could prove, since the search may do with more than the dearest content of such hosts.
    expect(faultsOf(some, { ...fleet, certificate: { prices: [1000], lowerBound: lowerBound - 1 } })).toEqual([]);
    expect(faultsOf(some, { ...fleet, certificate: { prices: [999], lowerBound } })).toEqual([
      `the prices prove ${lowerBound - 1}, not ${lowerBound}`,
    ]);
  });
});

describe("the dearest content", () => {
  const goods = fc.integer({ min: 1, max: 3 }).chain((dimensions) => {
    const amounts = (max: number) => fc.array(fc.nat({ max }), { minLength: dimensions, maxLength: dimensions });
    const good = fc.record({
      amounts: amounts(15),
      value: fc.nat({ max: 10_000 }),
      most: fc.integer({ min: 1, max: 4 }),
    });
    return fc.record({ room: amounts(40), goods: fc.array(good, { maxLength: 5 }), floor: fc.nat({ max: 30_000 }) });
  });

  test("is that of a trial of all contents, or the floor where none is dearer, in 2,000 random cases", () => {
    const property = fc.property(goods, (given) => {
      expect(dearestContent(given.room, given.goods, given.floor)).toBe(
        Math.max(given.floor, dearestOfAll(given.room, given.goods)),
      );
    });

    fc.assert(property, { numRuns: 2000 });
  });
});

function dearestOfAll(room: readonly number[], goods: readonly Good[]): number {
  const [good, ...rest] = goods;
  if (good === undefined) return 0;
  let dearest = 0;
  for (let many = 0; many <= good.most; many++) {
    const left = room.map((amount, at) => amount - many * (good.amounts[at] ?? 0));
    if (left.every((amount) => amount >= 0)) dearest = Math.max(dearest, many * good.value + dearestOfAll(left, rest));
  }
  return dearest;
}
