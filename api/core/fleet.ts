import type { Decimal } from "decimal.js";
import type { Part } from "./estimate.ts";
import type { InstancesOverTime } from "./model/cluster-over-time.ts";
import type { Estimate, FleetInstances } from "./model/comparison.ts";
import { Exact } from "./model/exact.ts";
import type { InstanceLife } from "./model/placement.ts";

const secondsPerHour = 3600;

/** The instances of a plan with their costs; those that run already cost nothing. Null where no part runs on instances. */
export function fleetOf(parts: readonly Part[]): FleetInstances[] | null {
  if (parts.every(({ launchType }) => launchType.billedBy === "task")) return null;
  return parts.flatMap((part) => {
    const rows = part.overTime === null ? part.instances.map(asRow) : overTimeRows(part.overTime);
    return rows.map(({ life, instanceSeconds }) => {
      const cost = life.existing ? new Exact(0) : costOf(life, instanceSeconds, part);
      return { ...life, cost, stranded: cost.times(unusedShare(life)).toDecimalPlaces(12) };
    });
  });
}

interface Row {
  readonly life: InstanceLife;
  readonly instanceSeconds: number;
}

function asRow(life: InstanceLife): Row {
  return { life, instanceSeconds: life.count * (life.endSeconds - life.startSeconds) };
}

/** Of each type, zone and provider: as many as there were at most, each as long and with as much on it as one had on average. */
function overTimeRows(overTime: readonly InstancesOverTime[]): Row[] {
  return overTime
    .filter(({ instanceSeconds }) => instanceSeconds > 0)
    .map(({ instanceType, peak, zone, provider, existing, capacity, instanceSeconds, usedSeconds }) => {
      const used = Object.fromEntries(
        Object.entries(usedSeconds).map(([name, amount]) => [
          name,
          Math.round((amount / instanceSeconds) * 1000) / 1000,
        ]),
      );
      const share = (name: string) => (used[name] ?? 0) / (capacity[name] || 1);
      const binds = Object.keys(used).reduce((most, name) => (share(name) > share(most) ? name : most));
      const life: InstanceLife = {
        ...{
          instanceType,
          count: peak,
          startSeconds: 0,
          endSeconds: instanceSeconds / peak,
          tasks: [],
          used,
          capacity,
        },
        ...{ binds, zone, spare: false, provider, purchaseOption: null, existing },
      };
      return { life, instanceSeconds };
    });
}

/** What runs already, at the prices of what is new. */
export function existingOf(parts: readonly Part[]): Estimate["existing"] {
  const existing = parts.flatMap((part) =>
    part.instances
      .filter((life) => life.existing)
      .map((life) => ({ count: life.count, cost: costOf(life, asRow(life).instanceSeconds, part) })),
  );
  if (existing.length === 0) return null;
  return {
    instances: existing.reduce((sum, { count }) => sum + count, 0),
    cost: existing.reduce((sum, { cost }) => sum.plus(cost), new Exact(0)),
  };
}

function costOf({ instanceType }: InstanceLife, instanceSeconds: number, { hostTypes }: Part): Decimal {
  const perHour = hostTypes.find(({ name }) => name === instanceType)?.costPerHour ?? new Exact(0);
  return perHour.times(instanceSeconds).div(secondsPerHour);
}

/** Of the resource that binds; all of an instance that holds nothing. */
function unusedShare({ used, capacity, binds, spare }: InstanceLife): Decimal {
  const whole = capacity[binds] ?? 0;
  if (spare || whole === 0) return new Exact(1);
  return new Exact(whole - (used[binds] ?? 0)).div(whole);
}
