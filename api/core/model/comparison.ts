import type { Decimal } from "decimal.js";
import type { Charge } from "./charge.ts";
import type { PurchaseOption } from "./launch-type.ts";
import type { InstanceLife, PackingProof, Resources } from "./placement.ts";
import type { Interruption } from "./price-book.ts";
import type { Assumption, Problem } from "./problem.ts";
import type { Realisation } from "./realisation.ts";
import type { CapacityProviderReport, ScalingReport } from "./scaling.ts";
import type { Period } from "./workload.ts";

/** One option priced, or refused by name. */
export interface Estimate {
  readonly id: string;
  readonly label: string;
  readonly launchType: string;
  readonly purchaseOption: PurchaseOption | "mixed";
  /** Launch types in use, and the services on each; shares below 1 are a split of a service's tasks. */
  readonly runs: readonly { readonly service: string; readonly launchType: string; readonly share: string }[];
  /** Empty where it is not feasible. */
  readonly tasks: readonly TasksRun[];
  /** Empty: feasible. */
  readonly problems: readonly Problem[];
  readonly charges: readonly Charge[];
  /** The charges' sum; null where it is not feasible. */
  readonly total: Decimal | null;
  /** Null where no price in it moves. */
  readonly range: PriceRange | null;
  /** What an option that is not feasible would cost once its problems are mended; null where that cannot be priced either. */
  readonly totalOnceMended: Decimal | null;
  readonly allocation: readonly Allocation[];
  /** Null where no instances are run. */
  readonly fleet: readonly FleetInstances[] | null;
  /** Of the total, what instances cost with all that comes with each; with services on other launch types, what those cost too. */
  readonly fleetCost: Decimal | null;
  /** What the instances that run already cost for the period, and how many they are; null: there are none. */
  readonly existing: { readonly instances: number; readonly cost: Decimal } | null;
  /** How near the fleet is to the cheapest there can be; null: not searched for. */
  readonly packing: PackingProof | null;
  /** What makes the orchestrator run a fleet that it would not choose itself; null: it runs this one as it is. */
  readonly realisation: Realisation | null;
  /** By instance type in the fleet, where Spot instances are run. */
  readonly interruptions: ReadonlyMap<string, Interruption>;
  /** Null: no service scales. */
  readonly scaling: ScaledServices | null;
  readonly assumptions: readonly Assumption[];
  /** Services on Spot that the user has not marked interruptible. */
  readonly spotWithoutLeave: readonly string[];
  /** What the total leaves out, in words after "does not count"; null or absent: nothing. */
  readonly leavesOut?: string | null;
}

/** What a service came to on a launch type: what its cost is explained by beside another comparison's. */
export interface TasksRun {
  readonly service: string;
  readonly launchType: string;
  readonly taskHours: Decimal;
  /** Of one task. */
  readonly resources: Resources;
  /** Kinds of host types it runs on (architectures). */
  readonly kinds: readonly string[];
  /** Of what the launch type's instances cost, the part that they take; null: they are billed themselves. */
  readonly instanceCost: Decimal | null;
}

/**
 * Instances with what they cost for as long as they run, and the part of it for which nothing of the binding resource is used. Where they
 * come and go with tasks: of a type, zone and provider as many as there were at most, each as long and as full as one was on average.
 */
export interface FleetInstances extends InstanceLife {
  readonly cost: Decimal;
  readonly stranded: Decimal;
}

/** What became of the services that scale, and what they would cost if they did not. */
export interface ScaledServices {
  readonly services: readonly ScalingReport[];
  /** Of instances that come and go with their tasks. */
  readonly capacityProviders: readonly CapacityProviderReport[];
  /** The option's total with each of them always at its maximum, as a static estimate has it; null: one has none, or it has no price. */
  readonly fixedAtMaximum: Decimal | null;
  /** The same with the most tasks that each of them ever had. */
  readonly fixedAtPeak: Decimal | null;
  /** Of the period, the part in which the load of the worst of them wanted more than its running tasks have; null: not known. */
  readonly unmetShare: number | null;
  /** Of the totals with generated loads of several seeds, those that half and nine tenths of them do not exceed; null: not asked for. */
  readonly range: { readonly simulations: number; readonly p50: Decimal; readonly p90: Decimal } | null;
}

/** The total at the lowest, median and highest Spot prices held. */
export interface PriceRange {
  readonly low: Decimal;
  readonly median: Decimal;
  readonly high: Decimal;
  /** Prices seen of the SKU that was seen most often. */
  readonly observations: number;
  readonly since: string | null;
}

/** Whose cost it is; service null: paid for, used by nobody. */
export interface Allocation {
  readonly service: string | null;
  readonly cost: Decimal;
}

/** Would each launch type accept each task definition as written? */
export interface Readiness {
  readonly taskDefinition: string;
  readonly launchType: string;
  readonly accepted: boolean;
  readonly problems: readonly Problem[];
  /** The cheapest accepted size that holds it, and one task's cost for the whole period; null where size is not what is billed. */
  readonly nearest: { readonly cpuUnits: number; readonly memoryMiB: number; readonly cost: Decimal | null } | null;
}

/** A quantity that nobody gave, and from which one on another option would be the cheapest. */
export interface Flip {
  readonly input: string;
  readonly unit: string;
  readonly default: number;
  readonly amount: number;
  readonly direction: "above" | "below";
  readonly cheapest: string;
}

export interface Comparison {
  readonly region: string;
  readonly periodSeconds: number;
  /** Null: nobody said when it is, and no amount depends on that. */
  readonly period: Period | null;
  /** Of services that have any. */
  readonly tags: readonly { readonly service: string; readonly tags: Readonly<Record<string, string>> }[];
  readonly currency: string;
  readonly snapshot: string;
  /** Of the prices used; null where none was. */
  readonly oldestPrice: string | null;
  readonly newestPrice: string | null;
  readonly baseline: string | null;
  readonly cheapest: string | null;
  readonly recommended: { readonly option: string; readonly reason: string } | null;
  /** Where a default could make another option the cheapest. */
  readonly flips: readonly Flip[];
  /** Feasible ones first, by total. */
  readonly options: readonly Estimate[];
  readonly readiness: readonly Readiness[];
}
