import fc from "fast-check";
import { expect, test } from "vitest";
import { splitByWeights } from "../../../api/core/model/split-by-weights.ts";
import published from "../../cases/capacity-provider-tasks.json" with { type: "json" };

test.each(published.cases)("$tasks tasks are split $expected ($id)", ({ items, tasks, expected }) => {
  expect(splitByWeights(tasks, items)).toEqual(expected);
});

test("with every weight 0 only the base of 2 is given out", () => {
  expect(splitByWeights(5, [{ base: 2, weight: 0 }])).toEqual([2]);
});

test("one task more never moves another, and nothing is lost or further than one task behind its share", () => {
  const item = fc.record({ base: fc.constant(0), weight: fc.integer({ min: 0, max: 20 }) });
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 60 }), (items, tasks) => {
      fc.pre(items.some(({ weight }) => weight > 0));
      const weights = items.reduce((sum, { weight }) => sum + weight, 0);
      const before = splitByWeights(tasks, items);
      const after = splitByWeights(tasks + 1, items);

      expect(before.reduce((sum, count) => sum + count, 0)).toBe(tasks);
      expect(after.map((count, at) => count - (before[at] ?? 0)).sort()).toEqual([...items.slice(1).map(() => 0), 1]);
      for (const [at, { weight }] of items.entries()) {
        expect((weight * tasks) / weights - (before[at] ?? 0)).toBeLessThan(1);
      }
    }),
  );
});
