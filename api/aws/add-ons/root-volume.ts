import type { AddOn } from "../../core/model/add-on.ts";
import type { TaskDefinition } from "../../core/model/workload.ts";
import { meterVolumes } from "../ebs-volume.ts";
import { runningServices } from "../running-services.ts";

/** The disk every instance starts from. Billed as provisioned, for as long as the instance is there. */
export const rootVolumeAddOn: AddOn = {
  id: "root-volume",
  label: "EBS root volumes",
  reference: "https://aws.amazon.com/ebs/pricing/",
  inputs: [],
  meterInstances(life, context, launchType) {
    const { count, startSeconds, endSeconds } = life;
    const volumes = { count, service: null, purpose: "root volumes", startSeconds, endSeconds };
    return meterVolumes(launchType.rootVolume(context), volumes, context.book);
  },
  assumptions({ running }) {
    const onInstances = running.filter(({ launchType }) => launchType.billedBy === "instance");
    const services = runningServices({ running: onInstances }).map(({ service }) => service);
    const silent = services.filter(
      ({ localDiskGiB, taskDefinition }) => localDiskGiB === 0 && hasLocalVolume(taskDefinition),
    );
    if (silent.length === 0) return [];
    const names = silent.map(({ name }) => name).join(", ");
    const text = `Bind mounts and Docker volumes of ${names} cost nothing, and are taken to take no room on the instances' root volumes (localDiskGiB: what each task's may fill).`;
    return [{ code: "local_volumes", text }];
  },
  example: {
    id: "AWS-EBS-1",
    source: "https://aws.amazon.com/ebs/pricing/ (example 1, seen 2025)",
    given: "a gp3 volume of 2,000 GB with 10,000 IOPS and 500 MB/s for 12 hours of a 30-day month",
    request: {
      region: "us-east-1",
      hours: 12,
      monthHours: 720,
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      cluster: {
        zones: 1,
        deploymentRoom: "none",
        instanceTypes: ["m5.large"],
        rootVolume: { volumeType: "gp3", sizeInGiB: 2000, iops: 10000, throughput: 500 },
      },
    },
    option: "ec2",
    unitPrices: {
      "ebs/gp3/storage": { price: "0.08", unit: "GB-Month" },
      "ebs/gp3/iops": { price: "0.005", unit: "IOPS-Month" },
      "ebs/gp3/throughput": { price: "0.06", unit: "MiBps-Month" },
    },
    lines: { "ebs/gp3/storage": "2.667", "ebs/gp3/iops": "0.583", "ebs/gp3/throughput": "0.375" },
  },
};

function hasLocalVolume({ volumes }: TaskDefinition): boolean {
  return volumes.some(({ kind }) => kind === "bind" || kind === "host" || kind === "docker");
}
