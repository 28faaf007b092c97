import { expect, test } from "vitest";
import { decimalFraction, divide, fraction } from "../../../api/core/model/fraction.ts";

test.each([
  [0, 0n, 1n],
  [0.1, 1n, 10n],
  [12.5, 25n, 2n],
  [3, 3n, 1n],
  [1e-7, 1n, 10_000_000n],
  [1.5e21, 15n * 10n ** 20n, 1n],
])("%s is exactly what its decimal digits say", (amount, numerator, denominator) => {
  expect(decimalFraction(amount)).toEqual({ numerator, denominator });
});

test("2/3 by 4/9 is 3/2", () => {
  expect(divide(fraction(2, 3), fraction(4, 9))).toEqual(fraction(3, 2));
});
