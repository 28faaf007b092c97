import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { services, wantedByService, wantedPrices } from "../../api/price-sources/catalogue/catalogue.ts";
import { decoys } from "../../api/price-sources/catalogue/decoys.ts";
import { unlisted } from "../../api/price-sources/catalogue/unlisted.ts";
import { findLocation, findRegion } from "../../api/price-sources/regions.ts";

const folder = new URL("../../db/seed/prices/", import.meta.url);
const lines = readdirSync(folder)
  .flatMap((file) => readFileSync(new URL(file, folder), "utf8").trim().split("\n").slice(1))
  .map((line) => line.split(","));
const seeded = new Map(lines.map(([, sku = "", unit = ""]) => [sku, unit] as const));
const zero = new Set(lines.flatMap(([, sku = "", , price]) => (Number(price) === 0 ? [sku] : [])));
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

test("every bundled SKU is read from a price list, but for thirteen that say why not", () => {
  const own = /^(ec2-reserved|ec2-spot|fargate-spot|compute-savings-plan)\//;
  const missing = [...seeded.keys()].filter(
    (sku) => !own.test(sku) && !patterns.some(({ matches }) => matches.test(sku)),
  );

  expect(missing.sort()).toEqual(unlisted.map(({ sku }) => sku).sort());
});

test.each([
  [
    "free-by-statement",
    [
      "ecs/control-plane",
      "ecs-express-mode/service",
      "eks/managed-node-group",
      "ecr/private/pull-same-region",
      "vpc-endpoint/gateway",
    ],
  ],
  [
    "other-sku-of-ours",
    ["data-transfer/inter-region", "data-transfer/inter-region/us-east", "cloudwatch/detailed-monitoring-metric"],
  ],
  ["no-filter-known", ["clb/data", "clb/hour", "cloudwatch/dashboard", "vpc-lattice/data", "vpc-lattice/service"]],
])("%s are exactly %j", (why, skus) => {
  expect(unlisted.filter((each) => each.why === why).map(({ sku }) => sku)).toEqual(skus);
});

test("what is free by statement is bundled at $0, and nothing else is", () => {
  const free = unlisted.filter(({ why }) => why === "free-by-statement").map(({ sku }) => sku);

  expect([...zero].sort()).toEqual(free.sort());
});

/** The usage types that have been gathered for each service, without their region's prefix: read, or refused by name. */
const gathered: Readonly<Record<string, readonly string[]>> = {
  AmazonECS: [
    ...["Fargate-vCPU-Hours:perCPU", "Fargate-GB-Hours", "Fargate-ARM-vCPU-Hours:perCPU", "Fargate-ARM-GB-Hours"],
    ...["Fargate-Windows-vCPU-Hours:perCPU", "Fargate-Windows-GB-Hours", "Fargate-Windows-OS-Hours:perCPU"],
    ...["Fargate-EphemeralStorage-GB-Hours", "ECS-Managed-Instances:{instanceType}-management-hours"],
    ...["ECS-Anywhere-Instance-hours", "ECS-Anywhere-Instance-hours-WithFree"],
  ],
  AmazonEC2: [
    ...["BoxUsage:{instanceType}", "CPUCredits:t4g", "EBS:VolumeUsage.gp3", "EBS:VolumeP-IOPS.gp3"],
    ...["EBS:VolumeP-Throughput.gp3", "EBS:VolumeUsage.io2", "EBS:VolumeP-IOPS.io2", "EBS:VolumeP-IOPS.io2.tier2"],
    ...["EBS:VolumeP-IOPS.io2.tier3", "EBS:SnapshotUsage", "NatGateway-Hours", "NatGateway-Bytes"],
    ...["NatGateway-Prvd-Bytes"],
  ],
  AWSELB: ["LoadBalancerUsage", "LCUUsage", "TS-LoadBalancerUsage", "ReservedLCUUsage", "IdleProvisionedLBCapacity"],
  AmazonVPC: [
    ...["PublicIPv4:InUseAddress", "PublicIPv4:IdleAddress", "PublicIPv4:ContiguousBlock"],
    ...["VpcEndpoint-Hours", "VpcEndpoint-Bytes"],
  ],
  AWSDataTransfer: [
    ...["DataTransfer-Out-Bytes", "Global-DataTransfer-Out-Bytes", "DataTransfer-Regional-Bytes"],
    ...["{toPrefix}AWS-Out-Bytes"],
  ],
  AmazonCloudWatch: [
    ...["DataProcessing-Bytes", "TimedStorage-ByteHrs", "DataScanned-Bytes", "CW:MetricMonitorUsage"],
    ...["CW:AlarmMonitorUsage"],
  ],
  AmazonECR: ["TimedStorage-ByteHrs"],
  AmazonEFS: [
    ...["TimedStorage-ByteHrs", "IATimedStorage-ByteHrs", "IATimedStorage-ET-ByteHrs", "ArchiveTimedStorage-ByteHrs"],
    ...["TimedStorage-Z-ByteHrs", "ETDataAccess-Bytes", "IADataAccess-Bytes", "ProvisionedTP-MiBpsHrs"],
  ],
  AmazonS3: ["TimedStorage-ByteHrs", "Requests-Tier1", "Requests-Tier2"],
  AmazonEKS: [
    ...["AmazonEKS-Hours:perCluster", "AmazonEKS-Hours:extendedSupport", "EKS-Auto:{instanceType}-management-hours"],
    ...["AmazonEKS-Hours:XL-ProvisionedTier", "AmazonEKS-Hours:2XL-ProvisionedTier"],
    ...["AmazonEKS-Hours:4XL-ProvisionedTier", "AmazonEKS-Hours:8XL-ProvisionedTier"],
    ...["Fargate-vCPU-Hours:perCPU", "Fargate-GB-Hours"],
  ],
  AWSSecretsManager: ["AWSSecretsManager-Secrets", "AWSSecretsManagerAPIRequest"],
  AWSSystemsManager: ["PS-Advanced-Param-Tier1", "PS-Param-Processed-Tier2"],
};

test.each(Object.entries(gathered))(
  "%s: every usage type that was gathered is read, or a decoy by name",
  (service, all) => {
    const read = new Set(wantedByService.get(service)?.map(({ usageType }) => usageType));
    const isDecoy = (usageType: string) =>
      decoys.some((decoy) => decoy.service === service && decoy.attribute === "usagetype" && decoy.is.test(usageType));

    expect(all.filter((usageType) => !read.has(usageType) && !isDecoy(usageType))).toEqual([]);
  },
);

test("every service that was gathered is read, and no other", () => {
  expect([...services].sort()).toEqual(Object.keys(gathered).sort());
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
