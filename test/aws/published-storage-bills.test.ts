import { expect, test } from "vitest";
import { Exact } from "../../api/core/model/exact.ts";
import { fraction } from "../../api/core/model/fraction.ts";
import type { PriceUnit } from "../../api/core/model/price-book.ts";
import { rate } from "../../api/core/rating/rate.ts";
import published from "../cases/storage-bills.json" with { type: "json" };
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../core/comparison-of.ts";
import { withUnitPrices } from "../core/sample-book.ts";

interface Case {
  readonly hours?: number;
  readonly monthHours?: number;
  readonly task?: object;
  readonly container?: object;
  readonly run?: object;
  readonly usage: object;
  readonly cluster?: object;
}

const [book] = await bundledBooks("us-east-1");

test.each(published.cases)("$given ($id)", (one) => {
  const unitPrices = one.unitPrices as Readonly<Record<string, { price: string; unit: PriceUnit }>>;

  const option = optionOf(comparisonOf(requestOf(one), withUnitPrices(book, unitPrices)), "fargate");

  expect(option.problems).toEqual([]);
  for (const [sku, cost] of Object.entries(one.lines)) {
    const charged = option.charges.filter((charge) => charge.sku === sku);
    const sum = charged.reduce((total, charge) => total.plus(charge.cost), new Exact(0));
    expect([sku, sum.toFixed(cost.split(".")[1]?.length ?? 0, Exact.ROUND_HALF_UP)]).toEqual([sku, cost]);
  }
});

test("1 TB to the internet is 1,024 GB at $0.09, $92.16, with nothing free (CALC-ECR-1)", () => {
  const sent = {
    ...{ sku: "data-transfer/internet", service: null, description: "images", unit: "byte" as const },
    ...{ quantity: fraction(1024n ** 4n), startSeconds: 0, endSeconds: 1 },
  };

  expect(rate([sent], book, 730 * 3600).charges.map(({ cost }) => cost.toFixed(2))).toEqual(["92.16"]);
});

function requestOf({ hours, monthHours, task, container, run, usage, cluster }: Case): object {
  const containerDefinitions = [{ name: "one", ...container }];
  return {
    ...{ region: "us-east-1", hours, monthHours, options: ["fargate"] },
    taskDefinitions: [
      {
        ...{ family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", executionRoleArn: "role" },
        ...{ containerDefinitions, ...task },
      },
    ],
    runs: run && [{ taskDefinition: "one", ...run }],
    usage: { everyService: usage, cluster },
  };
}
