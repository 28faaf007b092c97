import type { Resources } from "./placement.ts";
import type { ScalingPolicy } from "./scaling.ts";

/** EC2 capacity that the user has or plans, instead of instances chosen for the tasks. */
export interface Capacity {
  readonly providers: readonly CapacityProvider[];
  /** Instances that run already, with what is on them. */
  readonly occupied: readonly OccupiedInstances[];
}

/** An Auto Scaling group behind a capacity provider. */
export interface CapacityProvider {
  readonly name: string;
  readonly path: string;
  /** The group launches each in turn, so that their numbers differ by one at most. Never empty. */
  readonly instanceTypes: readonly string[];
  /** At least and at most; the same where their number is given. Null: as many as it takes. */
  readonly countMin: number;
  readonly countMax: number | null;
  /** Names; null: the cluster's. */
  readonly zones: readonly string[] | null;
  readonly purchaseOption: "on-demand" | "spot";
  readonly targetCapacityPercent: number | null;
  /** Weight where a service's own strategy names no provider. */
  readonly weight: number;
  readonly base: number;
  /** Custom attributes of its instances. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly growth: GroupGrowth;
}

/** How the number of a group's instances follows scaled services. */
export interface GroupGrowth {
  /** From the launch of an instance, which is billed from then on, until it takes tasks. */
  readonly instanceStartSeconds: number;
  /** Null: nothing looks at the tasks that wait. */
  readonly managed: ManagedScaling | null;
  /** The group's own, on what of its instances is reserved (CPU, memory, in percent); instances are to them what tasks are to a service. */
  readonly policies: readonly ScalingPolicy[];
  /** Instances with tasks other than daemons are never ended. */
  readonly busyProtected: boolean;
}

/** Source: botocore ecs 2014-11-13, ManagedScaling; the numbers of datapoints are not published for the way out. */
export interface ManagedScaling {
  readonly targetCapacityPercent: number;
  /** Instances that a scale-out adds at least and at most. */
  readonly stepMin: number;
  readonly stepMax: number;
  /** From a launch on, so long no other follows it. */
  readonly warmupSeconds: number;
  /** One-minute datapoints above, or below, the target that it takes to act. */
  readonly datapointsOut: number;
  readonly datapointsIn: number;
}

/** Instances alike, of one type and zone, and what tasks that are not in the request take on each. */
export interface OccupiedInstances {
  readonly path: string;
  readonly instanceType: string;
  readonly count: number;
  /** Null: spread over the cluster's. */
  readonly zone: string | null;
  /** Name of the capacity provider they belong to; null: none. */
  readonly provider: string | null;
  readonly used: Resources;
  /** Host ports in use, such as `tcp/80`. */
  readonly exclusive: readonly string[];
  /** What is registered, where the document says it; else as for any instance of the type. */
  readonly capacity: Resources | null;
  /** Task groups of what runs there (`service:web`). */
  readonly taskGroups: readonly string[];
  readonly runningTasks: number;
  readonly attributes: Readonly<Record<string, string>>;
}
