import type { Decimal } from "decimal.js";
import type { Charge } from "./charge.ts";
import type { Demand, TaskLife } from "./demand.ts";
import type { Fraction } from "./fraction.ts";
import type { AdmittedTask, Context, InstanceBilledLaunchType, LaunchType, WorkedExample } from "./launch-type.ts";
import type { InstanceLife } from "./placement.ts";
import type { Usage } from "./usage.ts";
import type { GivenUsage, Service, Workload } from "./workload.ts";

/** A cost that comes with running on instances or tasks, whatever the launch type: one file each, one line in the catalogue. */
export interface AddOn {
  readonly id: string;
  readonly label: string;
  readonly reference: string;
  /** Quantities that it needs and that no document tells. */
  readonly inputs: readonly UsageInput[];
  /** Its cost is there once, whatever runs where: it plays no part in choosing a launch type for each service. */
  readonly shared?: boolean;
  /** What it is paid for cannot do without it: where it has no price, the option has no total. */
  readonly required?: boolean;
  /** Comes with each instance: a part of what an hour of a type costs, and so of which types are chosen. */
  meterInstances?(life: InstanceLife, context: Context, launchType: InstanceBilledLaunchType): readonly Usage[];
  /** Comes with all that runs, whatever it runs on. */
  meterAll?(whole: Whole, context: Context): readonly Usage[];
  /** Comes on top of all that is charged; its unit price is no published one. */
  surcharge?(charges: readonly Charge[], whole: Whole): readonly Charge[];
  /** What it takes for granted besides its inputs' defaults, where it costs anything. */
  assumptions?(whole: Whole, context: Context): readonly { readonly code: string; readonly text: string }[];
  /** Another way to have the same: the plan is priced with that too, and told beside it. */
  alternative?(whole: Whole, context: Context): Alternative | null;
  readonly example: WorkedExample;
}

export interface Alternative {
  readonly code: string;
  readonly instead: Workload;
  /** Which of the two is cheaper, in a sentence; above 0: the other one. */
  text(saved: Decimal): string;
}

/** All that runs in a plan. */
export interface Whole {
  readonly workload: Workload;
  readonly running: readonly Running[];
  readonly requests: Demand["requests"];
}

/** What runs on one launch type. */
export interface Running {
  readonly launchType: LaunchType;
  readonly tasks: readonly RunningTasks[];
  /** What they run on, where that is billed; what runs already is not among them. */
  readonly instances: readonly InstanceLife[];
}

export interface RunningTasks {
  readonly life: TaskLife;
  readonly task: AdmittedTask;
  /** Of them, the part that runs here. */
  readonly share: Fraction;
}

/** A quantity that the user can give under `usage`. */
export interface UsageInput {
  readonly name: string;
  /** Each service has its own (`usage.services`, and `usage.everyService` for those that do not say), or the cluster has one. */
  readonly of: "service" | "cluster";
  /** In a sentence: "GB a month". */
  readonly unit: string;
  readonly max: number;
  /** It is a number of things, or yes (1) and no (0): where it flips the cheapest option is looked for in whole numbers. */
  readonly whole?: boolean;
  /** Where it is not given. */
  readonly default: number;
  /** Why this default, as a sentence: "The volume of logs is in no document: …". */
  readonly text: string;
  /** The effect of the default is told against this quantity instead; where it is the default, nothing is told. */
  readonly against: number;
}

/** A quantity of a service that nothing in the documents calls for: there is none unless it is given. */
export function onlyIfGiven(name: string, unit: string): UsageInput {
  return { name, of: "service", unit, max: 1_000_000_000, default: 0, against: 0, text: `${name} is not given: none.` };
}

export const unsetUsage: GivenUsage = { services: [], everyService: {}, cluster: {} };

/** What the user gives, else the default. */
export function amountOf({ usage }: Pick<Workload, "usage">, input: UsageInput, service?: Service): number {
  return givenAmount(usage, input, service?.name) ?? input.default;
}

/** Null: nothing is given, neither of the service nor of every service. */
export function givenAmount(usage: GivenUsage, input: UsageInput, service?: string): number | null {
  if (input.of === "cluster") return usage.cluster[input.name] ?? null;
  const own = usage.services.find(({ name }) => name === service)?.amounts[input.name];
  return own ?? usage.everyService[input.name] ?? null;
}

/** Of the cluster, or of any service. */
export function isGiven({ services, everyService, cluster }: GivenUsage, { name, of }: UsageInput): boolean {
  if (of === "cluster") return cluster[name] !== undefined;
  return everyService[name] !== undefined || services.some(({ amounts }) => amounts[name] !== undefined);
}

/** The same workload with the quantity everywhere where none is given. */
export function withDefault(workload: Workload, input: UsageInput, amount: number): Workload {
  const { usage } = workload;
  const of = input.of === "cluster" ? "cluster" : "everyService";
  if (usage[of][input.name] !== undefined) return workload;
  return { ...workload, usage: { ...usage, [of]: { ...usage[of], [input.name]: amount } } };
}
