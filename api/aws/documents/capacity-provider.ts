import type { z } from "zod";
import type { CapacityProvider } from "../../core/model/capacity.ts";
import { isBlank, isObject } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import { choice, field, listOf, objectOf, whole } from "./fields.ts";
import { growthOf, growthProblems, growthShape, targetCapacityOf } from "./group-growth.ts";
import { quotas } from "./quotas.ts";

const instancesMax = 100_000;

const instanceCount = whole({ min: 0, max: instancesMax, unit: "instances" });

export const instanceTypeName = field((value, refuse) => {
  if (isBlank(value)) return null;
  if (typeof value === "string" && /^[a-z0-9-]{1,32}\.[a-z0-9-]{1,32}$/.test(value)) return value;
  return refuse("not_an_instance_type", "must hold names of instance types such as m7i.large, without wildcards");
});

export const zoneName = field((value, refuse) => {
  if (isBlank(value)) return null;
  if (typeof value === "string" && /^[a-z0-9-]{3,40}$/.test(value)) return value;
  return refuse("not_a_zone", "must be the name of a zone, such as us-east-1a");
});

export const providerName = field((value, refuse) => {
  if (isBlank(value)) return null;
  if (typeof value === "string" && /^[A-Za-z0-9_-]{1,255}$/.test(value.trim())) return value.trim();
  return refuse("not_a_name", "must be a name of letters, digits, - and _");
});

/** Custom attributes by name. Source: ECS developer guide 2023-06, task-placement-constraints.md. */
export const attributes = field((value, refuse): Readonly<Record<string, string>> => {
  if (isBlank(value)) return {};
  if (!isObject(value)) return refuse("wrong_type", "must be an object of names and values");
  const entries = Object.entries(value).map(([name, text]): [string, string] => {
    const isAttribute =
      /^[\w\-/\\.]{1,128}$/.test(name) && typeof text === "string" && /^[\w\-./@:\\ ]{0,128}$/.test(text);
    return isAttribute ? [name, text] : refuse("not_an_attribute", "must hold names and values of custom attributes");
  });
  return Object.fromEntries(entries);
});

const shape = {
  name: providerName,
  instanceTypes: listOf(instanceTypeName),
  count: instanceCount,
  min: instanceCount,
  max: instanceCount,
  zones: listOf(zoneName, 6),
  purchaseOption: choice(["on-demand", "spot"]),
  targetCapacity: whole({ min: 1, max: 100, unit: "percent" }),
  base: whole({ min: 0, max: quotas.strategyBase.value, unit: "tasks" }),
  weight: whole({ min: 0, max: quotas.strategyWeight.value, unit: "shares" }),
  attributes,
  ...growthShape,
};

/** With those of describe-capacity-providers that say nothing of what it costs. */
export const capacityProviderFields = [
  ...Object.keys(shape),
  ...["capacityProviderArn", "status", "updateStatus", "updateStatusReason", "tags", "type", "cluster"],
];

/** `cluster.capacityProviders[]`: an Auto Scaling group that there is or is to be. Ours: no AWS document says all of it. */
export const capacityProvider = objectOf(shape);

type Fields = NonNullable<z.output<typeof capacityProvider>>;

export function capacityProviderOf(fields: Fields, path: string): CapacityProvider {
  const zones = fields.zones.filter((zone) => zone !== null);
  return {
    name: fields.name ?? "",
    path,
    instanceTypes: fields.instanceTypes.filter((type) => type !== null),
    countMin: fields.count ?? fields.min ?? 0,
    countMax: fields.count ?? fields.max,
    zones: zones.length === 0 ? null : zones,
    purchaseOption: fields.purchaseOption ?? "on-demand",
    targetCapacityPercent: targetCapacityOf(fields),
    base: fields.base ?? 0,
    weight: fields.weight ?? 1,
    attributes: fields.attributes,
    growth: growthOf(fields),
  };
}

export function capacityProviderProblems(fields: Fields, path: string): Problem[] {
  const problems: Problem[] = [];
  const report = (code: string, name: string, message: string) =>
    problems.push({ code, path: fieldPath(path, name), message });
  if (fields.name === null)
    report("required", "name", "name is missing: services' strategies name the provider by it.");
  if (fields.instanceTypes.every((type) => type === null)) {
    report("required", "instanceTypes", "instanceTypes is missing: name the types that the group launches.");
  }
  if (fields.count !== null && (fields.min !== null || fields.max !== null)) {
    report("conflicting_values", "count", "count says how many there are: leave out min and max, or count.");
  }
  if (fields.min !== null && fields.max !== null && fields.min > fields.max) {
    report("out_of_range", "max", "max is below min.");
  }
  problems.push(...growthProblems(fields, path));
  return problems;
}
