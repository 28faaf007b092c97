import { isBlank } from "../../core/model/field.ts";
import type { InstanceRequirements } from "../../core/model/settings.ts";
import { choice, field, listOf, objectOf, whole } from "./fields.ts";

/** A number that need not be whole, at least 0; null, "" and nothing are null. */
const decimal = field((value, refuse) => {
  if (isBlank(value)) return null;
  const number = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  return number >= 0 && number < 1e9 ? number : refuse("not_a_number", "must be a number, at least 0");
});

const count = whole({ min: 0, max: 100_000_000, unit: null });
const bounds = objectOf({ min: count, max: count });
const inclusion = choice(["included", "excluded", "required"]);

/** An instance type, or several with `*` for any characters. */
const typePattern = field((value, refuse) => {
  if (value === null || value === "") return null;
  if (typeof value === "string" && /^[a-z0-9.*-]{1,64}$/.test(value)) return value;
  return refuse("not_a_pattern", "must hold instance types or patterns such as m7g.*");
});

const shape = {
  vCpuCount: bounds,
  memoryMiB: bounds,
  memoryGiBPerVCpu: objectOf({ min: decimal, max: decimal }),
  acceleratorCount: bounds,
  networkInterfaceCount: bounds,
  totalLocalStorageGB: objectOf({ min: decimal, max: decimal }),
  cpuManufacturers: listOf(choice(["intel", "amd", "amazon-web-services"])),
  instanceGenerations: listOf(choice(["current", "previous"])),
  bareMetal: inclusion,
  burstablePerformance: inclusion,
  localStorage: inclusion,
  allowedInstanceTypes: listOf(typePattern, 400),
  excludedInstanceTypes: listOf(typePattern, 400),
};

export const instanceRequirementsFields = Object.keys(shape);

/**
 * What instance types must have, in AWS's own words; the fields that say nothing about a type (price protection, instance storage
 * media) are none of it. Source: botocore ecs 2014-11-13, InstanceRequirementsRequest.
 */
export const instanceRequirements = objectOf(shape).transform((fields): InstanceRequirements | null =>
  fields === null
    ? null
    : {
        ...fields,
        cpuManufacturers: present(fields.cpuManufacturers),
        instanceGenerations: present(fields.instanceGenerations),
        allowedInstanceTypes: present(fields.allowedInstanceTypes),
        excludedInstanceTypes: present(fields.excludedInstanceTypes),
      },
);

function present<T>(items: readonly (T | null)[]): T[] {
  return items.filter((item) => item !== null);
}
