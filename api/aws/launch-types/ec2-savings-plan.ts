import type { InstanceBilledLaunchType } from "../../core/model/launch-type.ts";
import { hostsOf } from "../ec2/hosts.ts";
import { meterInstances } from "../ec2/meter.ts";
import { committedForAYear } from "../what-ifs/ec2.ts";
import { ec2 } from "./ec2.ts";

const skuOf = (instanceType: string) => `ec2-instance-savings-plan/1yr/no-upfront/ec2/linux/${instanceType}`;

/** The fleet of `ec2` at the rates of an EC2 Instance Savings Plan for a year, nothing paid upfront, that covers all of it. */
export const ec2SavingsPlan: InstanceBilledLaunchType = {
  ...ec2,
  id: "ec2-savings-plan",
  purchaseOption: "savings-plan",
  label: "EC2, Savings Plan for a year",
  reference: "https://aws.amazon.com/savingsplans/compute-pricing/",
  byDefault: false,
  inMixes: false,
  hosts: (context) => hostsOf(skuOf, context),
  meterInstances: (life, context) =>
    meterInstances(life, { skuOf, label: "EC2 Instance Savings Plan 1 year, no upfront", context }),
  whatIfs: [...ec2.whatIfs, committedForAYear],
  example: {
    id: "EC2-SAVINGS-PLAN-1",
    source: "acedexam.com, SAP-C02 table 10.1: m5.large in eu-north-1 for a year, EC2 Instance Savings Plan, $560.64",
    given: "one m5.large for 8,760 hours at $0.064",
    request: {
      region: "us-east-1",
      hours: 8760,
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.large"] },
    },
    option: "ec2-savings-plan",
    unitPrices: { [skuOf("m5.large")]: { price: "0.064", unit: "Instance-Hour" } },
    lines: { [skuOf("m5.large")]: "560.64" },
  },
};
