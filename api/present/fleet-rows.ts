import { Exact } from "../core/model/exact.ts";
import type { InstanceLife } from "../core/model/placement.ts";
import type { Interruption } from "../core/model/price-book.ts";

/** Instances alike but for their zone as one row: how many, for how long, with what on each. */
export function fleetRows(fleet: readonly InstanceLife[], interruptions: ReadonlyMap<string, Interruption>) {
  const rows = new Map<string, { life: InstanceLife; count: number; zones: Set<number> }>();
  for (const life of fleet) {
    const key = JSON.stringify([life.instanceType, life.startSeconds, life.endSeconds, life.spare, sortedTasks(life)]);
    const row = rows.get(key) ?? { life, count: 0, zones: new Set<number>() };
    rows.set(key, { life, count: row.count + life.count, zones: row.zones.add(life.zone) });
  }
  return [...rows.values()].map(({ life, count, zones }) => ({
    instanceType: life.instanceType,
    count,
    hours: new Exact(life.endSeconds - life.startSeconds).div(3600).toDecimalPlaces(6).toFixed(),
    tasks: sortedTasks(life),
    used: life.used,
    capacity: life.capacity,
    binds: life.spare ? null : life.binds,
    zones: zones.size,
    spare: life.spare,
    interruption: interruptions.get(life.instanceType) ?? null,
  }));
}

function sortedTasks(life: InstanceLife) {
  return [...life.tasks].sort((a, b) => (a.service < b.service ? -1 : 1));
}
