import { catalogue } from "../aws/catalogue.ts";
import { optionIds, optionsAsked } from "../core/compare-options.ts";
import { Exact } from "../core/model/exact.ts";
import type { ServiceRow } from "./service-row.ts";

/** Of a row that does not say its hours: a month as the calculation has it. */
export const usualHours = "730";

/** Any Monday: hours that are not the whole period need an instant to end at, and the same list is to come to the same figures on any day. */
const periodStartSeconds = 1_767_571_200;

const secondsPerHour = 3600;

/**
 * The rows of one cluster as a request of the contract, so that they are packed together. The services of the request stand in the order
 * of the rows, and so do its task definitions.
 */
export function clusterRequest(rows: readonly ServiceRow[]): object {
  const hours = periodHours(rows);
  const families = distinct(rows.map(({ service }) => familyOf(service)));
  const described = rows.map((row, at) => {
    const family = families[at] ?? "";
    return { definition: definitionOf(row, family), service: serviceOf(row, { family, hours }) };
  });
  return {
    region: rows[0]?.region,
    hours,
    ...(rows.some((row) => endsEarly(row, hours)) ? { period: { start: instant(periodStartSeconds) } } : {}),
    taskDefinitions: described.map(({ definition }) => definition),
    services: described.map(({ service }) => service),
    options: optionsOf(rows),
  };
}

/** What a list says nothing of: how its services are configured today. */
export const unaskedOption = "as-configured";

/** Ids that a row may name. */
export function importOptions(): string[] {
  return optionIds({ catalogue }).filter((id) => id !== unaskedOption);
}

/** Whatever any row asks for, and what is compared unless told where one asks for nothing. */
function optionsOf(rows: readonly ServiceRow[]): string[] {
  const asked = new Set(rows.flatMap(({ options }) => (options.length > 0 ? options : usualOptions())));
  return importOptions().filter((id) => asked.has(id));
}

function usualOptions(): string[] {
  return optionsAsked({ options: null }, { catalogue }).filter((id) => id !== unaskedOption);
}

/** The longest that any row runs: the others are part of its period. */
export function periodHours(rows: readonly ServiceRow[]): string {
  return Exact.max(...rows.map(({ hours }) => hours ?? usualHours)).toFixed();
}

function endsEarly({ hours }: ServiceRow, periodHoursOfAll: string): boolean {
  return hours !== null && new Exact(hours).lessThan(periodHoursOfAll);
}

/** As ECS allows families: letters, digits, hyphens and underscores. */
function familyOf(service: string): string {
  const plain = service.replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "");
  return plain.slice(0, 200) || "service";
}

/** With a number from 2 on where a name is there already. Thousands may be alike. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  return names.map((name) => {
    let number = numbers.get(name) ?? 1;
    const numbered = () => (number === 1 ? name : `${name}-${number}`);
    while (taken.has(numbered())) number += 1;
    numbers.set(name, number + 1);
    taken.add(numbered());
    return numbered();
  });
}

function definitionOf({ cpuUnits, memoryMiB, architecture, operatingSystem }: ServiceRow, family: string): object {
  return {
    family,
    cpu: `${cpuUnits}`,
    memory: `${memoryMiB}`,
    networkMode: "awsvpc",
    runtimePlatform: { cpuArchitecture: architecture, operatingSystemFamily: operatingSystem },
    containerDefinitions: [{ name: "main", image: "main" }],
  };
}

function serviceOf(row: ServiceRow, { family, hours }: { readonly family: string; readonly hours: string }): object {
  const tags = {
    ...(row.owner === null ? {} : { owner: row.owner }),
    ...(row.costCentre === null ? {} : { "cost-center": row.costCentre }),
  };
  return {
    serviceName: row.service,
    taskDefinition: family,
    desiredCount: row.tasks,
    // The baseline, which is not shown, is then no further calculation beside Fargate's.
    launchType: "FARGATE",
    interruptible: row.interruptible,
    tags,
    ...(row.loadProfile === null ? {} : { load: { profile: row.loadProfile } }),
    ...scalingOf(row, hours),
  };
}

/** Target tracking where there is a load to track, and the end of a service that does not run for the whole period. */
function scalingOf(row: ServiceRow, hours: string): object {
  const isScaled = row.loadProfile !== null && (row.tasksMin !== null || row.tasksMax !== null);
  const ends = endsEarly(row, hours);
  if (!isScaled && !ends) return {};
  const min = row.tasksMin ?? Math.min(row.tasks, row.tasksMax ?? row.tasks);
  const max = row.tasksMax ?? Math.max(row.tasks, min);
  const target = isScaled ? { MinCapacity: min, MaxCapacity: max } : { MinCapacity: row.tasks, MaxCapacity: row.tasks };
  return {
    scaling: {
      ScalableTargets: [target],
      ...(isScaled ? { ScalingPolicies: [cpuPolicy] } : {}),
      ...(ends ? { ScheduledActions: [endAfter(row.hours ?? hours)] } : {}),
    },
  };
}

export const cpuTargetPercent = 70;

const cpuPolicy = {
  PolicyName: "cpu",
  PolicyType: "TargetTrackingScaling",
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: cpuTargetPercent,
    PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
  },
};

/** To the second, which is as exact as schedules are. */
function endAfter(hours: string): object {
  const seconds = new Exact(hours).times(secondsPerHour).toDecimalPlaces(0, Exact.ROUND_HALF_UP).toNumber();
  const at = instant(periodStartSeconds + seconds).replace("Z", "");
  return {
    ScheduledActionName: "end",
    Schedule: `at(${at})`,
    ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
  };
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
