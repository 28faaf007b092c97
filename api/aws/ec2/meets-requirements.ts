import type { InstanceType } from "../../core/model/price-book.ts";
import { matchesPattern } from "../../core/model/rate-card.ts";
import type { Bounds, Inclusion, InstanceRequirements } from "../../core/model/settings.ts";

const mibPerGib = 1024;

/** The makers as the price lists and the EC2 API name them. */
const manufacturers: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["intel", /intel/i],
  ["amd", /amd/i],
  ["amazon-web-services", /aws|amazon/i],
];

/**
 * Whether the type has what is asked for. What is not known of a type is taken not to be there, so that no fleet rests on it.
 * Source: botocore ecs 2014-11-13, InstanceRequirementsRequest.
 */
export function meetsRequirements(type: InstanceType, asked: InstanceRequirements): boolean {
  const disk = type.instanceStoreGB ?? 0;
  return (
    within(type.vcpus, asked.vCpuCount) &&
    within(type.memoryMiB, asked.memoryMiB) &&
    within(type.memoryMiB / mibPerGib / type.vcpus, asked.memoryGiBPerVCpu) &&
    within(type.gpus, asked.acceleratorCount) &&
    within(type.networkInterfaces ?? 0, asked.networkInterfaceCount) &&
    within(disk, asked.totalLocalStorageGB) &&
    includes(type.bareMetal, asked.bareMetal) &&
    includes(type.burstable, asked.burstablePerformance) &&
    includes(disk > 0, asked.localStorage) &&
    isOneOf(manufacturerOf(type), asked.cpuManufacturers) &&
    isOneOf(type.currentGeneration ? "current" : "previous", asked.instanceGenerations) &&
    (asked.allowedInstanceTypes.length === 0 || matchesAny(type.name, asked.allowedInstanceTypes)) &&
    !matchesAny(type.name, asked.excludedInstanceTypes)
  );
}

function within(amount: number, bounds: Bounds | null): boolean {
  return amount >= (bounds?.min ?? 0) && amount <= (bounds?.max ?? Number.POSITIVE_INFINITY);
}

function includes(has: boolean, asked: Inclusion | null): boolean {
  if (asked === "required") return has;
  return asked !== "excluded" || !has;
}

function isOneOf(value: string, accepted: readonly string[]): boolean {
  return accepted.length === 0 || accepted.includes(value);
}

function manufacturerOf(type: InstanceType): string {
  return manufacturers.find(([, pattern]) => pattern.test(type.manufacturer ?? ""))?.[0] ?? "";
}

function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, name));
}
