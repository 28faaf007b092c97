import type { InstanceBilledLaunchType } from "../../core/model/launch-type.ts";
import { hostsWithFee, type ManagementFee, meterWithFee } from "../ec2/fee.ts";
import { nodeCapacity, nodeDisk } from "../eks/node.ts";
import { nodesWhatIfs } from "../what-ifs/eks-nodes.ts";
import { eksEc2 } from "./eks-ec2.ts";

const fee: ManagementFee = {
  sku: (instanceType) => `eks-auto-mode/${instanceType}`,
  label: "EKS Auto Mode fee",
};

/** Nodes that EKS Auto Mode starts and ends, for a fee on top of their price. Its own parts, DNS among them, are no pods. */
export const eksAuto: InstanceBilledLaunchType = {
  ...eksEc2,
  id: "eks-auto",
  launchType: "eks-auto",
  label: "EKS Auto Mode",
  reference: "https://docs.aws.amazon.com/eks/latest/userguide/automode.html",
  systemServices: () => [],
  hosts: (context) => hostsWithFee(fee, context, (type) => nodeCapacity(type, "auto", context)),
  meterInstances: (life, context) => meterWithFee(life, fee, context),
  rootVolume: (context) => nodeDisk("auto", context),
  whatIfs: nodesWhatIfs("auto"),
  example: {
    id: "EKS-AUTO-1",
    source:
      "AWS price list AmazonEKS published 2026-09-28 (public GitHub file 71085696288): m7i.large in us-east-1; the sums are arithmetic",
    given: "one m7i.large for 730 hours at $0.1008, and its fee of $0.0121",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "pod", containerDefinitions: [{ name: "pod", cpu: 256, memory: 512 }] }],
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m7i.large"] },
    },
    option: "eks-auto",
    unitPrices: {},
    lines: { "ec2/linux/m7i.large": "73.58", "eks-auto-mode/m7i.large": "8.83", "eks/cluster": "73.00" },
  },
};
