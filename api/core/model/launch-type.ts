import type { GroupGrowth } from "./capacity.ts";
import type { TaskLife } from "./demand.ts";
import type { HostType, InstanceLife, TaskDemand } from "./placement.ts";
import type { Host, ServiceTask, Unplaced } from "./placement-rules.ts";
import type { PriceBook, PriceUnit } from "./price-book.ts";
import type { Problem } from "./problem.ts";
import type { Realisation } from "./realisation.ts";
import type { Settings, VolumeSpecification } from "./settings.ts";
import type { Usage } from "./usage.ts";
import type { GivenUsage, Service, Workload } from "./workload.ts";

export type PurchaseOption = "on-demand" | "spot" | "reserved" | "savings-plan";

/** What every rule needs besides the thing it is asked about. */
export interface Context {
  readonly book: PriceBook;
  readonly settings: Settings;
  readonly usage: GivenUsage;
}

export function contextOf({ settings, usage }: Workload, book: PriceBook): Context {
  return { book, settings, usage };
}

/** Would the orchestrator run the task, and as what? */
export interface Admission {
  /** Why it could not run here; each names the way out. Empty: it can. */
  readonly problems: readonly Problem[];
  /** Why the document would be turned down as written although registering it anew would do (a size, a role): priced as mended. */
  readonly mendable: readonly Problem[];
  /** What it takes: the size it is billed at, or what it reserves on an instance. */
  readonly demand: TaskDemand;
}

interface LaunchTypeBase {
  /** Also the id of the option that runs every service on it: `<launchType>[-<purchaseOption>]`. */
  readonly id: string;
  readonly launchType: string;
  readonly purchaseOption: PurchaseOption;
  readonly label: string;
  readonly reference: string;
  /** Compared unless the request names its options. */
  readonly byDefault: boolean;
  /** May be what the best mix of launch types runs a service on. */
  readonly inMixes: boolean;
  /** What its total leaves out, in words after "does not count": it is never the one recommended. */
  readonly leavesOut?: string;
  admit(service: Service, context: Context): Admission;
  /** What it runs beside these services of the user, at the user's cost; absent: nothing. */
  systemServices?(services: readonly Service[], context: Context): readonly Service[];
  readonly whatIfs: readonly WhatIf[];
  readonly example: WorkedExample;
}

/** Billed for each task, by its size and its life. */
export interface TaskBilledLaunchType extends LaunchTypeBase {
  readonly billedBy: "task";
  meterTasks(life: TaskLife, task: AdmittedTask, context: Context): readonly Usage[];
}

/** Billed for the instances that tasks are placed on. */
export interface InstanceBilledLaunchType extends LaunchTypeBase {
  readonly billedBy: "instance";
  /** Instances of the one type that makes them cheapest, as the orchestrator itself fills them; or the cheapest set of any types. */
  readonly fleet: "one-type" | "cheapest-mix";
  /** Types to choose from in this region; their cost per hour is found by metering and rating an hour of one. */
  hosts(context: Context): readonly Omit<HostType, "costPerHour" | "roughCostPerHour">[];
  meterInstances(life: InstanceLife, context: Context): readonly Usage[];
  /** The disk that each of its instances starts from. */
  rootVolume(context: Context): VolumeSpecification;
  /** Its tasks go on the capacity that the settings give; else its instances are always chosen. */
  readonly usesGivenCapacity: boolean;
  /** Names of the zones that instances are spread over. */
  zones(context: Context): readonly string[];
  readonly zoneAttribute: string;
  /** Of the types, at least so many are used. */
  instanceTypesMin(settings: Settings): number;
  /** The task with the rules by which the orchestrator places it. */
  placeable(task: AdmittedTask, context: Context): ServiceTask;
  /** What the orchestrator says of tasks that it cannot place. Path: of their service. */
  notPlaced(unplaced: Unplaced, path: string): Problem;
  /** What makes the orchestrator run a fleet that it would not choose itself; null: it needs nothing. */
  realise(instances: readonly InstanceLife[], context: Context): Realisation | null;
  /** What its instances of a type in a zone are known by. */
  attributesOf(host: Omit<Host, "attributes" | "capacity">, context: Context): Readonly<Record<string, string>>;
  /** How the number of instances that are chosen follows the tasks of services which are scaled. */
  growth(settings: Settings): GroupGrowth;
  /** Why it has no instances that come and go with the tasks of services which are scaled; null: it has. */
  unscalable(services: readonly Service[], settings: Settings): Problem | null;
  /** Extra tasks of the service that must find room while it is deployed. */
  deploymentRoom(service: Service, settings: Settings): number;
}

export type LaunchType = TaskBilledLaunchType | InstanceBilledLaunchType;

export interface AdmittedTask {
  readonly service: Service;
  readonly demand: TaskDemand;
}

/** Which share of a service's tasks runs on which launch type. */
export interface Assignment {
  readonly service: string;
  readonly launchType: string;
  /** Exact expected share of its tasks: numerator over denominator. */
  readonly share: { readonly numerator: bigint; readonly denominator: bigint };
}

export interface Plan {
  readonly workload: Workload;
  readonly assignments: readonly Assignment[];
}

/** An assumption of a launch type: the sentence, and the same plan without it, so that its effect can be told in money. */
export interface WhatIf {
  readonly code: string;
  /** Null: it does not apply to what runs on the launch type. */
  text(facts: WhatIfFacts): string | null;
  /** Null: no plan without it can be priced. */
  without(plan: Plan, context: Context, facts: WhatIfFacts): Plan | null;
}

export interface WhatIfFacts {
  readonly tasks: readonly { readonly service: Service; readonly admission: Admission }[];
  readonly instances: readonly InstanceLife[];
  readonly context: Context;
}

/** A published figure that the rule must reproduce, as a whole request from end to end. */
export interface WorkedExample {
  readonly id: string;
  readonly source: string;
  readonly given: string;
  /** A request of the contract; the option asked of it is the launch type's own, or `option`. */
  readonly request: unknown;
  readonly option: string;
  /** By SKU: the source's own unit price and unit, where they differ from the snapshot. */
  readonly unitPrices: Readonly<Record<string, { readonly price: string; readonly unit: PriceUnit }>>;
  /** Cost by SKU, with as many decimals as the source shows. */
  readonly lines: Readonly<Record<string, string>>;
}
