import type { Decimal } from "decimal.js";
import type { TaskLife } from "../model/demand.ts";
import { Exact } from "../model/exact.ts";
import type { HostType, InstanceLife, Placement, TaskDemand } from "../model/placement.ts";
import { distinctProblems, type Problem, type Result } from "../model/problem.ts";
import { fluidCost } from "./fluid-bound.ts";
import { type Dimensions, dimensionsOf, type Shape } from "./shape.ts";
import { instanceLives, packSingleType } from "./single-type.ts";

const secondsPerHour = 3600;

export interface PlacementRequest {
  readonly lives: readonly TaskLife[];
  /** By service, daemons too. */
  readonly demands: ReadonlyMap<string, TaskDemand>;
  /** Services with one task on every instance. */
  readonly daemons: readonly string[];
  readonly hostTypes: readonly HostType[];
  readonly periodSeconds: number;
  /** Each service's tasks are spread evenly over so many zones. */
  readonly zones: number;
  /** By service: extra tasks that must find room while it is deployed, one service at a time. */
  readonly room: ReadonlyMap<string, number>;
}

/**
 * The cheapest instances of one type (per kind, where no one kind runs every task) that hold every task for its whole life.
 * Types with a published price are taken before those with an estimated one.
 */
export function place(request: PlacementRequest): Result<Placement> {
  const published = request.hostTypes.filter((type) => !type.estimated);
  const result = cheapestOverKinds({ ...request, hostTypes: published });
  if (result.ok || published.length === request.hostTypes.length) return result;
  return cheapestOverKinds(request);
}

/** Tasks that run on several kinds all go to one of them; whichever makes the whole cheapest. */
function cheapestOverKinds(request: PlacementRequest): Result<Placement> {
  const kindSets = servicesOf(request).map((service) => request.demands.get(service)?.kinds ?? []);
  const targets = [...new Set(kindSets.flat())].sort();
  let best: { cost: Decimal; placement: Placement } | null = null;
  const problems: Problem[] = [];
  for (const target of targets) {
    const found = placeWithTarget(request, target);
    if (!found.ok) problems.push(...found.problems);
    else if (best === null || found.value.cost.lt(best.cost)) best = found.value;
  }
  if (best !== null) return { ok: true, value: best.placement };
  if (targets.length === 0) return { ok: true, value: { instances: [] } };
  return { ok: false, problems: distinctProblems(problems) };
}

function placeWithTarget(request: PlacementRequest, target: string) {
  const kindOf = (service: string) => {
    const kinds = request.demands.get(service)?.kinds ?? [];
    return kinds.includes(target) ? target : kinds[0];
  };
  const services = servicesOf(request).filter((service) => !request.daemons.includes(service));
  const daemonsAlone = services.length === 0;
  const kinds = [...new Set((daemonsAlone ? request.daemons : services).map(kindOf))];
  let cost = new Exact(0);
  const instances: InstanceLife[] = [];
  for (const kind of kinds) {
    const found = cheapestType({
      ...request,
      lives: request.lives.filter((life) => kindOf(life.service) === kind),
      daemons: request.daemons.filter((daemon) => request.demands.get(daemon)?.kinds.includes(kind ?? "")),
      hostTypes: request.hostTypes.filter((type) => type.kind === kind),
    });
    if (!found.ok) return found;
    cost = cost.plus(found.value.cost);
    instances.push(...found.value.instances);
  }
  return { ok: true as const, value: { cost, placement: { instances } } };
}

/** Types are tried from the lowest fluid bound up, and no further than the best fleet found. */
function cheapestType(request: PlacementRequest): Result<{ cost: Decimal; instances: readonly InstanceLife[] }> {
  const dimensions = dimensionsOf(request);
  if (dimensions.shapes.length === 0) return { ok: true, value: { cost: new Exact(0), instances: [] } };
  const candidates: Candidate[] = [];
  for (const type of request.hostTypes) {
    const bound = fluidCost(type, dimensions);
    if (bound !== null) candidates.push({ type, bound });
  }
  const [lowest, ...rest] = candidates;
  if (lowest === undefined) return { ok: false, problems: [nothingHolds(dimensions.shapes, request.hostTypes)] };
  const first = rest.reduce((best, other) => (isBefore(other, best) ? other : best), lowest);
  let best = packed(first, dimensions, request);
  const ceiling = best.cost.toNumber() * (1 + 1e-9);
  const promising = candidates.filter((candidate) => candidate !== first && candidate.bound <= ceiling);
  for (const candidate of promising.sort((a, b) => (isBefore(a, b) ? -1 : 1))) {
    if (best.cost.lt(candidate.bound)) break;
    const other = packed(candidate, dimensions, request);
    if (other.cost.lt(best.cost)) best = other;
  }
  return { ok: true, value: { cost: best.cost, instances: instanceLives(best.packing, request.periodSeconds) } };
}

interface Candidate {
  readonly type: HostType;
  readonly bound: number;
}

function isBefore(a: Candidate, b: Candidate): boolean {
  return a.bound < b.bound || (a.bound === b.bound && a.type.name < b.type.name);
}

function packed({ type }: Candidate, dimensions: Dimensions, request: PlacementRequest) {
  const packing = packSingleType(type, dimensions, request);
  return { packing, cost: type.costPerHour.times(packing.instanceSeconds).div(secondsPerHour) };
}

function nothingHolds(shapes: readonly Shape[], hostTypes: readonly HostType[]): Problem {
  const alone = shapes.find((shape) => hostTypes.every((type) => !holds(type, shape)));
  const wants = (shape: Shape) => Object.entries(shape.demand.resources).map(([name, amount]) => `${amount} ${name}`);
  const message =
    hostTypes.length === 0
      ? "No instance type with a price is left to choose from: allow more types under cluster (instanceTypes, excludedInstanceTypes, allow), or choose another region."
      : alone !== undefined
        ? `No instance type holds one task of ${alone.service} (${wants(alone).join(", ")}), daemons included. Make the task smaller or allow larger types under cluster.`
        : `No one instance type holds a task of each service (${shapes.map((shape) => shape.service).join(", ")}). Allow more types under cluster, or compare the services apart.`;
  return { code: "no_instance_type", path: "", message };
}

function holds(type: HostType, shape: Shape): boolean {
  return Object.entries(shape.demand.resources).every(([name, amount]) => amount <= (type.capacity[name] ?? 0));
}

function servicesOf(request: PlacementRequest): string[] {
  return [...new Set([...request.lives.map((life) => life.service), ...request.daemons])];
}
