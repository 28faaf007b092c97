import type { TaskLife } from "../model/demand.ts";
import type { HostType, TaskDemand } from "../model/placement.ts";

/** Tasks of one service that live together, and what one of them takes. */
export interface Shape {
  readonly service: string;
  readonly demand: TaskDemand;
  readonly count: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Amounts in the order of `Dimensions.names`. */
  readonly amounts: readonly number[];
}

/** The resources in use, in one order, so that packing works on plain arrays. Things of which there is one come last, as capacities of 1. */
export interface Dimensions {
  readonly names: readonly string[];
  /** How many of them are amounts; the rest are exclusive things. */
  readonly resources: number;
  readonly shapes: readonly Shape[];
  /** Taken on every instance before any other task, all daemons together. */
  readonly taken: readonly number[];
  readonly daemons: readonly Shape[];
  /** The most that any one task takes. */
  readonly largest: readonly number[];
  /** What all tasks take together, times the seconds they take it. */
  readonly wantedSeconds: readonly number[];
  /** What every zone holds at least, since services are spread evenly. */
  readonly wantedInEachZone: readonly number[];
  readonly zones: number;
  /** The seconds that all tasks live, if all live through the same ones; else null. */
  readonly commonSeconds: number | null;
}

export function dimensionsOf(request: {
  readonly lives: readonly TaskLife[];
  readonly daemons: readonly string[];
  readonly demands: ReadonlyMap<string, TaskDemand>;
  readonly periodSeconds: number;
  readonly zones: number;
}): Dimensions {
  const services = [...new Set([...request.lives.map((life) => life.service), ...request.daemons])];
  const demandOf = (service: string): TaskDemand =>
    request.demands.get(service) ?? { resources: {}, exclusive: [], kinds: [] };
  const resources = [...new Set(services.flatMap((service) => Object.keys(demandOf(service).resources)))].sort();
  const exclusive = [...new Set(services.flatMap((service) => demandOf(service).exclusive))].sort();
  const shapeOf = (life: Omit<TaskLife, "times">): Shape => {
    const demand = demandOf(life.service);
    const amounts = [
      ...resources.map((name) => demand.resources[name] ?? 0),
      ...exclusive.map((name) => (demand.exclusive.includes(name) ? 1 : 0)),
    ];
    const { service, count, startSeconds, endSeconds } = life;
    return { service, demand, count, startSeconds, endSeconds, amounts };
  };
  const names = [...resources, ...exclusive];
  const shapes = request.lives.map(shapeOf);
  const daemons = request.daemons.map((service) =>
    shapeOf({ service, count: 1, startSeconds: 0, endSeconds: request.periodSeconds }),
  );
  const overShapes = (of: readonly Shape[], fold: (sofar: number, amount: number, shape: Shape) => number) =>
    names.map((_, at) => of.reduce((sofar, shape) => fold(sofar, shape.amounts[at] ?? 0, shape), 0));
  return {
    names,
    resources: resources.length,
    shapes,
    daemons,
    taken: overShapes(daemons, (sofar, amount) => sofar + amount),
    largest: overShapes(shapes, (sofar, amount) => Math.max(sofar, amount)),
    wantedSeconds: overShapes(
      shapes,
      (sofar, amount, { count, startSeconds, endSeconds }) => sofar + amount * count * (endSeconds - startSeconds),
    ),
    wantedInEachZone: overShapes(
      shapes,
      (sofar, amount, { count }) => sofar + amount * Math.floor(count / request.zones),
    ),
    zones: request.zones,
    commonSeconds: commonSeconds(shapes),
  };
}

function commonSeconds(shapes: readonly Shape[]): number | null {
  const [first] = shapes;
  if (first === undefined) return null;
  const alike = shapes.every(
    ({ startSeconds, endSeconds }) => startSeconds === first.startSeconds && endSeconds === first.endSeconds,
  );
  return alike ? first.endSeconds - first.startSeconds : null;
}

/** What an empty instance has left for tasks once daemons have theirs; null where daemons or any one task do not fit. */
export function roomOn(type: HostType, dimensions: Dimensions): number[] | null {
  const room = dimensions.names.map((_, at) => roomFor(type, dimensions, at));
  return room.every((left, at) => left >= (dimensions.largest[at] ?? 0)) ? room : null;
}

/** The same of one resource, by its place in `Dimensions.names`. Below 0: daemons alone are too much. */
export function roomFor(type: HostType, dimensions: Dimensions, at: number): number {
  const capacity = at < dimensions.resources ? (type.capacity[dimensions.names[at] ?? ""] ?? 0) : 1;
  return capacity - (dimensions.taken[at] ?? 0);
}

/** Tasks of a shape that fit into what is left. */
export function howManyFit(room: readonly number[], shape: Shape): number {
  let fit = Number.MAX_SAFE_INTEGER;
  for (let at = 0; at < room.length && fit > 0; at++) {
    const amount = shape.amounts[at] ?? 0;
    if (amount > 0) fit = Math.min(fit, Math.floor((room[at] ?? 0) / amount));
  }
  return fit;
}

/** The largest share of an instance that a task takes of any resource. */
export function sizeOn(empty: readonly number[], shape: Shape): number {
  let largest = 0;
  for (const [at, amount] of shape.amounts.entries()) {
    if (amount > 0) largest = Math.max(largest, amount / (empty[at] ?? 1));
  }
  return largest;
}
