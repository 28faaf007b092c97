import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { money, quantity, signedMoney } from "../../api/present/amount.ts";
import { table, wrapped } from "../../api/present/layout.ts";

describe("amounts", () => {
  test.each([
    ["0.00", "USD", "$0.00", "$0.00"],
    ["1234567.89", "USD", "$1,234,567.89", "+$1,234,567.89"],
    ["-3.10", "USD", "-$3.10", "-$3.10"],
    ["0.0000000308", "USD", "$0.0000000308", "+$0.0000000308"],
    ["36.04", "CNY", "¥36.04", "+¥36.04"],
    ["36.04", "CHF", "CHF 36.04", "+CHF 36.04"],
  ])("of %s %s are %s, with a sign %s", (amount, currency, plain, signed) => {
    expect(money(amount, currency)).toBe(plain);
    expect(signedMoney(amount, currency)).toBe(signed);
  });

  test.each([
    ["2920", "2,920"],
    ["182.5", "182.5"],
    ["0.1234567", "0.123457"],
    ["1234567.000001", "1,234,567.000001"],
    ["999", "999"],
  ])("a quantity of %s is %s", (amount, written) => {
    expect(quantity(amount)).toBe(written);
  });
});

describe("lines", () => {
  const words = fc.array(
    fc.string({ minLength: 1, maxLength: 30 }).map((word) => word.replaceAll(/\s/g, "x")),
    { maxLength: 60 },
  );

  test("are wrapped at 80 columns, every word once and in order", () => {
    fc.assert(
      fc.property(words, (text) => {
        const lines = wrapped(text.join(" "), "    ", "  - ");
        expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
        expect(lines.map((line) => line.slice(4)).join(" ")).toBe(text.join(" "));
      }),
    );
  });

  test("keep a word of 100 letters whole, on a line of its own", () => {
    const long = "x".repeat(100);

    expect(wrapped(`a ${long} b`, "  ")).toEqual(["  a", `  ${long}`, "  b"]);
  });
});

describe("columns", () => {
  test("are as wide as their widest cell, numbers to the right, without blanks at the end", () => {
    expect(
      table(
        [
          ["Option", "A month", ""],
          ["ec2", "$39.86", "cheapest"],
          ["mixed", "$1,039.86", ""],
        ],
        [1],
      ),
    ).toEqual(["Option    A month", "ec2        $39.86  cheapest", "mixed   $1,039.86"]);
  });

  test("count characters, not bytes: × and … are one wide", () => {
    expect(
      table([
        ["×", "a"],
        ["bb", "c"],
      ]),
    ).toEqual(["×   a", "bb  c"]);
  });

  test("of no rows are none", () => {
    expect(table([])).toEqual([]);
  });
});
