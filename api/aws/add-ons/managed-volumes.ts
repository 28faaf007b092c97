import type { AddOn, RunningTasks } from "../../core/model/add-on.ts";
import { multiply } from "../../core/model/fraction.ts";
import type { PriceBook } from "../../core/model/price-book.ts";
import type { Usage } from "../../core/model/usage.ts";
import { meterClaimedVolumes } from "../claimed-volumes.ts";
import { meterVolumes } from "../ebs-volume.ts";
import { runningServices } from "../running-services.ts";

/**
 * The volume of its own that every task is given at launch (`volumeConfigurations`): billed as provisioned, for the task's life; and those
 * that pods claim.
 */
export const managedVolumesAddOn: AddOn = {
  id: "managed-volumes",
  label: "EBS volumes of tasks",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html",
  inputs: [],
  meterAll: (whole, { book }) => [
    ...whole.running.flatMap(({ tasks }) => tasks.flatMap((row) => volumesOf(row, book))),
    ...meterClaimedVolumes(whole, book),
  ],
  assumptions: (whole) =>
    runningServices(whole)
      // A pod's claims say of themselves what is not known of them.
      .filter(({ service: { taskDefinition: task } }) => task.podRequest === undefined)
      .filter(({ service }) => service.volumeAtLaunch === null && hasVolumeAtLaunch(service.taskDefinition.volumes))
      .map(({ service: { name } }) => ({
        code: "volume_at_launch_unknown",
        text: `The tasks of ${name} are given a volume at launch, and nothing says how big it is: it is not counted. Add the service's volumeConfigurations.`,
      })),
  example: {
    id: "AWS-EBS-2",
    source: "https://aws.amazon.com/ebs/pricing/ (example 2, seen 2025)",
    given: "a gp2 volume of 2,000 GB for 12 hours of a 30-day month",
    request: {
      region: "us-east-1",
      monthHours: 720,
      taskDefinitions: [
        { family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "one" }] },
      ],
      runs: [
        {
          ...{ taskDefinition: "one", tasks: 1, seconds: 43_200 },
          volumeConfigurations: [{ name: "data", managedEBSVolume: { volumeType: "gp2", sizeInGiB: 2000 } }],
        },
      ],
    },
    option: "fargate",
    unitPrices: { "ebs/gp2/storage": { price: "0.10", unit: "GB-Month" } },
    lines: { "ebs/gp2/storage": "3.33" },
  },
};

function volumesOf({ life, task, share }: RunningTasks, book: PriceBook): Usage[] {
  const { volumeAtLaunch, name } = task.service;
  if (volumeAtLaunch === null) return [];
  const volumes = { ...life, service: name, purpose: "volumes of tasks" };
  return meterVolumes(volumeAtLaunch, volumes, book).map((usage) => ({
    ...usage,
    quantity: multiply(usage.quantity, share),
  }));
}

function hasVolumeAtLaunch(volumes: readonly { readonly kind: string }[]): boolean {
  return volumes.some(({ kind }) => kind === "configured-at-launch");
}
