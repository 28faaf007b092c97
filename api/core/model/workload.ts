import type { Effort } from "./packing.ts";
import type { Assumption } from "./problem.ts";
import type { RateCard } from "./rate-card.ts";
import type { ScaledLifetime } from "./scaling.ts";
import type { Settings, VolumeSpecification } from "./settings.ts";

/** Everything a comparison is about, read once from the user's documents. It holds only what cost or placement needs. */
export interface Workload {
  readonly region: string;
  /** The priced period. */
  readonly periodSeconds: number;
  /** When it begins and whose clock its hours are read from; null: nobody said, and no amount in it depends on that. */
  readonly period: Period | null;
  /** The month that monthly prices are prorated by: 730 h, or what the reader's own page uses. */
  readonly monthSeconds: number;
  /** Prices in force on this day (ISO); null: the newest known. */
  readonly asOf: string | null;
  /** Prices as known at the snapshot with this id; null: the latest. */
  readonly snapshot: string | null;
  readonly taskDefinitions: readonly TaskDefinition[];
  /** Services and runs alike: whatever keeps tasks alive. Names are unique. */
  readonly services: readonly Service[];
  readonly settings: Settings;
  /** How much work may go into a cheaper fleet and a better bound. */
  readonly effort: Effort;
  /** Of whatever is drawn at random (placement at random, generated loads). */
  readonly seed: number;
  /** Generated loads are played with so many seeds, this one and those after it, for a range of totals; 1: with this one only. */
  readonly simulations: number;
  /** Quantities that no document tells. */
  readonly usage: GivenUsage;
  /** Null: published prices. */
  readonly rateCard: RateCard | null;
  /** Ids of the options asked for; null: all. */
  readonly options: readonly string[] | null;
  /** What the documents left open and parsing had to decide. */
  readonly assumptions: readonly ParsedAssumption[];
}

/** By the names of inputs that add-on costs have; of a service, of every service that does not say, of the cluster. */
export interface GivenUsage {
  readonly services: readonly { readonly name: string; readonly amounts: Readonly<Record<string, number>> }[];
  readonly everyService: Readonly<Record<string, number>>;
  readonly cluster: Readonly<Record<string, number>>;
}

export interface Period {
  /** Seconds since 1970 UTC. */
  readonly startSeconds: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Nobody said when it begins. */
  readonly isAssumed?: boolean;
}

/** An assumption made while reading; its effect is what the total would be without `services`, or null where nothing was added. */
export interface ParsedAssumption extends Omit<Assumption, "effect"> {
  readonly services: readonly string[];
}

/** AWS ECS TaskDefinition, reduced to what costs or placement need (aws-sdk ecs 2014-11-13). */
export interface TaskDefinition {
  /** `family:revision`, or the family alone where no revision is given. Unique in a workload. */
  readonly id: string;
  readonly family: string;
  readonly revision: number | null;
  /** Path of the document it came from. */
  readonly path: string;
  /** Task-level CPU in CPU units (1024 = one vCPU); null where the document sets none. */
  readonly cpuUnits: number | null;
  readonly memoryMiB: number | null;
  readonly containers: readonly Container[];
  /** As written: bridge, host, awsvpc, none, default; null where absent. */
  readonly networkMode: string | null;
  readonly operatingSystem: "linux" | "windows";
  /** As written (`WINDOWS_SERVER_2022_CORE`), null where absent. */
  readonly operatingSystemFamily: string | null;
  readonly architecture: Architecture;
  /** False where the document leaves `runtimePlatform.cpuArchitecture` out. */
  readonly architectureStated: boolean;
  readonly ephemeralStorageGiB: number | null;
  readonly volumes: readonly Volume[];
  /** `requiresCompatibilities` as written, upper case. */
  readonly compatibilities: readonly string[];
  readonly pidMode: string | null;
  readonly ipcMode: string | null;
  readonly hasExecutionRole: boolean;
  readonly inferenceAccelerators: number;
  readonly placementConstraints: readonly PlacementConstraint[];
  /** Where it was written as a pod: what that requests, in thousandths of a vCPU and MiB. CPU units cannot say 100m. */
  readonly podRequest?: { readonly millicpu: number; readonly memoryMiB: number };
}

export type Architecture = "x86_64" | "arm64";

export interface Container {
  readonly name: string;
  /** Path of the container in the user's document. */
  readonly path: string;
  readonly image: string | null;
  readonly essential: boolean;
  readonly cpuUnits: number | null;
  /** Hard limit. */
  readonly memoryMiB: number | null;
  /** Soft limit. */
  readonly memoryReservationMiB: number | null;
  readonly gpus: number;
  readonly portMappings: readonly PortMapping[];
  readonly privileged: boolean;
  readonly logDriver: string | null;
  /** Distinct secrets, by a hash of their reference: never the value, never the name. */
  readonly secrets: readonly Secret[];
  readonly environmentFiles: number;
  readonly links: number;
  /** Linux parameters in use, by their field names (`devices`, `sharedMemorySize`, `maxSwap`, `swappiness`, `tmpfs`). */
  readonly linuxParameters: readonly string[];
  readonly hasUlimits: boolean;
  readonly dockerSecurityOptions: boolean;
  readonly stopTimeoutSeconds: number | null;
}

export interface PortMapping {
  readonly containerPort: number | null;
  /** 0 or null: dynamic (bridge) or the container port (awsvpc, host). */
  readonly hostPort: number | null;
  readonly protocol: "tcp" | "udp";
}

export interface Secret {
  readonly kind: "secrets-manager" | "parameter-store";
  readonly hash: string;
}

export interface Volume {
  readonly name: string;
  readonly kind: "bind" | "host" | "docker" | "efs" | "fsx-windows" | "s3-files" | "configured-at-launch";
}

export interface PlacementConstraint {
  readonly type: string;
  readonly expression: string | null;
}

export interface PlacementStrategy {
  readonly type: string;
  readonly field: string | null;
}

/** Tasks that belong together: a service that is always on, or a job run some number of times. */
export interface Service {
  readonly name: string;
  readonly path: string;
  readonly taskDefinition: TaskDefinition;
  /** desiredCount of a service, at the start of the period if it is scaled; tasks started by one run of a job. At least 0. */
  readonly tasks: number;
  readonly lifetime: Lifetime;
  /** As written: EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES; null where absent. */
  readonly launchType: string | null;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  /** One task on every instance, instead of a number of tasks. */
  readonly daemon: boolean;
  readonly placementStrategy: readonly PlacementStrategy[];
  readonly placementConstraints: readonly PlacementConstraint[];
  readonly maximumPercent: number | null;
  readonly minimumHealthyPercent: number | null;
  readonly assignPublicIp: boolean;
  /** Each once. */
  readonly loadBalancers: readonly LoadBalancer[];
  /** Architectures the image is built for, where the user says so; empty: the task definition's own. */
  readonly architectures: readonly Architecture[];
  /** The user says that losing a task at two minutes' notice does no harm: Spot may be recommended. */
  readonly interruptible: boolean;
  /** A block volume of its own that every task is given at launch; null: none. */
  readonly volumeAtLaunch: VolumeSpecification | null;
  /** Keys of the user's own that encrypt what its tasks are given, by hashes; absent: none is named. */
  readonly encryptionKeys?: readonly string[];
  /** Storage that its tasks claim; absent: none. */
  readonly claims?: readonly StorageClaim[];
  /** Of the instance's disk, that each task's bind mounts may fill; 0: not said. */
  readonly localDiskGiB: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Storage by itself, which tasks claim by a name. */
export interface StorageClaim {
  /** Services that claim the same one share it. */
  readonly name: string;
  /** Path of what it says. */
  readonly path: string;
  /** One for all tasks, or one for each, from when there are so many tasks on; or one for each as long as that lives. */
  readonly kept: "for all" | "for each" | "with each";
  /** Tasks on several instances are to use it at once. */
  readonly manyNodes: boolean;
  readonly sizeMiB: number;
  /** Null: a file system. */
  readonly volume: VolumeSpecification | null;
}

/** What a service says of a load balancer before its tasks. */
export interface LoadBalancer {
  /** A hash of what names it: services with the same one share it. */
  readonly hash: string;
  /** Null: application or network, the document does not say which. */
  readonly kind: "application" | "network" | "classic" | null;
  readonly containerPort: number | null;
}

export type Lifetime =
  | { readonly kind: "always" }
  /** Each run lasts `seconds`; there are `times` of them in the period. */
  | { readonly kind: "runs"; readonly seconds: number; readonly times: number }
  | ScaledLifetime;

export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string;
  readonly base: number;
  readonly weight: number;
}
