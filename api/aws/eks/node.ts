import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { Resources } from "../../core/model/placement.ts";
import type { InstanceType } from "../../core/model/price-book.ts";
import type { VolumeSpecification } from "../../core/model/settings.ts";
import { diskOf } from "../ec2/defaults.ts";
import { registeredMemoryMiB } from "../ec2/registered-memory.ts";
import { maxPods, type NodeKind } from "./max-pods.ts";

/** What kubelet keeps for itself and the system of a node. */
export interface KubeReserved {
  readonly millicpu: number;
  readonly memoryMiB: number;
}

/** Of each range of cores its percentage, whole thousandths; of memory so much for every pod the node may take. Source: nodeadm config.go. */
export function kubeReserved(vcpus: number, pods: number, { book }: Context): KubeReserved {
  const ranges = [
    { cores: 1, of: "first-core" },
    { cores: 1, of: "second-core" },
    { cores: 2, of: "third-and-fourth-core" },
    { cores: Number.POSITIVE_INFINITY, of: "further-cores" },
  ];
  let left = vcpus;
  let millicpu = 0;
  for (const { cores, of } of ranges) {
    const here = Math.min(left, cores);
    millicpu += Math.floor(here * 10 * limitOf(book, `eks/allocatable/cpu-reserved-percent/${of}`));
    left -= here;
  }
  const perPod = limitOf(book, "eks/allocatable/memory-reserved-mib-per-pod");
  return { millicpu, memoryMiB: limitOf(book, "eks/allocatable/memory-reserved-mib") + perPod * pods };
}

/**
 * What the user's pods can have of a node: what its system sees, less what kubelet keeps and evicts at, less the pods that every node
 * runs. In Auto Mode those are no pods. What the system sees is what ECS registers on the same type.
 */
export function nodeCapacity(type: InstanceType, kind: NodeKind, context: Context): Resources {
  const { book, settings } = context;
  const pods = maxPods(type, kind, context);
  const reserved = kubeReserved(type.vcpus, pods, context);
  const seen = registeredMemoryMiB(type, { ...context, settings: { ...settings, reservedMemoryMiB: null } });
  const eviction = limitOf(book, "eks/allocatable/eviction-memory-mib");
  const system = kind === "auto" ? [] : systemPods(context);
  return {
    millicpu: Math.max(0, type.vcpus * 1000 - reserved.millicpu - system.reduce((sum, millicpu) => sum + millicpu, 0)),
    memory: Math.max(0, seen - reserved.memoryMiB - eviction),
    gpu: type.gpus,
    pods: pods - system.length,
    "local-disk": diskForPods(nodeDisk(kind, context).sizeGiB, context),
  };
}

function diskForPods(sizeGiB: number, { book }: Context): number {
  const evictedAt = (sizeGiB * limitOf(book, "eks/allocatable/eviction-nodefs-percent")) / 100;
  return Math.max(0, Math.floor(sizeGiB - evictedAt - limitOf(book, "eks/allocatable/storage-reserved-gib")));
}

/** CPU of each pod that runs on every node. They ask for no memory. */
export function systemPods({ book }: Context): readonly number[] {
  return ["aws-node", "kube-proxy"].map((pod) => limitOf(book, `eks/system-pods/${pod}/cpu-millicores`));
}

export function nodeDisk(kind: NodeKind, context: Context): VolumeSpecification {
  return diskOf(kind === "auto" ? "eks-auto-mode/data-volume/size-gib" : "eks/root-volume/size-gib", context);
}
