import type { Decimal } from "decimal.js";
import type { PackingWork } from "./packing.ts";

/**
 * Whole amounts of each resource, by the resource's name (`cpu` in CPU units or `millicpu` in thousandths of a vCPU, as the orchestrator
 * counts; `memory`, `gpu`, `network-interface`, `pods`, `host-port`). Absent: 0.
 */
export type Resources = Readonly<Record<string, number>>;

/** In CPU units (1024 = one vCPU), however they are counted. */
export function cpuUnitsOf({ cpu, millicpu }: Resources): number {
  return cpu ?? ((millicpu ?? 0) * 1024) / 1000;
}

/** A kind of instance that tasks can be placed on, and what one costs for an hour with everything it cannot run without. */
export interface HostType {
  readonly name: string;
  /** Tasks say which kinds they run on (an architecture). */
  readonly kind: string;
  readonly capacity: Resources;
  readonly costPerHour: Decimal;
  /** The same as a double: it orders the search, and no amount comes from it. */
  readonly roughCostPerHour: number;
  /** Its price is derived, not published: taken only where no other type holds the tasks. */
  readonly estimated: boolean;
}

/** What one task takes from the instance it is placed on. */
export interface TaskDemand {
  readonly resources: Resources;
  /** Things of which an instance has one only (`tcp/80`): two tasks that name the same one never share an instance. */
  readonly exclusive: readonly string[];
  /** Kinds of host types it runs on. */
  readonly kinds: readonly string[];
}

/** Instances with the same content that start and stop together. */
export interface InstanceLife {
  readonly instanceType: string;
  readonly count: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Tasks on each one of them. */
  readonly tasks: readonly { readonly service: string; readonly count: number }[];
  readonly used: Resources;
  readonly capacity: Resources;
  /** The resource of which the largest share is used. */
  readonly binds: string;
  /** 0, 1, … : the zone they are in. */
  readonly zone: number;
  /** Holds no task: kept free. */
  readonly spare: boolean;
  /** The capacity provider they belong to; null: none is named. */
  readonly provider: string | null;
  readonly purchaseOption: "on-demand" | "spot" | null;
  /** They run already, whatever becomes of the tasks: no cost of theirs. */
  readonly existing: boolean;
}

export interface Placement {
  readonly instances: readonly InstanceLife[];
  /** Where the cheapest set was searched for; else null. */
  readonly packing: PackingProof | null;
}

export interface SimplestFleet {
  readonly instanceTypes: readonly string[];
  /** For the whole period. */
  readonly cost: Decimal;
}

/** How far a fleet is from the cheapest there can be, and what shows it. Amounts of money are for the whole period. */
export interface PackingProof {
  /** No fleet that holds the tasks, in any number of zones, costs less. */
  readonly lowerBound: Decimal;
  /** The fleet is the cheapest there is. */
  readonly proven: boolean;
  readonly work: PackingWork;
  /** Of one task for an hour, by service: the prices that prove the bound (no instance holds tasks dearer than it costs). */
  readonly prices: readonly { readonly service: string; readonly perHour: Decimal }[];
  /** Of the fewest types that is found near enough to the cheapest; null: not looked for, or none is found. */
  readonly simplest: SimplestFleet | null;
  /** What one more unit of a resource for an hour is worth, where tasks could be poured; by resource. */
  readonly resourcePrices: Readonly<Record<string, Decimal>>;
}
