import { describe, expect, test } from "vitest";
import { hoursEffects, priced, summing } from "../../../api/core/difference/effects.ts";
import { Exact } from "../../../api/core/model/exact.ts";

describe("a SKU's difference", () => {
  test("of $8 that become $15 as 4 units at $2 become 5 at $3 is $4.50 of price and $2.50 of quantity", () => {
    expect(parts([["4", "2"]], [["5", "3"]])).toEqual(["4.5", "2.5"]);
  });

  test("the other way round is the same with the other sign", () => {
    expect(parts([["5", "3"]], [["4", "2"]])).toEqual(["-4.5", "-2.5"]);
  });

  test("that comes of reaching a cheaper tier is quantity's: no price is another", () => {
    expect(
      parts(
        [["10", "3"]],
        [
          ["10", "3"],
          ["5", "2"],
        ],
      ),
    ).toEqual(["0", "10"]);
  });

  test("is quantity's where one side has none of it", () => {
    expect(parts([], [["5", "3"]])).toEqual(["0", "15"]);
  });
});

describe("task-hours", () => {
  const hours = { was: new Exact(730), is: new Exact(730) };

  test("of a service half of which moves elsewhere are its launch type's, whatever they are in all", () => {
    const all = { was: new Exact(100), is: new Exact(100) };

    expect(rows(hoursEffects({ own: { was: new Exact(100), is: new Exact(50) }, all, hours }))).toEqual({
      ...{ "launch-type": "-50", count: "0" },
    });
  });

  test("that are twice as many in twice the hours are the period's", () => {
    const own = { was: new Exact(100), is: new Exact(200) };

    expect(rows(hoursEffects({ own, all: own, hours: { was: new Exact(365), is: new Exact(730) } }))).toEqual({
      ...{ "launch-type": "0", period: "100" },
    });
  });
});

test("what rounding leaves goes to the largest effect, and where there is none, to the named one", () => {
  const third = new Exact(1).div(3);

  const whole = { is: new Exact(1), otherwise: "usage" as const };
  expect(rows(summing({ count: third, shape: third.times(2) }, new Exact(1), whole))).toEqual({
    ...{ count: "0.333333333333", shape: "0.666666666667" },
  });
  expect(rows(summing({}, new Exact(1), whole))).toEqual({ usage: "1" });
});

/** Of price and of quantity, by quantities at unit prices. */
function parts(was: readonly (readonly [string, string])[], is: typeof was) {
  const { ofPrice, ofQuantity } = priced({ was: was.map(aLine), is: is.map(aLine) });
  return [ofPrice.toFixed(), ofQuantity.toFixed()];
}

function aLine([quantity, unitPrice]: readonly [string, string]) {
  const cost = new Exact(quantity).times(unitPrice);
  const named = { service: null, launchType: null, sku: "sku", description: "", unit: "GB" };
  return { ...named, quantity: new Exact(quantity), unitPrice: new Exact(unitPrice), cost };
}

function rows(effects: object) {
  return Object.fromEntries(Object.entries(effects).map(([cause, amount]) => [cause, amount.toFixed()]));
}
