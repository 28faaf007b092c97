import type { WantedPrice } from "./wanted-price.ts";
import { gbMonths, hours, inRegion } from "./wanted-price.ts";

const gbMonth = { unit: "GB-Month", units: gbMonths } as const;
const gb = { unit: "GB", units: { GB: "1" } } as const;
const iops = { unit: "IOPS-Month", units: { "IOPS-Mo": "1" } } as const;
const ebs = { service: "AmazonEC2" } as const;
const efs = { service: "AmazonEFS", filters: inRegion } as const;
const s3 = { service: "AmazonS3" } as const;
/** The volume's type, and what its usage types call it. */
const volumeTypes = [
  ["gp2", ".gp2"],
  ["gp3", ".gp3"],
  ["io1", ".piops"],
  ["io2", ".io2"],
  ["sc1", ".sc1"],
  ["st1", ".st1"],
] as const;

/** A filter on the product family, and the same demand on the product. Lists from before 2018 do not name the volume's type. */
function family(name: string, volume?: string) {
  const attributes = { productfamily: [name], ...(volume === undefined ? {} : { volumeapiname: [volume, null] }) };
  return { filters: { ...inRegion, productFamily: name }, attributes };
}

const volumes: readonly WantedPrice[] = [
  ...volumeTypes.map(([type, usage]) => ({
    ...{
      ...ebs,
      ...gbMonth,
      ...family("Storage", type),
      sku: `ebs/${type}/storage`,
      usageType: `EBS:VolumeUsage${usage}`,
    },
  })),
  {
    ...{ ...ebs, ...gbMonth, ...family("Storage"), sku: "ebs/standard/storage", usageType: "EBS:VolumeUsage" },
    attributes: { productfamily: ["Storage"], volumeapiname: ["standard"] },
  },
  { ...ebs, ...iops, ...family("System Operation", "io1"), sku: "ebs/io1/iops", usageType: "EBS:VolumeP-IOPS.piops" },
  {
    ...{
      ...ebs,
      ...iops,
      ...family("System Operation", "gp3"),
      sku: "ebs/gp3/iops",
      usageType: "EBS:VolumeP-IOPS.gp3",
    },
    countsAboveIncluded: true,
  },
  {
    ...{ ...ebs, ...family("Provisioned Throughput", "gp3"), sku: "ebs/gp3/throughput", countsAboveIncluded: true },
    usageType: "EBS:VolumeP-Throughput.gp3",
    unit: "MiBps-Month",
    // 1/1024: the list prices a GiB per second.
    units: { "GiBps-mo": "0.0009765625" },
  },
  ...[
    ["0-32000", ""],
    ["32001-64000", ".tier2"],
    ["64001-", ".tier3"],
  ].map(([range, tier]) => ({
    ...{ ...ebs, ...iops, ...family("System Operation", "io2"), sku: `ebs/io2/iops/${range}` },
    usageType: `EBS:VolumeP-IOPS.io2${tier}`,
  })),
  { ...ebs, ...gbMonth, ...family("Storage Snapshot"), sku: "ebs/snapshot/standard", usageType: "EBS:SnapshotUsage" },
  {
    // Beside the standard tier in the same family (public GitHub files 56142574194 and 71262008244).
    ...{ ...ebs, ...gbMonth, ...family("Storage Snapshot"), sku: "ebs/snapshot/archive" },
    usageType: "EBS:SnapshotArchiveStorage",
  },
  {
    // infracost/infracost@95ba4f4, ebs_snapshot.go; AWS's table of usage types says DSU-Hours, a list of Tokyo says hours (68351973613).
    ...{ ...ebs, ...family("Fast Snapshot Restore"), sku: "ebs/snapshot/fast-restore", unit: "Hour" },
    units: { ...hours, "DSU-Hours": "1" },
    usageType: "EBS:FastSnapshotRestore",
  },
];

const files: readonly WantedPrice[] = [
  ...[
    ["standard", "TimedStorage-ByteHrs", "General Purpose"],
    ["infrequent-access", "IATimedStorage-ByteHrs", "Infrequent Access"],
    ["infrequent-access-elastic", "IATimedStorage-ET-ByteHrs", "Infrequent Access-ET"],
    ["archive", "ArchiveTimedStorage-ByteHrs", "Archive"],
    ["one-zone", "TimedStorage-Z-ByteHrs", "One Zone-General Purpose"],
    ["one-zone-infrequent-access", "IATimedStorage-Z-ByteHrs", "One Zone-Infrequent Access"],
  ].map(([name = "", usageType = "", storageClass = ""]) => ({
    ...{ ...efs, ...gbMonth, sku: `efs/${name}/storage`, usageType },
    attributes: { productfamily: ["Storage"], storageclass: [storageClass] },
  })),
  ...[
    ["elastic", "ETDataAccess-Bytes"],
    ["infrequent-access", "IADataAccess-Bytes"],
  ].flatMap(([name, usageType = ""]) =>
    ["Read", "Write"].map((access) => ({
      ...{ ...efs, ...gb, sku: `efs/${name}/${access.toLowerCase()}`, usageType },
      attributes: { productfamily: ["Storage"], accesstype: [access] },
    })),
  ),
  {
    ...{ ...efs, sku: "efs/provisioned-throughput", usageType: "ProvisionedTP-MiBpsHrs" },
    unit: "MiBps-Month",
    units: { "MiBps-Mo": "1" },
    attributes: { productfamily: ["Provisioned Throughput"], throughputclass: ["Provisioned"] },
  },
];

/** A thousand requests, where the list prices one. */
const thousand = { unit: "Requests-1k", units: { Requests: "1000" } } as const;

/** EBS, EFS, S3 and ECR. */
export const storagePrices: readonly WantedPrice[] = [
  ...volumes,
  ...files,
  {
    ...{ ...s3, ...gbMonth, sku: "s3/standard/storage", usageType: "TimedStorage-ByteHrs" },
    filters: { ...inRegion, productFamily: "Storage", storageClass: "General Purpose" },
    attributes: { productfamily: ["Storage"], storageclass: ["General Purpose"], volumetype: ["Standard"] },
  },
  { ...s3, ...thousand, ...family("API Request"), sku: "s3/requests/put", usageType: "Requests-Tier1" },
  { ...s3, ...thousand, ...family("API Request"), sku: "s3/requests/get", usageType: "Requests-Tier2" },
  {
    ...{
      ...gbMonth,
      service: "AmazonECR",
      filters: inRegion,
      sku: "ecr/private/storage",
      usageType: "TimedStorage-ByteHrs",
    },
    attributes: { productfamily: ["EC2 Container Registry"] },
  },
];
