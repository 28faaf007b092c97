import type { Decimal } from "decimal.js";
import { Exact } from "../model/exact.ts";
import type { HostType, InstanceLife, Placement } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import type { Problem, Result } from "../model/problem.ts";
import { distinctProblems } from "../model/problem.ts";
import { endOf } from "./bins.ts";
import { fluidCost } from "./fluid-bound.ts";
import { nothingHolds } from "./misfits.ts";
import { orchestrated } from "./orchestrated.ts";
import { type Dimensions, dimensionsOf } from "./shape.ts";
import { packSingleType } from "./single-type.ts";

const secondsPerHour = 3600;

/** The cheapest instances of one type (per kind, where no one kind runs every task), as the orchestrator's own placement fills them. */
export function oneType(request: PlacementRequest): Result<Placement> {
  const targets = targetKinds(request);
  let best: Fleet | null = null;
  const problems: Problem[] = [];
  for (const target of targets) {
    const found = withTarget(request, target);
    if (!found.ok) problems.push(...found.problems);
    else if (best === null || found.value.cost.lt(best.cost)) best = found.value;
  }
  if (best !== null) return { ok: true, value: { instances: best.instances, packing: null } };
  if (targets.length === 0) return { ok: true, value: { instances: [], packing: null } };
  return { ok: false, problems: distinctProblems(problems) };
}

/** Kinds that tasks which run on several may all go to. */
export function targetKinds(request: PlacementRequest): string[] {
  const kindSets = servicesOf(request).map((service) => request.tasks.get(service)?.demand.kinds ?? []);
  return [...new Set(kindSets.flat())].sort();
}

interface Fleet {
  readonly cost: Decimal;
  readonly instances: readonly InstanceLife[];
}

function withTarget(request: PlacementRequest, target: string): Result<Fleet> {
  let cost = new Exact(0);
  const instances: InstanceLife[] = [];
  for (const ofKind of byKind(request, target)) {
    const found = cheapest(ofKind);
    if (!found.ok) return found;
    cost = cost.plus(found.value.cost);
    instances.push(...found.value.instances);
  }
  return { ok: true, value: { cost, instances } };
}

/** A request for each kind: tasks that run on several kinds all go to the target, the others to their own. */
export function byKind(request: PlacementRequest, target: string): PlacementRequest[] {
  const kindOf = (service: string) => {
    const kinds = request.tasks.get(service)?.demand.kinds ?? [];
    return kinds.includes(target) ? target : kinds[0];
  };
  const services = servicesOf(request).filter((service) => !request.daemons.includes(service));
  const daemonsAlone = services.length === 0;
  const kinds = [...new Set((daemonsAlone ? request.daemons : services).map(kindOf))];
  return kinds.map((kind) => ({
    ...request,
    lives: request.lives.filter((life) => kindOf(life.service) === kind),
    daemons: request.daemons.filter((daemon) => request.tasks.get(daemon)?.demand.kinds.includes(kind ?? "")),
    hostTypes: request.hostTypes.filter((type) => type.kind === kind),
  }));
}

/**
 * First-fit decreasing says which types are worth trying and in which order; of these the orchestrator fills one after another, and no
 * more are tried than could still be cheaper.
 */
function cheapest(request: PlacementRequest): Result<Fleet> {
  const dimensions = dimensionsIn(request);
  if (dimensions.shapes.length === 0) return { ok: true, value: { cost: new Exact(0), instances: [] } };
  const candidates = worthTrying(request, dimensions);
  if (candidates.length < request.instanceTypesMin) return { ok: false, problems: [nothingHolds(request)] };
  const problems: Problem[] = [];
  let best: Fleet | null = null;
  for (const [at, candidate] of candidates.entries()) {
    // What first-fit says of all tasks says nothing of those that what runs already leaves.
    const isDearer = request.capacity === null && best?.cost.lte(candidate.cost);
    if (isDearer || at + request.instanceTypesMin > candidates.length) break;
    const types = candidates.slice(at, at + request.instanceTypesMin).map(({ type }) => type);
    const { instances, unplaced } = orchestrated(types, request, candidate.count);
    problems.push(...unplaced.map((one) => request.notPlaced(one)));
    const cost = costOf(instances, types);
    if (unplaced.length === 0 && (best === null || cost.lt(best.cost))) best = { cost, instances };
  }
  return best === null ? { ok: false, problems: distinctProblems(problems) } : { ok: true, value: best };
}

/** Types, the best by first-fit decreasing first, each with those after it where a fleet is of several. Empty: nothing holds every task. */
export function typesWorthTrying(request: PlacementRequest): (readonly HostType[])[] {
  const dimensions = dimensionsIn(request);
  if (dimensions.shapes.length === 0) return [];
  const types = worthTrying(request, dimensions).map(({ type }) => type);
  const { instanceTypesMin } = request;
  return types.slice(instanceTypesMin - 1).map((_, at) => types.slice(at, at + instanceTypesMin));
}

function dimensionsIn(request: PlacementRequest): Dimensions {
  const demands = new Map([...request.tasks].map(([service, task]) => [service, task.demand]));
  return dimensionsOf({ ...request, demands, zones: request.zones.length });
}

interface Candidate {
  readonly type: HostType;
  readonly cost: Decimal;
  /** Instances that hold the tasks that live longest, by first-fit decreasing: where the search for the orchestrator's number starts. */
  readonly count: number;
}

/** Types from the lowest cost by first-fit decreasing up; none whose fluid bound is above what some other type costs so. */
function worthTrying(request: PlacementRequest, dimensions: Dimensions): Candidate[] {
  const { zones, room, periodSeconds, instanceTypesMin } = request;
  const bounds = request.hostTypes.flatMap((type) => {
    const allowed = dimensions.shapes.every(({ service }) => isAllowed(type, service, request));
    const bound = allowed ? fluidCost(type, dimensions) : null;
    return bound === null ? [] : [{ type, bound }];
  });
  bounds.sort((a, b) => a.bound - b.bound || (a.type.name < b.type.name ? -1 : 1));
  const longest = Math.max(...dimensions.shapes.map(({ endSeconds }) => endSeconds));
  const found: Candidate[] = [];
  for (const { type, bound } of bounds) {
    if (found.length >= instanceTypesMin && (found[instanceTypesMin - 1] as Candidate).cost.lt(bound)) break;
    const packing = packSingleType(type, dimensions, { zones: zones.length, room, periodSeconds });
    const lasting = packing.bins.filter((bin) => endOf(bin) === longest);
    const count = lasting.reduce((sum, bin) => sum + bin.count, 0);
    found.push({ type, count, cost: type.costPerHour.times(packing.instanceSeconds).div(secondsPerHour) });
    found.sort((a, b) => a.cost.comparedTo(b.cost) || (a.type.name < b.type.name ? -1 : 1));
  }
  return found.slice(0, triedMost(dimensions.shapes.length) + instanceTypesMin);
}

/** Types that the orchestrator is asked to fill, at most: work, not seconds, so that the fewer the more there is to place. */
function triedMost(shapes: number): number {
  return Math.max(3, Math.min(12, Math.floor(240 / Math.max(1, shapes))));
}

function isAllowed(type: HostType, service: string, { tasks, zones, hostOf }: PlacementRequest): boolean {
  const task = tasks.get(service);
  return !task?.constraints.length || zones.some((zone) => task.allowsHost(hostOf(type, zone, null)));
}

/** For the whole period, at the exact price of an hour. */
function costOf(instances: readonly InstanceLife[], types: readonly HostType[]): Decimal {
  const perHour = new Map(types.map((type) => [type.name, type.costPerHour]));
  const added = instances.filter(({ existing }) => !existing);
  return added.reduce((sum, { instanceType, count, startSeconds, endSeconds }) => {
    const seconds = count * (endSeconds - startSeconds);
    return sum.plus((perHour.get(instanceType) ?? new Exact(0)).times(seconds).div(secondsPerHour));
  }, new Exact(0));
}

function servicesOf(request: PlacementRequest): string[] {
  return [...new Set([...request.lives.map((life) => life.service), ...request.daemons])];
}
