import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Exact } from "../../api/core/model/exact.ts";
import type { Price, PriceBook } from "../../api/core/model/price-book.ts";
import { estimateFees } from "../../db/fee-estimates.ts";
import { bundledBooks } from "../core/bundled-books.ts";

const regions = ["us-east-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-5", "cn-north-1"] as const;
const books = new Map<string, PriceBook>((await bundledBooks(...regions)).map((book) => [book.region, book]));

const published = readFileSync(new URL("../../db/seed/prices/management-fees.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .filter((line) => !line.includes("conflicting"))
  .map((line) => line.split(","))
  .map(([region = "", sku = "", , fee = ""]) => ({ region, sku, fee, type: sku.split("/")[1] ?? "" }));

describe("fees for managing instances", () => {
  test.each(published)(
    "the rule gives the published fee of $sku in $region, $$fee, to its last digit or one off",
    ({ region, sku, type, fee }) => {
      const book = books.get(region) as PriceBook;
      const alone = new Map([[`ec2/linux/${type}`, onDemand(region, type) as Price[]]]);
      const known = { currency: book.currency, prices: alone };
      const derived = estimateFees(known, { region, asOf: null, limits: book.limits }).get(sku)?.[0];

      const lastDigit = new Exact(10).pow(-(fee.split(".")[1]?.length ?? 0));
      expect(derived?.unitPrice.minus(fee).abs().lte(lastDigit)).toBe(true);
      expect(derived?.estimated).toBe(true);
    },
  );

  test("23 fees are published, each of a type with an on-demand price", () => {
    expect(published.filter(({ region, type }) => onDemand(region, type) !== undefined)).toHaveLength(23);
  });

  test("a published fee stays: c6a.2xlarge for $0.037, not 12 % of $0.306, which is $0.03672", () => {
    const fee = books.get("us-east-1")?.prices.get("ecs-managed-instances/c6a.2xlarge")?.[0];

    expect([fee?.unitPrice.toString(), fee?.estimated]).toEqual(["0.037", false]);
  });

  test("g5.xlarge at $1.006: 12 % before the cut of July 2026, 7.8 % since; p4d at 4.8 %", () => {
    const book = books.get("us-east-1") as PriceBook;
    const types = ["g5.xlarge", "p4d.24xlarge"].map((type) => `ec2/linux/${type}`);
    const prices = new Map(types.map((sku) => [sku, [...(book.prices.get(sku) ?? [])]]));
    const known = { currency: "USD", prices };
    const shareOf = (type: string, asOf: string | null) => {
      const fees = estimateFees(known, { region: "us-east-1", asOf, limits: book.limits });
      const fee = fees.get(`ecs-managed-instances/${type}`)?.[0]?.unitPrice;
      return fee?.div(known.prices.get(`ec2/linux/${type}`)?.[0]?.unitPrice ?? 1).toString();
    };

    expect(shareOf("g5.xlarge", "2026-06-30")).toBe("0.12");
    expect(shareOf("g5.xlarge", null)).toBe("0.078");
    expect(shareOf("p4d.24xlarge", null)).toBe("0.048");
  });

  test("China and GovCloud have none", () => {
    const skus = [...(books.get("cn-north-1") as PriceBook).prices.keys()];

    expect(skus.filter((sku) => /^(ecs-managed-instances|eks-auto-mode)\//.test(sku))).toEqual([]);
  });
});

function onDemand(region: string, type: string): readonly Price[] | undefined {
  return books.get(region)?.prices.get(`ec2/linux/${type}`);
}
