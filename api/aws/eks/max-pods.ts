import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { InstanceType } from "../../core/model/price-book.ts";

/** Which node configuration asks. */
export type NodeKind = "ec2" | "auto";

/**
 * Pods that a node takes: each interface has an address of its own and gives the others, or with prefix delegation a /28 prefix for each;
 * two more pods share the node's own address. EFA-only interfaces take the place of others and have none (aws/karpenter-provider-aws@1d92708). Only with prefixes there is a cap by size.
 * Source: awslabs/amazon-eks-ami@81fec2e nodeadm eni_max_pods.go; EKS user guide 2024; EKS best practices, prefix-mode_linux.
 */
export function maxPods(type: InstanceType, kind: NodeKind, { book, settings }: Context): number {
  const { prefixDelegation, customNetworking, efaOnlyInterfaces } = settings.kubernetes;
  const { networkInterfaces, ipv4PerInterface } = type;
  if (networkInterfaces === null || ipv4PerInterface === null) return limitOf(book, "eks/max-pods/unknown-type");
  const prefixes = kind === "auto" || prefixDelegation === true;
  const interfaces = Math.max(0, networkInterfaces - (customNetworking === true ? 1 : 0) - (efaOnlyInterfaces ?? 0));
  const perSlot = prefixes && type.hypervisor !== "xen" ? limitOf(book, "eks/max-pods/prefix-addresses") : 1;
  const addressed = interfaces * (ipv4PerInterface - 1) * perSlot + limitOf(book, "eks/max-pods/host-network");
  if (kind === "auto") return Math.min(addressed, limitOf(book, "eks-auto-mode/max-pods"));
  return prefixes ? Math.min(addressed, prefixCap(type, book)) : addressed;
}

function prefixCap({ vcpus }: InstanceType, book: Context["book"]): number {
  const cap = vcpus < limitOf(book, "eks/max-pods/prefix-cap/large-vcpus") ? "small" : "large";
  return limitOf(book, `eks/max-pods/prefix-cap/${cap}`);
}
