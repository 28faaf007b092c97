import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { wantedPrices } from "../../api/price-sources/catalogue/catalogue.ts";
import { findLocation, findRegion } from "../../api/price-sources/regions.ts";

const folder = new URL("../../db/seed/prices/", import.meta.url);
const seeded = new Map(
  readdirSync(folder)
    .flatMap((file) => readFileSync(new URL(file, folder), "utf8").trim().split("\n").slice(1))
    .map((line) => line.split(","))
    .map(([, sku = "", unit = ""]) => [sku, unit] as const),
);
const patterns = wantedPrices.map(({ sku, unit }) => ({
  unit,
  matches: new RegExp(
    `^${sku.replaceAll("{instanceType}", "[a-z0-9-]+\\.[a-z0-9-]+").replaceAll("{toRegion}", "[a-z]+-[a-z]+-\\d")}$`,
  ),
}));

test("every SKU that a reader gives has the unit that the bundled snapshot has it in", () => {
  const read = [...seeded].filter(([sku]) => patterns.some(({ matches }) => matches.test(sku)));
  const differing = read.filter(([sku, unit]) => patterns.find(({ matches }) => matches.test(sku))?.unit !== unit);

  expect(read.length).toBeGreaterThan(1300);
  expect(differing).toEqual([]);
});

test("of the bundled SKUs exactly these have no reader of AWS's price lists: no filter is known that finds them", () => {
  const own = /^(ec2-reserved|ec2-spot|fargate-spot|compute-savings-plan)\//;
  const missing = [...seeded.keys()].filter(
    (sku) => !own.test(sku) && !patterns.some(({ matches }) => matches.test(sku)),
  );

  expect(missing.sort()).toEqual([
    "cloudwatch-logs/live-tail",
    "cloudwatch/alarm/composite",
    "cloudwatch/alarm/high-resolution",
    "cloudwatch/container-insights/ecs-enhanced-metric",
    "cloudwatch/container-insights/eks-observations",
    "cloudwatch/dashboard",
    "cloudwatch/detailed-monitoring-metric",
    "cloudwatch/get-metric-data",
    "cloudwatch/requests",
    "data-transfer/inter-region",
    "data-transfer/inter-region/us-east",
    "ebs/snapshot/archive",
    "ebs/snapshot/fast-restore",
    "ecr/private/pull-same-region",
    "ecs-express-mode/service",
    "ecs/control-plane",
    "eks/capability/ack",
    "eks/capability/argo-cd",
    "eks/capability/kro",
    "eks/managed-node-group",
    "eks/provisioned-control-plane/2xl",
    "eks/provisioned-control-plane/4xl",
    "eks/provisioned-control-plane/8xl",
    "eks/provisioned-control-plane/xl",
    "nat-gateway/provisioned-bandwidth",
    "ssm/advanced-parameter/requests",
    "transit-gateway/attachment",
    "transit-gateway/data",
    "vpc-endpoint/gateway",
    "vpc-lattice/data",
    "vpc-lattice/service",
  ]);
});

test("no two entries ask for the same SKU", () => {
  const skus = wantedPrices.map(({ sku }) => sku);

  expect(skus.length).toBe(new Set(skus).size);
});

test.each([
  ["us-east-1", "USE1-", "USD", "US East (N. Virginia)"],
  ["eu-west-1", "EU-", "USD", "EU (Ireland)"],
  ["ap-south-1", "APS3-", "USD", "Asia Pacific (Mumbai)"],
  ["cn-north-1", "CNN1-", "CNY", "China (Beijing)"],
])("%s is %s in usage types and billed in %s", (code, prefix, currency, location) => {
  expect(findRegion(code)).toMatchObject({ usageTypePrefix: prefix, currency, location });
  expect(findLocation(location)?.code).toBe(code);
});

test("the SDK's names of European regions are known too, and a Local Zone is no region", () => {
  expect(findLocation("Europe (Frankfurt)")?.code).toBe("eu-central-1");
  expect(findRegion("us-east-1-bos-1")).toBeNull();
});
