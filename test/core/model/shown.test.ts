import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "../../../api/core/model/exact.ts";
import { shown, shownParts } from "../../../api/core/model/shown.ts";
import rounding from "../../cases/rounding.json" with { type: "json" };

describe("a shown amount", () => {
  test.each(rounding.cases)("$given ($id)", ({ exact, shown: expected }) => {
    expect(shown(new Exact(exact)).toFixed(2)).toBe(expected);
  });

  test("0.005 is shown as 0.01 and -0.005 as -0.01: half away from zero", () => {
    expect(shown(new Exact("0.005")).toFixed(2)).toBe("0.01");
    expect(shown(new Exact("-0.005")).toFixed(2)).toBe("-0.01");
  });
});

describe("shown parts", () => {
  const partsOf = (...parts: string[]) =>
    shownParts(parts.map((part) => new Exact(part))).map((part) => part.toFixed(2));

  test("three times 0.335 are 0.34, 0.33 and 0.34: 1.01 in all, as 1.005 is shown", () => {
    expect(partsOf("0.335", "0.335", "0.335")).toEqual(["0.34", "0.33", "0.34"]);
  });

  test("a cent that many small parts add up to is shown on the part that completes it", () => {
    expect(partsOf("0.002", "0.002", "0.002", "0.002")).toEqual(["0.00", "0.00", "0.01", "0.00"]);
  });

  test("no parts are no parts, and one part is shown as it is", () => {
    expect(partsOf()).toEqual([]);
    expect(partsOf("16.425")).toEqual(["16.43"]);
  });

  test("always sum to the shown whole, each within a cent of itself and none below zero", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 18n }).map((units) => new Exact(units.toString()).div("1e12"));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 40 }), (parts) => {
        const whole = parts.reduce((sum, part) => sum.plus(part), new Exact(0));
        const asShown = shownParts(parts);
        expect(asShown.reduce((sum, part) => sum.plus(part), new Exact(0)).equals(shown(whole))).toBe(true);
        expect(
          asShown.every((part, at) =>
            part
              .minus(parts[at] ?? 0)
              .abs()
              .lte("0.01"),
          ),
        ).toBe(true);
        expect(asShown.every((part) => part.gte(0))).toBe(true);
      }),
    );
  });
});
