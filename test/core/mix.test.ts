import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import { type MixRequest, mix } from "../../api/core/mix.ts";

/** Per service: its cost on each launch type it may run on. */
type Costs = Readonly<Record<string, Readonly<Record<string, number>>>>;

describe("the best launch type per service", () => {
  test("is each one's cheapest where costs do not depend on each other: $1 and $2 of $12", () => {
    expect(best({ web: { task: 1, box: 5 }, api: { task: 7, box: 2 } })).toEqual({ web: "task", api: "box" });
  });

  test("shares instances that pay only together: two services for $6 on one instance, not $4 each alone", () => {
    const costs = { a: { task: 4, box: 3 }, b: { task: 4, box: 3 } };
    const onBox = (chosen: ReadonlyMap<string, string>) => [...chosen.values()].filter((on) => on === "box").length;
    const costOf = (chosen: ReadonlyMap<string, string>) =>
      (onBox(chosen) > 0 ? 6 : 0) + 4 * (chosen.size - onBox(chosen));

    expect(best(costs, { costOf })).toEqual({ a: "box", b: "box" });
  });

  test("is null where no choice can be run, and leaves what cannot be run alone", () => {
    expect(best({ web: { task: 1 } }, { costOf: () => null })).toBeNull();
    const costOf = (chosen: ReadonlyMap<string, string>) => (chosen.get("web") === "task" ? null : 9);
    expect(best({ web: { task: 1, box: 9 } }, { costOf })).toEqual({ web: "box" });
  });

  test("never costs more than 3 whole mixes when 3 is all the effort there is", () => {
    let asked = 0;
    const costOf = () => {
      asked += 1;
      return 1;
    };

    best({ a: { x: 1, y: 1 }, b: { x: 1, y: 1 }, c: { x: 1, y: 1 } }, { costOf, effort: 3 });

    expect(asked).toBe(3);
  });

  test("finds the move that no ranking shows: the dearer of two choices, once others have moved", () => {
    const costs = { a: { x: 5, y: 6, z: 5.5 }, b: { x: 5, y: 1 } };
    const costOf = (chosen: ReadonlyMap<string, string>) =>
      (costs.a[chosen.get("a") as "x"] ?? 0) +
      (costs.b[chosen.get("b") as "x"] ?? 0) -
      (chosen.get("a") === "z" && chosen.get("b") === "y" ? 3 : 0);

    expect(best(costs, { costOf })).toEqual({ a: "z", b: "y" });
  });

  test("of no services is an empty mix", () => {
    expect(best({})).toBeNull();
  });
});

function best(
  costs: Costs,
  given: { costOf?: (chosen: ReadonlyMap<string, string>) => number | null; effort?: number } = {},
): Record<string, string> | null {
  const sum = (chosen: ReadonlyMap<string, string>) =>
    [...chosen].reduce((total, [service, launchType]) => total + (costs[service]?.[launchType] ?? 0), 0);
  const request: MixRequest = {
    services: Object.keys(costs),
    choices: new Map(Object.entries(costs).map(([service, choices]) => [service, Object.keys(choices)])),
    costOf: (chosen) => {
      const cost = (given.costOf ?? sum)(chosen);
      return cost === null ? null : new Decimal(cost);
    },
    costAlone: (service, launchType) => new Decimal(costs[service]?.[launchType] ?? 0),
    effort: given.effort ?? 120,
  };
  const found = mix(request);
  return found && Object.fromEntries(found);
}
