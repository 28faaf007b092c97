import type { Context, WhatIf } from "../../core/model/launch-type.ts";
import type { NodeKind } from "../eks/max-pods.ts";
import { nodeDisk, systemPods } from "../eks/node.ts";
import { named, withLaunchType, withSettings } from "../plan-changes.ts";
import { diskAssumed, diskFull } from "./disk.ts";
import { ec2WhatIfs, packedWithinZones } from "./ec2.ts";
import { comeAndGo } from "./ec2-scaling.ts";
import { eksWhatIfs, withKubernetes } from "./eks.ts";

/** What holds of instances whoever places tasks on them. */
const ofAnyInstances = [
  ...["ec2_zones", "ec2_deployment_room", "ec2_types_left_out", "ec2_burstable_use", "ec2_burstable_standard"],
  ...["ec2_runs_scale", "ec2_zone_loss", "ec2_target_capacity"],
];

const schedulerModelled: WhatIf = {
  code: "eks_scheduler_modelled",
  text: ({ tasks }) => {
    const spread = tasks.filter(({ service }) => service.placementStrategy.length === 0 && !service.daemon);
    if (spread.length === 0) return null;
    return `The Kubernetes scheduler is modelled as spreading the pods of ${named(spread.map(({ service }) => service.name))} over zones, then over nodes of one type, the largest pods first; its own scores, preemption and priorities are not. Effect: against packing them by memory within each zone.`;
  },
  without: packedWithinZones,
};

const memoryFitted: WhatIf = {
  code: "eks_node_memory",
  text: ({ instances }) =>
    instances.length === 0
      ? null
      : "Of its nominal memory a node's system sees what ECS instances of the type were seen to register or, for most types, what is fitted; kubelet keeps its part of that. Effect: against the nominal.",
  without: (plan) => withSettings(plan, { registeredMemory: "nominal" }),
};

const perNodePods: WhatIf = {
  code: "eks_node_pods",
  text: ({ context }) =>
    `Each node runs aws-node and kube-proxy, which take ${systemPods(context).join("m and ")}m of its CPU; other agents are not counted.`,
  without: () => null,
};

const prefixesOff: WhatIf = {
  code: "eks_prefix_delegation",
  text: ({ context }) =>
    context.settings.kubernetes.prefixDelegation === null
      ? "Pods have secondary addresses of their node's interfaces, as without further setting (cluster.kubernetes.prefixDelegation). Effect: against prefix delegation."
      : null,
  without: (plan) => withKubernetes(plan, { prefixDelegation: true }),
};

const autoFee: WhatIf = {
  code: "eks_auto_fee",
  text: () =>
    "The Auto Mode fee follows the type's on-demand price: 12 %, less for G, P and Trainium types since July 2026; it is derived where none is published. Nodes are replaced within 21 days; the minutes in which two run side by side are not counted. Effect: against nodes of a managed node group, with its system pods.",
  without: (plan) => withLaunchType(plan, "eks-auto", "eks-ec2"),
};

const capacityIgnored: WhatIf = {
  code: "eks_own_capacity",
  text: ({ context }) =>
    context.settings.capacity === null
      ? null
      : "The capacity that cluster describes is that of ECS: nodes are chosen beside it.",
  without: () => null,
};

const scalingModelled: WhatIf = {
  code: "eks_node_scaling",
  text: (facts) =>
    comeAndGo(facts)
      ? "Nodes come and go as ECS managed scaling would have them; the Cluster Autoscaler and Karpenter, which also moves pods together, are not modelled."
      : null,
  without: () => null,
};

export function nodesWhatIfs(kind: NodeKind): readonly WhatIf[] {
  const disk = (context: Context) => nodeDisk(kind, context);
  const whose = kind === "auto" ? "the default of Auto Mode nodes" : "the default of managed node groups";
  return [
    ...eksWhatIfs,
    ...ec2WhatIfs.filter(({ code }) => ofAnyInstances.includes(code)),
    schedulerModelled,
    memoryFitted,
    diskAssumed("eks_node_disk", disk, whose),
    diskFull("eks_node_disk_full", disk),
    ...(kind === "auto" ? [autoFee] : [perNodePods, prefixesOff]),
    capacityIgnored,
    scalingModelled,
  ];
}
