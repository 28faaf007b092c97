import type { Capacity } from "./capacity.ts";

/** What the user may set about the capacity that tasks are placed on. Null: not said, the launch type's default applies. */
export interface Settings {
  readonly zones: number | null;
  /** Where the user names them; else the region's first letters are taken. */
  readonly zoneNames: readonly string[] | null;
  /** Losing any one zone leaves room for every task in the others. */
  readonly surviveZoneLoss: boolean;
  /** Capacity kept free so that a rolling deployment can proceed. */
  readonly deploymentRoom: DeploymentRoom | null;
  /** Of the instances, in percent, that the tasks need; the rest is kept empty (managed scaling's targetCapacity). Null: 100. */
  readonly targetCapacityPercent: number | null;
  /** Every awsvpc task takes a branch interface of the trunk instead of a whole network interface. */
  readonly awsvpcTrunking: boolean | null;
  /** MiB that the agent is told to keep for itself (ECS_RESERVED_MEMORY). */
  readonly reservedMemoryMiB: number | null;
  /** Instance type names to choose from; null: all. */
  readonly instanceTypes: readonly string[] | null;
  readonly excludedInstanceTypes: readonly string[];
  /** Kinds of instance types that are left out unless asked for. */
  readonly allowedKinds: readonly InstanceKind[];
  readonly requirements: InstanceRequirements | null;
  /** Average use of the vCPUs, in percent: what burstable types are charged for above their baseline. */
  readonly averageCpuPercent: number | null;
  /** Spot instances are spread over at least so many types. */
  readonly spotInstanceTypesMin: number;
  /** How much dearer than the cheapest fleet, in percent, the one of the fewest types may be; null: it is not looked for. */
  readonly simplestWithinPercent: number | null;
  readonly rootVolume: VolumeSpecification | null;
  readonly containerInsights: ContainerInsights;
  /** Keys of the user's own that encrypt what all tasks are given, by hashes; absent: none is named. */
  readonly encryptionKeys?: readonly string[];
  readonly kubernetes: KubernetesSettings;
  /** Given or planned; null: instances are chosen. */
  readonly capacity: Capacity | null;
  /** Counterfactuals, used only to tell what an assumption costs. */
  readonly registeredMemory: "registered" | "nominal";
  readonly taskSizes: "accepted" | "as-written";
}

/** Nothing said. */
export const unsetSettings: Settings = {
  zones: null,
  zoneNames: null,
  surviveZoneLoss: false,
  deploymentRoom: null,
  targetCapacityPercent: null,
  awsvpcTrunking: null,
  reservedMemoryMiB: null,
  instanceTypes: null,
  excludedInstanceTypes: [],
  allowedKinds: [],
  requirements: null,
  averageCpuPercent: null,
  spotInstanceTypesMin: 1,
  simplestWithinPercent: null,
  rootVolume: null,
  containerInsights: "off",
  kubernetes: {
    ...{ clusters: null, extendedSupport: null, controlPlaneTier: null },
    ...{ prefixDelegation: null, customNetworking: null, efaOnlyInterfaces: null, coreDnsPods: null },
  },
  capacity: null,
  registeredMemory: "registered",
  taskSizes: "accepted",
};

/** How closely the orchestrator watches what runs, at a price by the metric. */
export const containerInsights = ["off", "standard", "enhanced"] as const;
export type ContainerInsights = (typeof containerInsights)[number];
/** Of Kubernetes clusters only. Null: not said. */
export interface KubernetesSettings {
  /** Control planes that are paid for; 0: there already. */
  readonly clusters: number | null;
  readonly extendedSupport: boolean | null;
  readonly controlPlaneTier: ControlPlaneTier | null;
  /** Each address slot of a node's interfaces holds a /28 prefix. */
  readonly prefixDelegation: boolean | null;
  /** Pods take no addresses from a node's first interface. */
  readonly customNetworking: boolean | null;
  /** Of a node's first network card, interfaces that have no addresses. */
  readonly efaOnlyInterfaces: number | null;
  readonly coreDnsPods: number | null;
}

export const controlPlaneTiers = ["standard", "xl", "2xl", "4xl", "8xl"] as const;
export type ControlPlaneTier = (typeof controlPlaneTiers)[number];

export type DeploymentRoom = "one-task" | "maximum-percent" | "none";

export const instanceKinds = ["burstable", "flex", "previous-generation", "bare-metal", "flagged-price"] as const;
export type InstanceKind = (typeof instanceKinds)[number];

/** Bounds of an amount, both inclusive; null: none. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

export type Inclusion = "included" | "excluded" | "required";

/** Instance types by what they have; null: not said. Field names and meanings are those of AWS's InstanceRequirements. */
export interface InstanceRequirements {
  readonly vCpuCount: Bounds | null;
  readonly memoryMiB: Bounds | null;
  readonly memoryGiBPerVCpu: Bounds | null;
  readonly acceleratorCount: Bounds | null;
  readonly networkInterfaceCount: Bounds | null;
  readonly totalLocalStorageGB: Bounds | null;
  /** `intel`, `amd`, `amazon-web-services`; empty: all. */
  readonly cpuManufacturers: readonly string[];
  /** `current`, `previous`; empty: all. */
  readonly instanceGenerations: readonly string[];
  readonly bareMetal: Inclusion | null;
  readonly burstablePerformance: Inclusion | null;
  readonly localStorage: Inclusion | null;
  /** With `*` for any characters: `m7g.*`. Empty: all. */
  readonly allowedInstanceTypes: readonly string[];
  readonly excludedInstanceTypes: readonly string[];
}

/** A block volume. Null IOPS or throughput: the type's included baseline. */
export interface VolumeSpecification {
  readonly type: string;
  readonly sizeGiB: number;
  readonly iops: number | null;
  readonly throughputMiBps: number | null;
}
