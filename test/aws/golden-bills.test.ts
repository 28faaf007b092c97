import { describe, expect, test } from "vitest";
import { Exact } from "../../api/core/model/exact.ts";
import { decimalFraction, fraction, multiply } from "../../api/core/model/fraction.ts";
import type { PriceBook, PriceUnit } from "../../api/core/model/price-book.ts";
import type { Usage, UsageUnit } from "../../api/core/model/usage.ts";
import { rate } from "../../api/core/rating/rate.ts";
import { usageUnitsPer } from "../../api/core/rating/units.ts";
import golden from "../cases/golden-bills.json" with { type: "json" };
import { bundledBooks } from "../core/bundled-books.ts";

interface Line {
  readonly sku: string;
  /** In the price's unit. */
  readonly quantity: string;
  readonly cost: string;
}

const monthSeconds = 730 * 3600;
const resources = golden.files.flatMap((file) => file.resources);
const priced = resources.filter(({ lines }) => lines.length > 0);
const books = await bundledBooks(...new Set(priced.map(({ region }) => region)));

const usageUnits: Partial<Record<PriceUnit, UsageUnit>> = {
  ...{ GB: "byte", "GB-Month": "MiB-second", "IOPS-Month": "IOPS-second", "MiBps-Month": "MiBps-second" },
  ...{ Hour: "item-second", "Count-Month": "item-second", "Instance-Hour": "instance-second" },
  ...{ "Requests-10k": "request", "vCPU-Hour": "cpu-unit-second" },
};

describe("golden files of Infracost", () => {
  test.each(golden.files)("$source: every line is here, and they sum to $$total", ({ total, resources: all }) => {
    const costs = all.flatMap(({ lines, notPriced = [] }) => [...lines, ...notPriced].map(({ cost }) => cost));

    expect(costs.reduce((sum, cost) => sum.plus(cost), new Exact(0)).toFixed(2)).toBe(total);
  });

  test.each(priced)("$id costs what it says at the bundled prices of $region", ({ region, lines }) => {
    const book = books.find((one) => one.region === region);
    if (book === undefined) throw new Error(`There is no price book of ${region}`);
    const { charges, problems } = rate(usagesOf(lines, book), book, monthSeconds);

    const costs = charges.map(({ sku, quantity, cost }) => ({
      ...{ sku, quantity: quantity.toFixed() },
      cost: cost.toFixed(2, Exact.ROUND_HALF_UP),
    }));
    expect(problems).toEqual([]);
    expect(costs.map(written).sort()).toEqual(lines.map(written).sort());
  });

  test("24 lines cannot be priced, each for a reason", () => {
    const reasons = Map.groupBy(
      resources.flatMap(({ notPriced = [] }) => notPriced),
      ({ reason }) => reason,
    );

    expect(Object.fromEntries([...reasons].map(([reason, lines]) => [reason, lines.length]))).toEqual({
      "Reserved Instances paid in full upfront are not in the price snapshot": 4,
      "Reserved Instances paid in part upfront are not in the price snapshot": 4,
      "a local zone is not in the price snapshot": 6,
      "dedicated hosts are not in the price snapshot": 1,
      "dedicated tenancy is not in the price snapshot": 2,
      "endpoints of Gateway Load Balancers are not in the price snapshot": 1,
      "requests to magnetic volumes are not in the price snapshot": 1,
      "the fee of older types for EBS optimisation is not in the price snapshot": 2,
      "the golden file takes tiers of 10^15 bytes, the price list of 1,024 TB": 3,
    });
  });

  test("no resource is here twice", () => {
    const ids = resources.map(({ id }) => id);

    expect(ids.filter((id, at) => ids.indexOf(id) < at)).toEqual([]);
  });
});

/** One usage for each line, but one for all lines of an SKU that has tiers: those part it again. */
function usagesOf(lines: readonly Line[], book: PriceBook): Usage[] {
  const tiersOf = (sku: string) => book.prices.get(sku)?.length ?? 0;
  const rows = Map.groupBy(lines, (line) => (tiersOf(line.sku) > 1 ? line.sku : line));
  return [...rows.values()].map((of) => {
    const sku = of[0]?.sku ?? "";
    const priceUnit = book.prices.get(sku)?.[0]?.unit;
    const unit = priceUnit && usageUnits[priceUnit];
    const per = priceUnit && unit && usageUnitsPer(priceUnit, unit, monthSeconds);
    if (!unit || !per) throw new Error(`No price for ${sku} in ${book.region}, or of an unknown unit`);
    const sum = of.reduce((total, { quantity }) => total.plus(quantity), new Exact(0));
    const quantity = multiply(decimalFraction(sum.toNumber()), fraction(BigInt(per.toFixed())));
    return { sku, service: null, description: sku, quantity, unit, startSeconds: 0, endSeconds: monthSeconds };
  });
}

function written({ sku, quantity, cost }: Line): string {
  return `${quantity} of ${sku} cost $${cost}`;
}
