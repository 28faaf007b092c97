import type { Decimal } from "decimal.js";
import type { Part } from "./estimate.ts";
import type { Estimate, FleetInstances } from "./model/comparison.ts";
import { Exact } from "./model/exact.ts";
import type { InstanceLife } from "./model/placement.ts";

const secondsPerHour = 3600;

/** The instances of a plan with their costs; those that run already cost nothing. Null where no part runs on instances. */
export function fleetOf(parts: readonly Part[]): FleetInstances[] | null {
  if (parts.every(({ launchType }) => launchType.billedBy === "task")) return null;
  return parts.flatMap((part) =>
    part.instances.map((life) => {
      const cost = life.existing ? new Exact(0) : costOf(life, part);
      return { ...life, cost, stranded: cost.times(unusedShare(life)).toDecimalPlaces(12) };
    }),
  );
}

/** What runs already, at the prices of what is new. */
export function existingOf(parts: readonly Part[]): Estimate["existing"] {
  const existing = parts.flatMap((part) =>
    part.instances.filter((life) => life.existing).map((life) => ({ count: life.count, cost: costOf(life, part) })),
  );
  if (existing.length === 0) return null;
  return {
    instances: existing.reduce((sum, { count }) => sum + count, 0),
    cost: existing.reduce((sum, { cost }) => sum.plus(cost), new Exact(0)),
  };
}

function costOf(life: InstanceLife, { hostTypes }: Part): Decimal {
  const perHour = hostTypes.find(({ name }) => name === life.instanceType)?.costPerHour ?? new Exact(0);
  return perHour.times(life.count * (life.endSeconds - life.startSeconds)).div(secondsPerHour);
}

/** Of the resource that binds; all of an instance that holds nothing. */
function unusedShare({ used, capacity, binds, spare }: InstanceLife): Decimal {
  const whole = capacity[binds] ?? 0;
  if (spare || whole === 0) return new Exact(1);
  return new Exact(whole - (used[binds] ?? 0)).div(whole);
}
