import { describe, expect, test } from "vitest";
import { Purse } from "../../api/importing/purse.ts";

describe("a purse", () => {
  test("adds amounts by option, to the cent", () => {
    const purse = new Purse();
    for (let nth = 0; nth < 10; nth += 1) purse.add({ fargate: "0.10", ec2: "90071992547409.93" }, "USD");

    expect(purse.sums(["fargate", "ec2"])).toEqual({ fargate: "1.00", ec2: "900719925474099.30" });
    expect([purse.count, purse.currency]).toEqual([10, "USD"]);
  });

  test("has no sum where one of its parts has no amount", () => {
    const purse = new Purse();
    purse.add({ fargate: "1.00", ec2: null }, "USD");
    purse.add({ fargate: "2.00", ec2: "5.00" }, "USD");
    expect(purse.sums(["fargate", "ec2", "mixed"])).toEqual({ fargate: "3.00", ec2: null, mixed: null });

    purse.add({}, null);
    expect([purse.sumOf("fargate"), purse.currency]).toEqual([null, "USD"]);
  });

  test("adds no yuan to dollars", () => {
    const purse = new Purse();
    purse.add({ fargate: "1.00" }, "USD");
    purse.add({ fargate: "7.00" }, "CNY");

    expect([purse.sumOf("fargate"), purse.currency]).toEqual([null, null]);
  });
});
