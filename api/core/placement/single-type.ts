import type { HostType, InstanceLife, Resources } from "../model/placement.ts";
import { type Bin, endOf, fill, placeOne, startOf, zonesAlike } from "./bins.ts";
import { type Dimensions, roomOn, type Shape, sizeOn } from "./shape.ts";
import { spareFor } from "./spare.ts";

/** Instances of one type with everything on them, before they are written out as lives. */
export interface Packing {
  readonly type: HostType;
  readonly dimensions: Dimensions;
  readonly bins: readonly Bin[];
  /** Empty instances for deployments. */
  readonly spare: number;
  readonly instanceSeconds: number;
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
