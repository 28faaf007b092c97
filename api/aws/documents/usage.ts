import type { UsageInput } from "../../core/model/add-on.ts";
import type { DocumentFormat, Reading } from "../../core/model/document.ts";
import { isObject, kindOf, unknownFields } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import { usageInputs } from "../add-on-catalogue.ts";
import { amount } from "./amount.ts";
import { fieldsOf, problemsOf } from "./fields.ts";

const ofService = usageInputs.filter((input) => input.of === "service");
const ofCluster = usageInputs.filter((input) => input.of === "cluster");
const names = (inputs: readonly UsageInput[]) => inputs.map(({ name }) => name);

/** `usage` of a request: quantities that no document tells. A format of the contract. */
export const usageFormat: DocumentFormat = {
  id: "usage",
  label: "usage",
  reference: "https://docs.aws.amazon.com/pricing-calculator/latest/userguide/what-is-pricing-calculator.html",
  field: "usage",
  list: false,
  fields: { services: null, everyService: names(ofService), cluster: names(ofCluster) },
  reserved: [],
  recognises: () => false,
  read: readUsage,
  example: { services: { web: {} }, everyService: {}, cluster: { publicIpv4PerInstance: 1 } },
};

const schemaOf = (inputs: readonly UsageInput[]) =>
  fieldsOf(Object.fromEntries(inputs.map(({ name, max, unit }) => [name, amount({ min: 0, max, what: unit })])));
const [serviceAmounts, clusterAmounts] = [schemaOf(ofService), schemaOf(ofCluster)];

function readUsage(value: unknown, path: string): Reading {
  const problems: Problem[] = [];
  if (!isObject(value)) return { documents: [], problems: [notAnObject("usage", path, value)] };
  const services = fieldPath(path, "services");
  if (value.services !== undefined && !isObject(value.services)) {
    return { documents: [], problems: [notAnObject("services", services, value.services)] };
  }
  const own = Object.entries(isObject(value.services) ? value.services : {}).map(([name, amounts]) => {
    const at = fieldPath(services, name);
    if (isObject(amounts)) problems.push(...unknownFields(amounts, at, names(ofService)));
    return { name, amounts: amountsOf(amounts, serviceAmounts, { path: at, problems }) };
  });
  const everyService = amountsOf(value.everyService, serviceAmounts, {
    path: fieldPath(path, "everyService"),
    problems,
  });
  const cluster = amountsOf(value.cluster, clusterAmounts, { path: fieldPath(path, "cluster"), problems });
  if (problems.length > 0) return { documents: [], problems };
  return { documents: [{ kind: "usage", usage: { services: own, everyService, cluster } }], problems };
}

function amountsOf(
  value: unknown,
  schema: typeof serviceAmounts,
  { path, problems }: { readonly path: string; readonly problems: Problem[] },
): Record<string, number> {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) {
    problems.push(notAnObject(path.split(".").at(-1) ?? "", path, value));
    return {};
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    problems.push(...problemsOf(parsed.error, path));
    return {};
  }
  return Object.fromEntries(
    Object.entries(parsed.data).flatMap(([name, given]) => (given === null ? [] : [[name, given as number]])),
  );
}

function notAnObject(name: string, path: string, value: unknown): Problem {
  return { code: "wrong_type", path, message: `${name} must be an object, not ${kindOf(value)}.` };
}
