import type { Host, PlaceableTask } from "../model/placement-rules.ts";
import type { Cluster } from "./cluster.ts";

/** Instances that are started together, evenly over zones and, where there are several, types. */
export interface InstancePool {
  /** What they are, in turn: a host for each zone and type. At least one. */
  readonly hosts: readonly Host[];
  readonly countMin: number;
  /** Null: as many as needed. */
  readonly countMax: number | null;
}

export interface FewestRequest {
  /** What runs already; its instances count towards no pool. */
  readonly from: Cluster;
  readonly pools: readonly InstancePool[];
  /** Provider: the tasks go on that pool's instances only; null: on any, and the first pool grows for them. */
  readonly tasks: readonly { readonly task: PlaceableTask; readonly count: number; readonly provider: string | null }[];
  readonly daemons: readonly PlaceableTask[];
  /** Tasks on `from` already, whose deployments must find room too. */
  readonly settled: FewestRequest["tasks"];
  /** By service: extra tasks that must find room while it is deployed, one service at a time. */
  readonly room: ReadonlyMap<string, number>;
  /** Tasks that are spread by this attribute must come out even over its values on all hosts, not only where there is room; null: none. */
  readonly evenOver: string | null;
}
