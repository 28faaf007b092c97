import type { Resources, TaskDemand } from "./placement.ts";
import type { Result } from "./problem.ts";

/** What never changes about an instance. Instances of one host are alike when they start. */
export interface Host {
  /** Name of its host type. */
  readonly type: string;
  /** Tasks say which kinds they run on (an architecture). */
  readonly kind: string;
  readonly zone: string;
  /** The group of instances it was started by; null: none. */
  readonly provider: string | null;
  /** Attributes by name, also those that the orchestrator sets itself (zone, type, architecture). */
  readonly attributes: Readonly<Record<string, string>>;
  readonly capacity: Resources;
}

/** An instance and what is on it. */
export interface Instance {
  readonly host: Host;
  /** What is left of each resource. */
  readonly room: Resources;
  /** Things of which an instance has one only that a task on it has taken. */
  readonly taken: ReadonlySet<string>;
  /** Tasks by service, daemons too. */
  readonly tasks: ReadonlyMap<string, number>;
  /** The same by task group. */
  readonly groups: ReadonlyMap<string, number>;
  /** Services of which it runs a task because every instance does. */
  readonly daemons: readonly string[];
}

/** Instances next to each other in the order in which they were started, all with the same content. */
export interface InstanceRun {
  /** Number of the first one; the others follow on. Where nothing else decides, the lowest number comes first. */
  readonly first: number;
  readonly count: number;
  readonly instance: Instance;
}

/**
 * A placement strategy: it leaves the best of the instances that those before it left. `spread`: those with the fewest tasks of the
 * group, on instances with the same attribute value or, by null, on the instance itself. `binpack`: those with the least left of a
 * resource, before the task is placed. `random`: one of them.
 */
export type Ranking =
  | { readonly kind: "spread"; readonly attribute: string | null }
  | { readonly kind: "binpack"; readonly resource: string }
  | { readonly kind: "random" };

/** A kind of placement strategy as documents name it: one file each, one line in the catalogue. */
export interface StrategyKind {
  readonly id: string;
  readonly label: string;
  readonly reference: string;
  /** What the strategy's field makes of it. Path: of the field. */
  read(field: string | null, path: string): Result<Ranking>;
  /** A field that documents hold, where it was seen, and what it is read as. */
  readonly example: { readonly source: string; readonly field: string | null; readonly ranking: Ranking };
}

/** A task and the rules by which it is placed. */
export interface PlaceableTask {
  readonly service: string;
  /** Tasks that are spread, and kept apart, together. */
  readonly group: string;
  readonly demand: TaskDemand;
  /** In the order in which they apply; none: the first instance that will do. */
  readonly rankings: readonly Ranking[];
  /** No two tasks of the group on one instance. */
  readonly distinct: boolean;
  /** Whether its constraints let it on instances of a host: asked once for each. */
  allowsHost(host: Host): boolean;
  /** Whether they let it on an instance with what is on it by then; null: that does not matter. */
  readonly allowsInstance: ((instance: Instance) => boolean) | null;
}

/** The same with what its service says besides. */
export interface ServiceTask extends PlaceableTask {
  /** Its placement constraints, as people wrote them. */
  readonly constraints: readonly string[];
  /** Capacity providers that its service's own strategy names; none: the cluster's; "any": whatever instance there is. */
  readonly providers: "any" | readonly { readonly name: string; readonly base: number; readonly weight: number }[];
}

/** Tasks that found no instance. */
export interface Unplaced {
  readonly service: string;
  readonly count: number;
  /** Every reason that some instance has, with how many have it; the most frequent first. Empty: there are no instances. */
  readonly refusals: readonly (Refusal & { readonly instances: number })[];
  /** The instance with the fewest reasons, lowest number first. */
  readonly closest: { readonly host: Host; readonly refusals: readonly Refusal[] } | null;
}

/** Why an instance does not take a task: too little of a resource, something taken, a kind, attribute or group it is not of. */
export interface Refusal {
  readonly because: "kind" | "provider" | "attribute" | "resource" | "exclusive" | "constraint" | "distinct";
  /** Which resource, thing, kind, provider or attribute; "" for constraints. */
  readonly name: string;
}
