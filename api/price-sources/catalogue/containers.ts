import type { WantedPrice } from "./wanted-price.ts";
import { hours, inRegion } from "./wanted-price.ts";

const ecs = { service: "AmazonECS", filters: inRegion } as const;
const eks = { service: "AmazonEKS", filters: inRegion } as const;
const vcpuHours = { unit: "vCPU-Hour", units: { ...hours, "vCPU-Hours": "1" } } as const;
const gbHours = { unit: "GB-Hour", units: { ...hours, "GB-Hours": "1" } } as const;
const instanceHours = { unit: "Instance-Hour", units: hours } as const;
const hour = { unit: "Hour", units: hours } as const;
const compute = { productfamily: ["Compute"] } as const;
const x86 = { ...compute, operatingsystem: [null, "Linux"], cpuarchitecture: [null, "x86"] } as const;
const arm = { ...compute, operatingsystem: [null, "Linux"], cpuarchitecture: ["ARM"] } as const;
const windows = { ...compute, operatingsystem: ["Windows"] } as const;

/**
 * Usage types of the list published on 2026-09-28, as quoted in a price study (public GitHub file 71085696288). A custom resource of a
 * capability is charged besides, under `-CR-Hours:perCustomResource`.
 */
const clusterExtras: readonly WantedPrice[] = [
  ...["XL", "2XL", "4XL", "8XL"].map((tier) => ({
    ...{ ...eks, ...hour, sku: `eks/provisioned-control-plane/${tier.toLowerCase()}`, attributes: {} },
    usageType: `AmazonEKS-Hours:${tier}-ProvisionedTier`,
  })),
  ...[
    ["argo-cd", "ArgoCD"],
    ["ack", "ACK"],
    ["kro", "KRO"],
  ].map(([name, usage]) => ({
    ...{ ...eks, ...hour, sku: `eks/capability/${name}`, attributes: {} },
    usageType: `AmazonEKSCapabilities-${usage}-Hours:perCapability`,
  })),
];

/** AmazonECS and AmazonEKS. */
export const containerPrices: readonly WantedPrice[] = [
  { ...ecs, ...vcpuHours, sku: "fargate/linux/x86_64/vcpu", usageType: "Fargate-vCPU-Hours:perCPU", attributes: x86 },
  { ...ecs, ...gbHours, sku: "fargate/linux/x86_64/memory", usageType: "Fargate-GB-Hours", attributes: x86 },
  {
    ...ecs,
    ...vcpuHours,
    sku: "fargate/linux/arm64/vcpu",
    usageType: "Fargate-ARM-vCPU-Hours:perCPU",
    attributes: arm,
  },
  { ...ecs, ...gbHours, sku: "fargate/linux/arm64/memory", usageType: "Fargate-ARM-GB-Hours", attributes: arm },
  {
    ...{ ...ecs, ...vcpuHours, sku: "fargate/windows/x86_64/vcpu", usageType: "Fargate-Windows-vCPU-Hours:perCPU" },
    attributes: { ...windows, cputype: ["perCPU"] },
  },
  {
    ...ecs,
    ...gbHours,
    sku: "fargate/windows/x86_64/memory",
    usageType: "Fargate-Windows-GB-Hours",
    attributes: windows,
  },
  {
    ...{ ...ecs, ...vcpuHours, sku: "fargate/windows/x86_64/licence", usageType: "Fargate-Windows-OS-Hours:perCPU" },
    attributes: { ...windows, cputype: ["perCPU OS License Fee"] },
  },
  {
    ...{ ...ecs, ...gbHours, sku: "fargate/ephemeral-storage", usageType: "Fargate-EphemeralStorage-GB-Hours" },
    attributes: { ...compute, storagetype: ["default"] },
  },
  {
    ...{ ...ecs, ...instanceHours, sku: "ecs-anywhere/instance", usageType: "ECS-Anywhere-Instance-hours" },
    attributes: { ...compute, operation: ["AddExternalInstance"] },
  },
  {
    ...{ ...ecs, ...instanceHours, sku: "ecs-managed-instances/{instanceType}", attributes: {} },
    usageType: "ECS-Managed-Instances:{instanceType}-management-hours",
  },
  {
    ...{ ...eks, ...hour, sku: "eks/cluster", usageType: "AmazonEKS-Hours:perCluster" },
    attributes: { ...compute, operation: ["CreateOperation"], tiertype: ["HAStandard", null] },
  },
  {
    ...{ ...eks, ...hour, sku: "eks/cluster/extended-support-surcharge", usageType: "AmazonEKS-Hours:extendedSupport" },
    attributes: { ...compute, operation: ["ExtendedSupport"], tiertype: ["HAExtended", null] },
  },
  {
    ...{ ...eks, ...instanceHours, sku: "eks-auto-mode/{instanceType}" },
    usageType: "EKS-Auto:{instanceType}-management-hours",
    attributes: { eksproducttype: ["AutoMode"], operation: ["EKSAutoUsage"] },
  },
  {
    ...eks,
    ...vcpuHours,
    sku: "eks-fargate/linux/x86_64/vcpu",
    usageType: "Fargate-vCPU-Hours:perCPU",
    attributes: x86,
  },
  { ...eks, ...gbHours, sku: "eks-fargate/linux/x86_64/memory", usageType: "Fargate-GB-Hours", attributes: x86 },
  ...clusterExtras,
];
