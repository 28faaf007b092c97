import type { Decimal } from "decimal.js";
import { admissionOf } from "./admission.ts";
import { meter, meterWhole } from "./metering/meter.ts";
import type { Running, Whole } from "./model/add-on.ts";
import type { Catalogue, Market } from "./model/catalogue.ts";
import type { Charge } from "./model/charge.ts";
import type { InstancesOverTime } from "./model/cluster-over-time.ts";
import type { TaskLife } from "./model/demand.ts";
import { Exact } from "./model/exact.ts";
import { one } from "./model/fraction.ts";
import type { Assignment, Context, LaunchType, Plan } from "./model/launch-type.ts";
import { contextOf } from "./model/launch-type.ts";
import { cpuUnitsOf, type HostType, type InstanceLife, type PackingProof } from "./model/placement.ts";
import type { Problem } from "./model/problem.ts";
import type { CapacityProviderReport, ScalingReport } from "./model/scaling.ts";
import type { Usage } from "./model/usage.ts";
import { type PlayedOnInstances, playOnInstances } from "./on-instances.ts";
import { place } from "./placement/place.ts";
import { placementRequest } from "./placement-request.ts";
import type { PlannedTask } from "./planned-task.ts";
import { pricedHosts } from "./priced-hosts.ts";
import { rate } from "./rating/rate.ts";
import { type Surroundings, simulate } from "./scaling/simulate.ts";

/** One plan calculated from end to end. */
export interface Priced extends Run {
  readonly charges: readonly Charge[];
  readonly total: Decimal;
  /** Usage that comes with the whole and has no price, where nobody gave a quantity for it: it is not in the total. */
  readonly leftOut: readonly Usage[];
  /** Why the orchestrator would not run it as planned; the charges are what it costs once these are mended. */
  readonly refusals: readonly Problem[];
  /** Why it cannot be priced: the charges are not the whole. */
  readonly unpriced: readonly Problem[];
}

/** What a plan comes to before anything is rated. */
export interface Run {
  readonly parts: readonly Part[];
  /** All of it, for costs that come with the whole. */
  readonly whole: Whole;
  readonly usages: readonly Usage[];
  readonly unplaced: readonly Problem[];
}

/** What a plan runs on one launch type. */
export interface Part {
  readonly launchType: LaunchType;
  readonly tasks: readonly PlannedTask[];
  readonly instances: readonly InstanceLife[];
  readonly hostTypes: readonly HostType[];
  readonly packing: PackingProof | null;
  /** Of services that are scaled, with tasks of the size that they have here. */
  readonly scaling: readonly ScalingReport[];
  /** Null: no instances come and go with those. */
  readonly overTime: readonly InstancesOverTime[] | null;
  readonly capacityProviders: readonly CapacityProviderReport[];
}

/** Workload ─simulate→ Demand ─place→ Placement ─meter→ Usage ─rate→ Charge: the whole calculation of one plan, in order. */
export function estimate(plan: Plan, market: Market): Priced {
  return billed(run(plan, market), market);
}

function run(plan: Plan, market: Market): Run {
  const { workload } = plan;
  const context: Context = contextOf(workload, market.book);
  const usages: Usage[] = [];
  const parts: Part[] = [];
  const running: Running[] = [];
  const unplaced: Problem[] = [];
  const requests = new Map<string, readonly number[]>();
  for (const launchType of market.catalogue.launchTypes) {
    const tasks = plannedOn(launchType, plan, { catalogue: market.catalogue, context });
    if (tasks.length === 0) continue;
    const byName = new Map(tasks.map((task) => [task.service.name, task]));
    const services = [
      ...workload.services.filter((service) => byName.has(service.name)),
      ...tasks.map(({ service }) => service).filter((service) => !workload.services.includes(service)),
    ];
    const surroundings = surroundingsOf(byName, market);
    const played = playedOn(launchType, { tasks, plan, market, surroundings });
    const demand = played?.demand ?? simulate({ ...workload, services }, surroundings);
    const { lives, reports, capacityProviders } = demand;
    for (const [service, hours] of demand.requests) requests.set(service, hours);
    const placed = played ?? placeOn(launchType, { tasks, lives, plan, market });
    unplaced.push(...placed.problems);
    const { instances, hostTypes } = placed;
    const { packing, overTime } = { packing: null, overTime: null, ...placed };
    parts.push({ launchType, tasks, instances, hostTypes, packing, scaling: reports, overTime, capacityProviders });
    const metered = lives.flatMap((life) => {
      const task = byName.get(life.service);
      return task ? [{ life, share: task.share, task: { service: task.service, demand: task.admission.demand } }] : [];
    });
    const { addOns } = market.catalogue;
    const rows = { tasks: metered, instances: added(instances) };
    usages.push(...meter({ launchType, addOns, ...rows, comeAndGo: played !== null, context }));
    running.push({ launchType, ...rows });
  }
  return { parts, usages, unplaced, whole: { workload, running, requests } };
}

/** The run, and what comes with the whole of it, rated. */
export function billed(run: Run, { book, catalogue }: Market): Priced {
  const { workload } = run.whole;
  const { usages, leftOut } = meterWhole(run.whole, { addOns: catalogue.addOns, book });
  const { charges: rated, problems } = rate([...run.usages, ...usages], book, workload.monthSeconds);
  const charges = [...rated, ...catalogue.addOns.flatMap((addOn) => addOn.surcharge?.(rated, run.whole) ?? [])];
  return {
    ...run,
    charges,
    leftOut,
    total: charges.reduce((sum, charge) => sum.plus(charge.cost), new Exact(0)),
    refusals: run.parts.flatMap((part) => part.tasks.flatMap((task) => task.admission.problems)),
    unpriced: [...run.unplaced, ...problems],
  };
}

/** Of that, what instances cost with all that comes with each of them: what a bound on fleets is about. Null: none are run. */
export function fleetCost({ parts, usages, whole }: Run, { book }: Market): Decimal | null {
  if (parts.every(({ instances }) => instances.length === 0)) return null;
  const { charges } = rate(usages, book, whole.workload.monthSeconds);
  return charges.reduce((sum, charge) => sum.plus(charge.cost), new Exact(0));
}

/** What runs already costs the tasks nothing. */
function added(instances: readonly InstanceLife[]): InstanceLife[] {
  return instances.filter((life) => !life.existing);
}

/** What is assigned to the launch type; and where that has tasks on instances, the daemons of other instances too: they are on all. */
function plannedOn(
  launchType: LaunchType,
  plan: Plan,
  given: { readonly catalogue: Catalogue; readonly context: Context },
): PlannedTask[] {
  const services = new Map(plan.workload.services.map((service) => [service.name, service]));
  const planned = (assignment: Assignment): PlannedTask[] => {
    const service = services.get(assignment.service);
    if (service === undefined) return [];
    return [{ service, admission: admissionOf(launchType, service, given.context), share: assignment.share }];
  };
  const assigned = plan.assignments.filter((on) => on.launchType === launchType.id).flatMap(planned);
  const own = [...assigned, ...systemTasks(launchType, assigned, given.context)];
  if (launchType.billedBy === "task" || own.every(({ service }) => service.daemon)) return own;
  const onInstances = given.catalogue.launchTypes
    .filter((type) => type.billedBy === "instance" && type.launchType === launchType.launchType)
    .map(({ id }) => id);
  const elsewhere = plan.assignments.filter(
    (on) => on.launchType !== launchType.id && onInstances.includes(on.launchType),
  );
  return [...own, ...elsewhere.flatMap(planned).filter(({ service }) => service.daemon)];
}

/** None where nothing else runs there. */
function systemTasks(launchType: LaunchType, assigned: readonly PlannedTask[], context: Context): PlannedTask[] {
  if (assigned.length === 0) return [];
  const services = launchType.systemServices?.(
    assigned.map(({ service }) => service),
    context,
  );
  return (services ?? []).map((service) => ({ service, admission: launchType.admit(service, context), share: one }));
}

/** Tasks have for their load what they are billed for, or reserve on an instance. */
function surroundingsOf(tasks: ReadonlyMap<string, PlannedTask>, { catalogue }: Market): Surroundings {
  return {
    capacityOf: (service) => {
      const resources = tasks.get(service.name)?.admission.demand.resources ?? {};
      return { cpuUnits: cpuUnitsOf(resources), memoryMiB: resources.memory ?? 0 };
    },
    calendar: catalogue.calendar,
  };
}

/** Null: tasks and instances need not be played out together. */
function playedOn(launchType: LaunchType, what: Parameters<typeof playOnInstances>[1]): PlayedOnInstances | null {
  if (launchType.billedBy === "task") return null;
  if (!what.tasks.some(({ service }) => service.lifetime.kind === "scaled")) return null;
  return playOnInstances(launchType, what);
}

function placeOn(
  launchType: LaunchType,
  what: { tasks: readonly PlannedTask[]; lives: readonly TaskLife[]; plan: Plan; market: Market },
): Pick<Part, "instances" | "hostTypes" | "packing"> & { problems: readonly Problem[] } {
  if (launchType.billedBy === "task") return { instances: [], hostTypes: [], packing: null, problems: [] };
  const { hostTypes, problems } = pricedHosts(launchType, what.plan.workload, what.market);
  const placement = place(placementRequest(launchType, { ...what, hostTypes }));
  if (placement.ok) return { ...placement.value, hostTypes, problems: [] };
  const unpricedHosts = hostTypes.length === 0 && problems.length > 0;
  return { instances: [], hostTypes, packing: null, problems: unpricedHosts ? problems : placement.problems };
}
