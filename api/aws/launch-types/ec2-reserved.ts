import type { InstanceBilledLaunchType } from "../../core/model/launch-type.ts";
import { hostsOf } from "../ec2/hosts.ts";
import { meterInstances } from "../ec2/meter.ts";
import { unscalable } from "../ec2/unscalable.ts";
import { committedForAYear } from "../what-ifs/ec2.ts";
import { ec2 } from "./ec2.ts";

const skuOf = (instanceType: string) => `ec2-reserved/linux/${instanceType}/1yr/no-upfront/standard`;

/** The fleet of `ec2` at the rates of standard Reserved Instances for a year, nothing paid upfront. */
export const ec2Reserved: InstanceBilledLaunchType = {
  ...ec2,
  id: "ec2-reserved",
  purchaseOption: "reserved",
  label: "EC2, reserved for a year",
  reference: "https://aws.amazon.com/ec2/pricing/reserved-instances/pricing/",
  byDefault: false,
  inMixes: false,
  hosts: (context) => hostsOf(skuOf, context),
  unscalable: (services) =>
    unscalable(
      services,
      "reserved instances are paid for all year, whether they run or not, so that they do not come and go",
    ),
  meterInstances: (life, context) => meterInstances(life, { skuOf, label: "reserved 1 year, no upfront", context }),
  whatIfs: [...ec2.whatIfs, committedForAYear],
  example: {
    id: "EC2-RESERVED-1",
    source:
      "the bundled snapshot's rate of c5.xlarge in us-east-1 (aws/amazon-ec2-instance-selector price list of 2025-04); arithmetic ours",
    given: "one instance for 730 hours",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["c5.xlarge"] },
    },
    option: "ec2-reserved",
    unitPrices: {},
    lines: { "ec2-reserved/linux/c5.xlarge/1yr/no-upfront/standard": "78.11" },
  },
};
