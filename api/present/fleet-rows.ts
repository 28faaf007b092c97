import type { FleetInstances } from "../core/model/comparison.ts";
import { Exact } from "../core/model/exact.ts";
import type { Interruption } from "../core/model/price-book.ts";
import { inCents, shownParts } from "../core/model/shown.ts";

/** Instances alike but for their zone as one row: how many, for how long, with what on each. */
export function fleetRows(fleet: readonly FleetInstances[], interruptions: ReadonlyMap<string, Interruption>) {
  const rows = [...Map.groupBy(fleet, kindOf).values()].map(together);
  const costs = shownParts(rows.map(({ cost }) => cost));
  return rows.map(({ life, count, zones, stranded }, at) => ({
    instanceType: life.instanceType,
    count,
    hours: new Exact(life.endSeconds - life.startSeconds).div(3600).toDecimalPlaces(6).toFixed(),
    tasks: sortedTasks(life),
    used: life.used,
    capacity: life.capacity,
    binds: life.spare ? null : life.binds,
    zones,
    spare: life.spare,
    capacityProvider: life.provider,
    existing: life.existing,
    cost: inCents(costs[at] ?? new Exact(0)),
    stranded: inCents(stranded),
    interruption: interruptions.get(life.instanceType) ?? null,
  }));
}

/** Rows are of instances that differ in their zone alone. */
function kindOf(life: FleetInstances): string {
  const { instanceType, startSeconds, endSeconds, spare, provider, purchaseOption, existing, used } = life;
  const tasks = sortedTasks(life);
  return JSON.stringify([
    instanceType,
    startSeconds,
    endSeconds,
    spare,
    provider,
    purchaseOption,
    existing,
    tasks,
    used,
  ]);
}

function together(lives: readonly FleetInstances[]) {
  const sum = (of: "cost" | "stranded") => lives.reduce((whole, life) => whole.plus(life[of]), new Exact(0));
  return {
    life: lives[0] as FleetInstances,
    count: lives.reduce((whole, life) => whole + life.count, 0),
    zones: new Set(lives.map(({ zone }) => zone)).size,
    cost: sum("cost"),
    stranded: sum("stranded"),
  };
}

function sortedTasks(life: FleetInstances) {
  return [...life.tasks].sort((a, b) => (a.service < b.service ? -1 : 1));
}
