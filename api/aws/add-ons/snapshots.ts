import { type AddOn, amountOf, onlyIfGiven, type UsageInput } from "../../core/model/add-on.ts";
import { decimalFraction, multiply } from "../../core/model/fraction.ts";
import { periodUsage } from "../period-usage.ts";
import { runningServices } from "../running-services.ts";

const kept = onlyIfGiven("snapshotGB", "GB of EBS snapshots kept");
const archived = onlyIfGiven("archivedSnapshotGB", "GB of EBS snapshots in the archive");
const restored = onlyIfGiven("restoredSnapshotGB", "GB restored from the archive of EBS snapshots a month");
const fastRestored = onlyIfGiven("fastRestoreSnapshots", "a number of EBS snapshots with fast restore");
const zones: UsageInput = {
  ...fastRestored,
  name: "fastRestoreZones",
  unit: "a number of zones",
  max: 6,
  default: 1,
  against: 1,
};
const hours: UsageInput = {
  ...fastRestored,
  name: "fastRestoreHours",
  unit: "hours a month",
  max: 744,
  default: 730,
  against: 730,
};

/** Fast restore is billed by the minute, but for an hour at least. Source: aws.amazon.com/ebs/pricing, case AWS-EBS-8b. */
const fastRestoreHoursMin = 1;
const secondsPerHour = 3600;

/** EBS snapshots, by what each service keeps of its volumes. */
export const snapshotsAddOn: AddOn = {
  id: "snapshots",
  label: "EBS snapshots",
  reference: "https://aws.amazon.com/ebs/pricing/",
  shared: true,
  inputs: [kept, archived, restored, fastRestored, zones, hours],
  meterAll(whole) {
    const { workload } = whole;
    const { stored, moved, lasting } = periodUsage(workload);
    return runningServices(whole).flatMap(({ service }) => {
      const amount = (input: UsageInput) => decimalFraction(amountOf(workload, input, service));
      const of = (meter: string, description: string) => ({
        ...{ sku: `ebs/snapshot/${meter}`, service: service.name },
        description: `EBS snapshots, ${description}`,
      });
      const fastSeconds = decimalFraction(
        Math.max(fastRestoreHoursMin, amountOf(workload, hours, service)) * secondsPerHour,
      );
      return [
        stored(of("standard", "kept"), amount(kept)),
        stored(of("archive", "archived"), amount(archived)),
        moved(of("archive-retrieval", "restored from the archive"), amount(restored)),
        lasting(
          of("fast-restore", "fast restore"),
          multiply(multiply(amount(fastRestored), amount(zones)), fastSeconds),
        ),
      ];
    });
  },
  example: {
    id: "AWS-EBS-8c",
    source: "https://aws.amazon.com/ebs/pricing/ (example 8, seen 2025)",
    given: "fast restore of 3 snapshots in 2 zones for 2.5 hours",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      usage: { everyService: { fastRestoreSnapshots: 3, fastRestoreZones: 2, fastRestoreHours: 2.5 } },
    },
    option: "ec2",
    unitPrices: { "ebs/snapshot/fast-restore": { price: "0.75", unit: "Hour" } },
    lines: { "ebs/snapshot/fast-restore": "11.25" },
  },
};
