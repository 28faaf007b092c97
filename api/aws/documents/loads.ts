import type { DocumentFormat, GivenLoad, Reading } from "../../core/model/document.ts";
import { isEmpty, isObject, kindOf, pathBelow } from "../../core/model/field.ts";
import type { Problem } from "../../core/model/problem.ts";
import { readLoad } from "./load.ts";

/** `loads` of a request, ours: what workloads of Kubernetes manifests are asked to do, by `kind/name`. Services have a `load` of their own. */
export const loadsFormat: DocumentFormat = {
  id: "loads",
  label: "loads",
  reference: "https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/",
  field: "loads",
  list: false,
  fields: null,
  reserved: [],
  recognises: () => false,
  read: readLoads,
  example: { "deployment/shop": { unit: "vCPU", constant: 3 } },
};

function readLoads(value: unknown, path: string): Reading {
  if (!isObject(value)) {
    const message = `${path} must be an object with a load for each kind/name, not ${kindOf(value)}.`;
    return { documents: [], problems: [{ code: "wrong_type", path, message }] };
  }
  const all: GivenLoad[] = [];
  const problems: Problem[] = [];
  for (const [target, given] of Object.entries(value)) {
    if (isEmpty(given)) continue;
    const at = pathBelow(path, [target]);
    const { loads, idle, notes, problems: found } = readLoad(given, at);
    all.push({ target, path: at, loads, idle, notes });
    problems.push(...found);
  }
  return { documents: [{ kind: "loads", given: all }], problems };
}
