import { describe, expect, test } from "vitest";
import { quantityOf } from "../../../api/aws/kubernetes/quantity.ts";

describe("quantities of Kubernetes are read exactly", () => {
  test.each([
    ["500m", "0.5"],
    ["0.1", "0.1"],
    ["1", "1"],
    [".5", "0.5"],
    ["1.", "1"],
    ["100u", "0.0001"],
    ["1n", "0.000000001"],
    ["2k", "2000"],
    ["128974848", "128974848"],
    ["129e6", "129000000"],
    ["129M", "129000000"],
    ["123Mi", "128974848"],
    ["1Gi", "1073741824"],
    ["1.5Gi", "1610612736"],
    ["1Ki", "1024"],
    ["1E", "1000000000000000000"],
    ["1E3", "1000"],
    ["1Ei", "1152921504606846976"],
    ["128974848000m", "128974848"],
  ])("%s is %s", (text, value) => {
    expect(quantityOf(text)?.toFixed()).toBe(value);
  });

  test.each(["", "m", "1 Gi", "1gi", "1K", "0x10", "1_000", "1Gi1", "abc", "--1", "1e", "NaN", "Infinity"])(
    "%j is none",
    (text) => {
      expect(quantityOf(text)).toBeNull();
    },
  );
});
