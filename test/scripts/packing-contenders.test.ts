import fc from "fast-check";
import { expect, test } from "vitest";
import type { PackingItem, PackingProblem } from "../../api/core/model/packing.ts";
import { bestSingleType, sumsOverCapacity } from "../../scripts/bench/packing/first-fit.ts";
import { karpenterRule } from "../../scripts/bench/packing/karpenter-rule.ts";
import { mipModel, solveByHighs } from "../../scripts/bench/packing/mip.ts";
import { type PackingWords, readPackingWords } from "../../scripts/bench/packing/words.ts";
import { leastCost } from "../core/placement/least-cost.ts";

const item = (amounts: readonly number[], count: number, perHostMax: number | null = null): PackingItem => ({
  ...{ amounts, count, perHostMax },
  hosts: null,
});

/** Three of 6 and three of 4 on hosts of 10 for 1,000 or of 16 for 1,700. */
const problem: PackingProblem = {
  items: [item([6, 1], 3), item([4, 1], 3)],
  hosts: [
    { capacity: [10, 9], cost: 1000, countMax: null },
    { capacity: [16, 9], cost: 1700, countMax: null },
  ],
  effort: "standard",
};

test("first-fit decreasing fills three hosts of 10 for 3,000", () => {
  expect(bestSingleType(problem)).toBe(3000);
});

test("first-fit decreasing is null where no one type holds every item", () => {
  expect(bestSingleType({ ...problem, items: [item([16, 1], 1), item([1, 10], 1)] })).toBeNull();
});

test("sums over capacity say that 30 of 20 take 2 hosts, where three of 11 take 3", () => {
  const hosts = [{ capacity: [20], cost: 10, countMax: null }];

  expect(sumsOverCapacity({ ...problem, items: [item([11], 3)], hosts })?.cost).toBe(20);
  expect(bestSingleType({ ...problem, items: [item([11], 3)], hosts })).toBe(30);
});

test("Karpenter's rule opens a node for two of 6, as long as some type holds them, and then the cheapest that does", () => {
  // 6 + 6 + 4 on the 16, 6 + 4 + 4 on another: the third 6 is on no node that could take it.
  expect(karpenterRule(problem, () => true)).toBe(3400);
  expect(karpenterRule(problem, (host) => host === 0)).toBe(3000);
  expect(karpenterRule({ ...problem, items: [item([17, 1], 1)] }, () => true)).toBeNull();
});

test("the fleets of each rule cost no less than the least, which HiGHS finds, in 40 tiny problems", async () => {
  const property = fc.asyncProperty(tinyProblems, async (tiny) => {
    const least = leastCost(tiny);
    const single = bestSingleType(tiny);
    expect(least).not.toBeNull();
    expect(single).toBeGreaterThanOrEqual(least ?? 0);
    expect(karpenterRule(tiny, () => true)).toBeGreaterThanOrEqual(least ?? 0);
    expect(await solveByHighs(mipModel(tiny, single ?? 0))).toMatchObject({ cost: least, optimal: true });
  });

  await fc.assert(property, { numRuns: 40 });
});

test("--mip proves 60 tasks of 8, 20 and 40 kinds, and --seeds 0 is a mistake", () => {
  expect(readPackingWords(["--mip"]) as PackingWords).toMatchObject({
    tasks: [60],
    shapes: [8, 20, 40],
    effort: "prove",
  });
  expect(readPackingWords(["--shapes", "8", "--seeds", "2"])).toMatchObject({
    shapes: [8],
    seeds: 2,
    effort: "standard",
  });
  expect(readPackingWords(["--seeds", "0"])).toEqual({ wrong: "Counts are whole numbers above 0" });
  expect(readPackingWords(["--variant", "plane"])).toEqual({
    wrong: "--variant is of plain, eni, ports, gpu, zones",
  });
});

/** Every host holds every item, so that each rule finds a fleet. */
const tinyProblems: fc.Arbitrary<PackingProblem> = fc
  .record({
    items: fc.array(
      fc.record({
        amounts: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 6 })),
        count: fc.integer({ min: 1, max: 3 }),
        perHostMax: fc.option(fc.integer({ min: 1, max: 2 })),
        hosts: fc.constant(null),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    hosts: fc.array(
      fc.record({
        capacity: fc.tuple(fc.integer({ min: 6, max: 14 }), fc.integer({ min: 6, max: 14 })),
        cost: fc.integer({ min: 1, max: 30 }).map((cost) => cost * 100_000_000),
        countMax: fc.constant(null),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    effort: fc.constant("standard" as const),
  })
  .filter(({ items }) => items.reduce((sum, { count }) => sum + count, 0) <= 6);
