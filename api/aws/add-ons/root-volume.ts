import type { AddOn } from "../../core/model/add-on.ts";
import { meterVolumes } from "../ebs-volume.ts";

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
