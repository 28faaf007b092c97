import type { GroupGrowth } from "./capacity.ts";
import type { Resources } from "./placement.ts";

/** Instances that are launched and ended together: behind a capacity provider, or chosen for the tasks. */
export interface InstanceGroup {
  /** The capacity provider; null: none is named. */
  readonly provider: string | null;
  readonly instanceTypes: readonly string[];
  readonly countMin: number;
  /** Null: as many as it takes. */
  readonly countMax: number | null;
  readonly growth: GroupGrowth;
}

/** Tasks of a service that are to run on instances of one group; `group` is its place among the groups, or `anyGroup`. */
export interface TasksOfGroup {
  readonly service: number;
  readonly group: number;
  readonly count: number;
}

/** Whatever instance there is will do. */
export const anyGroup = -1;

/**
 * Instances and the tasks on them, moment by moment. Where a task goes, or which instance ends, is decided here; when and how many, by
 * whoever asks. Seconds are those of the period and never go back.
 */
export interface ClusterOverTime {
  readonly groups: readonly InstanceGroup[];
  /** The handle by which a service is known here. */
  serviceOf(name: string): number;
  /** Which groups so many more tasks of the service are for, by its own strategy; they count from then on, placed or not. */
  share(service: number, count: number): readonly TasksOfGroup[];
  /** Which groups are to have so many fewer; they count no more. */
  surplus(service: number, count: number): readonly TasksOfGroup[];
  /** They are wanted no more. */
  forget(tasks: TasksOfGroup): void;
  /** Places them one after another, as long as there is room; says how many. */
  place(tasks: TasksOfGroup, seconds: number): number;
  /** Stops them, each where that leaves the rest placed best; those that ended with their instance are gone already. */
  stop(tasks: TasksOfGroup, seconds: number): void;
  /**
   * Instances that tasks waiting for the group would need beside its own: per service the tasks that fit no free room, packed onto the largest
   * of its types; the most that any of them needs. Those that do not fit the smallest type ask for none.
   */
  needed(group: number, waiting: readonly TasksOfGroup[]): number;
  /** Instances of the group, those that are starting too. */
  count(group: number): number;
  /** Of those that take tasks, the ones that run none but daemons. */
  idle(group: number): number;
  /** Percent of a resource, of all that its instances that take tasks have, which tasks reserve; NaN: there are none. */
  reservedPercent(group: number, resource: string): number;
  /** New instances, billed from now on, each in the zone with the fewest of the group's, each type in turn. */
  launch(group: number, count: number, seconds: number): void;
  /** The instances launched first take tasks from now on. */
  join(group: number, count: number, seconds: number): void;
  /** Ends instances that run none but daemons, then, unless `idleOnly`, others, each in the zone with the most; says what was on them. */
  end(group: number, count: number, how: { readonly idleOnly: boolean; readonly seconds: number }): EndedInstances;
}

export interface EndedInstances {
  readonly count: number;
  readonly lost: readonly TasksOfGroup[];
}

/** Instances of one type, zone and group over the whole period. */
export interface InstancesOverTime {
  readonly instanceType: string;
  /** 0, 1, … */
  readonly zone: number;
  readonly provider: string | null;
  readonly existing: boolean;
  readonly capacity: Resources;
  readonly peak: number;
  readonly instanceSeconds: number;
  /** Amounts × seconds that tasks took, by resource. */
  readonly usedSeconds: Resources;
  /** While a resource was the binding one of an instance: the amounts of it × seconds that each service took there. */
  readonly boundSeconds: readonly {
    readonly resource: string;
    readonly service: string;
    readonly amountSeconds: number;
  }[];
}
