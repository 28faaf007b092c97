import type { Capacity, GroupGrowth } from "./capacity.ts";
import type { TaskLife } from "./demand.ts";
import type { Effort } from "./packing.ts";
import type { HostType } from "./placement.ts";
import type { Host, ServiceTask, Unplaced } from "./placement-rules.ts";
import type { Problem } from "./problem.ts";

export interface PlacementRequest {
  /** Instances of the one type that makes them cheapest, as the orchestrator itself fills them; or the cheapest set of any types. */
  readonly fleet: "one-type" | "cheapest-mix";
  readonly lives: readonly TaskLife[];
  /** By service, daemons too. */
  readonly tasks: ReadonlyMap<string, ServiceTask>;
  /** Services with one task on every instance. */
  readonly daemons: readonly string[];
  readonly hostTypes: readonly HostType[];
  /** With those that the settings leave out, to tell what would hold a task. */
  allHostTypes(): readonly HostType[];
  hostOf(type: HostType, zone: string, provider: string | null): Host;
  /** What the orchestrator says of tasks that it cannot place. */
  notPlaced(unplaced: Unplaced): Problem;
  readonly periodSeconds: number;
  /** Names; each service's tasks are spread over them. */
  readonly zones: readonly string[];
  /** The attribute of hosts that names their zone. */
  readonly zoneAttribute: string;
  readonly surviveZoneLoss: boolean;
  /** Of the instances, the part that the tasks may need; the rest is kept empty. */
  readonly targetCapacityPercent: number;
  /** A fleet of one type is of at least so many types. */
  readonly instanceTypesMin: number;
  /** By service: extra tasks that must find room while it is deployed, one service at a time. */
  readonly room: ReadonlyMap<string, number>;
  /** Given or planned; null: instances are chosen. */
  readonly capacity: Capacity | null;
  /** Of instances that are chosen for services which are scaled. */
  readonly growth: GroupGrowth;
  /** Null: the fleet of the fewest types is not looked for. */
  readonly simplestWithinPercent: number | null;
  readonly effort: Effort;
  readonly seed: number;
  /** What placement has worked out before, to look up again; what it holds is placement's own. */
  readonly fills: Map<string, unknown>;
}
