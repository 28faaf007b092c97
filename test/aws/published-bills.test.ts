import { describe, expect, test } from "vitest";
import { meterVolumes } from "../../api/aws/ebs-volume.ts";
import { Exact } from "../../api/core/model/exact.ts";
import { fraction } from "../../api/core/model/fraction.ts";
import type { PriceBook, PriceUnit } from "../../api/core/model/price-book.ts";
import type { Usage } from "../../api/core/model/usage.ts";
import { rate } from "../../api/core/rating/rate.ts";
import { comparisonDocument } from "../../api/present/json.ts";
import volumeCases from "../cases/block-volumes.json" with { type: "json" };
import fargateCases from "../cases/fargate-bills.json" with { type: "json" };
import instanceCases from "../cases/instance-hours.json" with { type: "json" };
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../core/comparison-of.ts";
import { withUnitPrices } from "../core/sample-book.ts";

type UnitPrices = Readonly<Record<string, { readonly price: string; readonly unit: PriceUnit }>>;

const [book] = await bundledBooks("us-east-1");

describe("Fargate", () => {
  test.each(fargateCases.cases)("$given ($id)", (published) => {
    const { option, document } = onFargate(published, withUnitPrices(book, published.unitPrices as UnitPrices));

    expect(byLine(option.charges, ({ sku, cost }) => [sku, cost.toFixed()])).toEqual(published.exact);
    expect(document?.total).toBe(published.total);
    expect(byLine(document?.lineItems ?? [], ({ sku, cost }) => [sku, cost])).toEqual(published.lines);
  });

  test("the bundled prices of us-east-1 are those of AWS's example to the cent (AWS-FG-1)", () => {
    const [published] = fargateCases.cases;

    expect(published && onFargate(published, book).document?.total).toBe("1.26");
  });
});

describe("EBS", () => {
  test.each(volumeCases.cases)("$given ($id)", (published) => {
    const lines = linesOf(published, withUnitPrices(book, published.unitPrices as UnitPrices));

    expect(lines).toEqual(expect.objectContaining(published.lines));
  });

  const golden = volumeCases.cases.filter(({ id }) => id.startsWith("IC-"));
  test.each(golden)("$given at the bundled prices too ($id)", (published) => {
    expect(linesOf(published, book)).toEqual(published.lines);
  });

  test("100,000 IOPS on one io2 volume cost 32,000 × $0.065 + 32,000 × $0.0455 + 36,000 × $0.03185 a month", () => {
    const volume = { type: "io2", sizeGiB: 500, iops: 100_000, throughputMiBps: null };
    const life = { count: 1, service: null, purpose: "a test", startSeconds: 0, endSeconds: 730 * 3600 };

    const { charges } = rate(meterVolumes(volume, life, book), book, 730 * 3600);

    const iops = charges.filter(({ sku }) => sku.includes("iops")).map(({ cost }) => cost.toFixed());
    expect(iops).toEqual(["2080", "1456", "1146.6"]);
  });
});

describe("EC2 instance hours", () => {
  test.each(instanceCases.cases)("$given ($id)", ({ instanceType, hours, unitPrice, cost }) => {
    const sku = `ec2/linux/${instanceType}`;
    const own = withUnitPrices(book, { [sku]: { price: unitPrice, unit: "Instance-Hour" } });

    expect(costOfHours(sku, hours, own)).toBe(cost);
  });

  const listed = instanceCases.cases.filter(({ purchase, dedicated }) => purchase === "on-demand" && !dedicated);
  test.each(listed)("$given at the bundled prices too ($id)", ({ instanceType, hours, cost }) => {
    expect(costOfHours(`ec2/linux/${instanceType}`, hours, book)).toBe(cost);
  });
});

type FargateCase = (typeof fargateCases.cases)[number];

function onFargate(published: FargateCase, prices: PriceBook) {
  const { cpu, memory, storageGiB, hours, run, desiredCount } = published;
  const containerDefinitions = [{ name: "app" }];
  const ephemeralStorage = storageGiB === null ? null : { sizeInGiB: storageGiB };
  const request = {
    region: "us-east-1",
    hours,
    taskDefinitions: [{ family: "job", cpu, memory, networkMode: "awsvpc", ephemeralStorage, containerDefinitions }],
    runs: run === undefined ? null : [{ taskDefinition: "job", ...run }],
    services: desiredCount === undefined ? null : [{ serviceName: "job", taskDefinition: "job", desiredCount }],
    options: ["fargate"],
  };
  const comparison = comparisonOf(request, prices);
  const document = comparisonDocument(comparison, { id: "id", engine: "1" });
  return { option: optionOf(comparison, "fargate"), document: document.options.find(({ id }) => id === "fargate") };
}

/** Shown costs of the volume's lines by SKU, with as many decimals as were published. */
function linesOf(published: (typeof volumeCases.cases)[number], prices: PriceBook): Record<string, string> {
  const { volume, count, seconds, monthHours, lines } = published;
  const life = { count, service: null, purpose: "volumes", startSeconds: 0, endSeconds: seconds };
  const used = meterVolumes(volume, life, prices).filter((usage) => usage.quantity.numerator > 0n);
  const { charges, problems } = rate(used, prices, monthHours * 3600);
  expect(problems).toEqual([]);
  const decimals = Object.values(lines)[0]?.split(".")[1]?.length ?? 2;
  return byLine(charges, ({ sku, cost }) => [sku, cost.toFixed(decimals, Exact.ROUND_HALF_UP)]);
}

function costOfHours(sku: string, hours: number, prices: PriceBook): string | undefined {
  const usage: Usage = {
    sku,
    service: null,
    description: "an instance",
    quantity: fraction(hours * 3600),
    unit: "instance-second",
    startSeconds: 0,
    endSeconds: hours * 3600,
  };
  const { charges, problems } = rate([usage], prices, 730 * 3600);
  expect(problems).toEqual([]);
  // A price of $0.00 is a price: its line is there and costs nothing.
  expect(charges).toHaveLength(1);
  return charges[0]?.cost.toFixed(2, Exact.ROUND_HALF_UP);
}

function byLine<Line>(lines: readonly Line[], entry: (line: Line) => [string, string]): Record<string, string> {
  return Object.fromEntries(lines.map(entry));
}
