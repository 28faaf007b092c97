import { howManyFit, type Shape } from "./shape.ts";

/** Identical instances being filled: run-length, so that time does not grow with the number of tasks. */
export interface Bin {
  count: number;
  zone: number;
  room: number[];
  tasks: Map<Shape, number>;
}

export function fill(bins: Bin[], shape: Shape, into: { count: number; zone: number; empty: readonly number[] }): void {
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

export function zonesAlike(bins: readonly Bin[], zones: number): Bin[] {
  return Array.from({ length: zones }, (_, zone) => bins.map((bin) => ({ ...bin, zone }))).flat();
}

/** One task, in a zone that has not yet had one of the service's odd tasks; on an open instance if any of those zones has one. */
export function placeOne(
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

export function startOf(bin: Bin): number {
  let start = Number.MAX_SAFE_INTEGER;
  for (const shape of bin.tasks.keys()) start = Math.min(start, shape.startSeconds);
  return start;
}

export function endOf(bin: Bin): number {
  let end = 0;
  for (const shape of bin.tasks.keys()) end = Math.max(end, shape.endSeconds);
  return end;
}
