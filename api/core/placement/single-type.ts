import type { HostType } from "../model/placement.ts";
import { type Bin, endOf, fill, placeOne, startOf, zonesAlike } from "./bins.ts";
import { type Dimensions, roomOn, sizeOn } from "./shape.ts";
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
