import type { InstanceBilledLaunchType } from "../../core/model/launch-type.ts";
import { hostsOf } from "../ec2/hosts.ts";
import { onDemandSku } from "../ec2/meter.ts";
import { admitToNodes, pending } from "../eks/admit.ts";
import { nodeCapacity, nodeDisk } from "../eks/node.ts";
import { coreDns } from "../eks/pod.ts";
import { nodesWhatIfs } from "../what-ifs/eks-nodes.ts";
import { ec2 } from "./ec2.ts";

/** EC2 instances as nodes of a cluster, in node groups that EKS manages or the user: neither costs anything on top. */
export const eksEc2: InstanceBilledLaunchType = {
  ...ec2,
  id: "eks-ec2",
  launchType: "eks-ec2",
  label: "EKS on EC2",
  reference: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html",
  byDefault: false,
  inMixes: false,
  usesGivenCapacity: false,
  admit: admitToNodes,
  systemServices: coreDns,
  hosts: (context) => hostsOf(onDemandSku, context, (type) => nodeCapacity(type, "ec2", context)),
  rootVolume: (context) => nodeDisk("ec2", context),
  notPlaced: pending,
  whatIfs: nodesWhatIfs("ec2"),
  example: {
    id: "CALC-FG-2-nodes",
    source:
      "the comparison of AWS Pricing Calculator transcript (17829696158, 17086731721): 2 x m5.large 140.16 and the cluster's 73.00",
    given:
      "two pods of 1.5 vCPU on m5.large for 730 hours, one on each, $213.16 with the control plane but without disks",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "pod", containerDefinitions: [{ name: "pod", cpu: 1536, memory: 4096 }] }],
      services: [{ serviceName: "pod", taskDefinition: "pod", desiredCount: 2 }],
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.large"] },
    },
    option: "eks-ec2",
    unitPrices: {},
    lines: { "ec2/linux/m5.large": "140.16", "eks/cluster": "73.00" },
  },
};
