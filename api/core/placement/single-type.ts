import type { HostType, InstanceLife, Resources } from "../model/placement.ts";
import { type Dimensions, howManyFit, roomOn, type Shape } from "./shape.ts";

/** Instances of one type with everything on them, before they are written out as lives. */
export interface Packing {
  readonly type: HostType;
  readonly dimensions: Dimensions;
  readonly bins: readonly Bin[];
  /** Empty instances for deployments. */
  readonly spare: number;
  readonly instanceSeconds: number;
}

/** Identical instances being filled: run-length, so that time does not grow with the number of tasks. */
interface Bin {
  count: number;
  zone: number;
  room: number[];
  tasks: Map<Shape, number>;
}

/**
 * First-fit decreasing on instances of one type: longest-lived tasks first, then the largest share of an instance. Every service is
 * spread evenly over the zones; its tasks that do not divide evenly go where they open the fewest instances.
 */
export function packSingleType(
  type: HostType,
  dimensions: Dimensions,
  request: { readonly zones: number; readonly room: ReadonlyMap<string, number>; readonly periodSeconds: number },
): Packing {
  const empty = roomOn(type, dimensions);
  if (empty === null) throw new Error(`${type.name} does not hold every task: it must not be packed`);
  const sizes = new Map(dimensions.shapes.map((shape) => [shape, sizeOn(empty, shape)]));
  const order = [...dimensions.shapes].sort(
    (a, b) =>
      b.endSeconds - a.endSeconds ||
      (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) ||
      // Not the order of the documents: it must not change the bill.
      (a.service < b.service ? -1 : 1),
  );
  const oneZone: Bin[] = [];
  for (const shape of order) fill(oneZone, shape, { count: Math.floor(shape.count / request.zones), zone: 0, empty });
  const bins = zonesAlike(oneZone, request.zones);
  for (const shape of order) {
    const zonesTaken = new Set<number>();
    for (let left = shape.count % request.zones; left > 0; left--) {
      zonesTaken.add(placeOne(bins, shape, { zonesTaken, zones: request.zones, empty }));
    }
  }
  const spare = spareFor(bins, dimensions.shapes, { room: request.room, empty });
  const seconds = bins.reduce((sum, bin) => sum + bin.count * (endOf(bin) - startOf(bin)), 0);
  return { type, dimensions, bins, spare, instanceSeconds: seconds + spare * request.periodSeconds };
}

/** The largest share of an instance that a task takes of any resource. */
function sizeOn(empty: readonly number[], shape: Shape): number {
  let largest = 0;
  for (const [at, amount] of shape.amounts.entries()) {
    if (amount > 0) largest = Math.max(largest, amount / (empty[at] ?? 1));
  }
  return largest;
}

function fill(bins: Bin[], shape: Shape, into: { count: number; zone: number; empty: readonly number[] }): void {
  let left = into.count;
  for (let at = 0; at < bins.length && left > 0; at++) {
    const bin = bins[at];
    if (bin === undefined || bin.zone !== into.zone) continue;
    const each = howManyFit(bin.room, shape);
    if (each === 0) continue;
    left -= addTo(bins, at, { shape, each, tasks: left });
  }
  const each = howManyFit(into.empty, shape);
  if (left >= each) bins.push(binWith(shape, each, { ...into, count: Math.floor(left / each) }));
  if (left % each > 0) bins.push(binWith(shape, left % each, { ...into, count: 1 }));
}

/** Puts up to `each` tasks on every instance of bins[at], splitting it where they run out; says how many it placed. */
function addTo(bins: Bin[], at: number, what: { shape: Shape; each: number; tasks: number }): number {
  const bin = bins[at] as Bin;
  const full = Math.min(bin.count, Math.floor(what.tasks / what.each));
  const rest = full < bin.count ? what.tasks % what.each : 0;
  const parts: Bin[] = [];
  if (full > 0) parts.push(grown(bin, full, { shape: what.shape, tasks: what.each }));
  if (rest > 0) parts.push(grown(bin, 1, { shape: what.shape, tasks: rest }));
  const untouched = bin.count - full - (rest > 0 ? 1 : 0);
  if (untouched > 0) parts.push({ ...bin, count: untouched });
  bins.splice(at, 1, ...parts);
  return full * what.each + rest;
}

function grown(bin: Bin, count: number, by: { shape: Shape; tasks: number }): Bin {
  const room = bin.room.map((amount, at) => amount - (by.shape.amounts[at] ?? 0) * by.tasks);
  const tasks = new Map(bin.tasks).set(by.shape, (bin.tasks.get(by.shape) ?? 0) + by.tasks);
  return { count, zone: bin.zone, room, tasks };
}

function binWith(shape: Shape, tasks: number, into: { count: number; zone: number; empty: readonly number[] }): Bin {
  return grown({ count: 0, zone: into.zone, room: [...into.empty], tasks: new Map() }, into.count, { shape, tasks });
}

function zonesAlike(bins: readonly Bin[], zones: number): Bin[] {
  return Array.from({ length: zones }, (_, zone) => bins.map((bin) => ({ ...bin, zone }))).flat();
}

/** One task, in a zone that has not yet had one of the service's odd tasks; on an open instance if any of those zones has one. */
function placeOne(
  bins: Bin[],
  shape: Shape,
  where: { zonesTaken: ReadonlySet<number>; zones: number; empty: readonly number[] },
): number {
  const at = bins.findIndex((bin) => !where.zonesTaken.has(bin.zone) && howManyFit(bin.room, shape) > 0);
  if (at >= 0) {
    const zone = (bins[at] as Bin).zone;
    addTo(bins, at, { shape, each: 1, tasks: 1 });
    return zone;
  }
  const instancesIn = (zone: number) => bins.reduce((sum, bin) => sum + (bin.zone === zone ? bin.count : 0), 0);
  const free = Array.from({ length: where.zones }, (_, zone) => zone).filter((zone) => !where.zonesTaken.has(zone));
  const zone = free.reduce((least, other) => (instancesIn(other) < instancesIn(least) ? other : least));
  bins.push(binWith(shape, 1, { count: 1, zone, empty: where.empty }));
  return zone;
}

/** Empty instances needed so that any one service's extra tasks find room during its deployment. */
function spareFor(
  bins: readonly Bin[],
  shapes: readonly Shape[],
  given: { room: ReadonlyMap<string, number>; empty: readonly number[] },
): number {
  let spare = 0;
  const ends = new Map(bins.map((bin) => [bin, endOf(bin)]));
  // The largest first: where it finds room, most others need not be looked at.
  const roomy: Shape[] = [];
  for (const shape of [...shapes].sort((a, b) => sizeOn(given.empty, b) - sizeOn(given.empty, a))) {
    const wanted = given.room.get(shape.service) ?? 0;
    if (wanted === 0 || (wanted === 1 && roomy.some((other) => takesNoMore(shape, other)))) continue;
    let found = 0;
    for (let at = 0; at < bins.length && found < wanted; at++) {
      const bin = bins[at] as Bin;
      const fit = howManyFit(bin.room, shape);
      // An instance that is gone before the service is has no room for its deployments.
      if (fit > 0 && (ends.get(bin) ?? 0) >= shape.endSeconds) found += bin.count * fit;
    }
    if (found >= wanted) roomy.push(shape);
    else spare = Math.max(spare, Math.ceil((wanted - found) / howManyFit(given.empty, shape)));
  }
  return spare;
}

function takesNoMore(shape: Shape, other: Shape): boolean {
  return (
    shape.endSeconds <= other.endSeconds && shape.amounts.every((amount, at) => amount <= (other.amounts[at] ?? 0))
  );
}

function startOf(bin: Bin): number {
  let start = Number.MAX_SAFE_INTEGER;
  for (const shape of bin.tasks.keys()) start = Math.min(start, shape.startSeconds);
  return start;
}

function endOf(bin: Bin): number {
  let end = 0;
  for (const shape of bin.tasks.keys()) end = Math.max(end, shape.endSeconds);
  return end;
}

/** The packing as instance lives: from the first task's start to the last one's end, spare ones for the whole period. */
export function instanceLives({ type, dimensions, bins, spare }: Packing, periodSeconds: number): InstanceLife[] {
  const onEvery = dimensions.daemons.map((daemon) => [daemon, 1] as const);
  const life = (bin: Pick<Bin, "count" | "zone" | "tasks">, lived: [start: number, end: number]): InstanceLife => {
    const tasks = [...bin.tasks, ...onEvery];
    const used = usedBy(tasks, dimensions);
    return {
      instanceType: type.name,
      count: bin.count,
      startSeconds: lived[0],
      endSeconds: lived[1],
      tasks: countsByService(tasks),
      used,
      capacity: type.capacity,
      binds: binding(used, type.capacity),
      zone: bin.zone,
      spare: bin.tasks.size === 0,
    };
  };
  const filled = bins.map((bin) => life(bin, [startOf(bin), endOf(bin)]));
  return spare === 0 ? filled : [...filled, life({ count: spare, zone: 0, tasks: new Map() }, [0, periodSeconds])];
}

/** A service's lives may be several shapes; the fleet shows the service. */
function countsByService(tasks: readonly (readonly [Shape, number])[]) {
  const counts = new Map<string, number>();
  for (const [shape, count] of tasks) counts.set(shape.service, (counts.get(shape.service) ?? 0) + count);
  return [...counts].map(([service, count]) => ({ service, count }));
}

function usedBy(tasks: readonly (readonly [Shape, number])[], dimensions: Dimensions): Resources {
  return Object.fromEntries(
    dimensions.names
      .slice(0, dimensions.resources)
      .map((name, at) => [name, tasks.reduce((sum, [shape, count]) => sum + (shape.amounts[at] ?? 0) * count, 0)]),
  );
}

function binding(used: Resources, capacity: Resources): string {
  const share = (name: string) => (used[name] ?? 0) / (capacity[name] || 1);
  return Object.keys(used).reduce(
    (most, name) => (share(name) > share(most) ? name : most),
    Object.keys(used)[0] ?? "",
  );
}
