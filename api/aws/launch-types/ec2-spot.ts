import type { InstanceBilledLaunchType } from "../../core/model/launch-type.ts";
import { hostsOf } from "../ec2/hosts.ts";
import { meterInstances, spotSku } from "../ec2/meter.ts";
import { anyWhatIfs } from "../what-ifs/any-launch-type.ts";
import { ec2SpotWhatIfs } from "../what-ifs/ec2.ts";
import { ec2 } from "./ec2.ts";

export const ec2Spot: InstanceBilledLaunchType = {
  ...ec2,
  id: "ec2-spot",
  purchaseOption: "spot",
  label: "EC2 Spot",
  reference: "https://aws.amazon.com/ec2/spot/pricing/",
  instanceTypesMin: (settings) => settings.spotInstanceTypesMin,
  hosts: (context) => hostsOf(spotSku, context),
  meterInstances: (life, context) => meterInstances(life, { skuOf: spotSku, label: "Spot", context }),
  whatIfs: [...anyWhatIfs, ...ec2SpotWhatIfs],
  example: {
    id: "EC2-SPOT-1",
    source: "https://website.spot.ec2.aws.a2z.com/spot.json as of 2026-08-10 (c5.large, us-east-1); arithmetic ours",
    given: "one instance for 730 hours at the Spot price of its day",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["c5.large"] },
    },
    option: "ec2-spot",
    unitPrices: { "ec2-spot/linux/c5.large": { price: "0.0286", unit: "Instance-Hour" } },
    lines: { "ec2-spot/linux/c5.large": "20.88" },
  },
};
