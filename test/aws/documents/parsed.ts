import { documentFormats } from "../../../api/aws/documents/catalogue.ts";
import type { Problem } from "../../../api/core/model/problem.ts";
import type { Container, Service, TaskDefinition, Workload } from "../../../api/core/model/workload.ts";
import { parse } from "../../../api/core/parsing/parse.ts";

/** The workload of a request that must be without problems; the region need not be said. */
export function workloadOf(request: object): Workload {
  const parsed = parse({ region: "us-east-1", ...request }, documentFormats);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 2));
  return parsed.value;
}

/** The problems of a request that must have some. */
export function problemsOf(request: object): readonly Problem[] {
  const parsed = parse({ region: "us-east-1", ...request }, documentFormats);
  if (parsed.ok) throw new Error("The request has no problem");
  return parsed.problems;
}

/** Each problem as "code at path", which is what must never change. */
export function codesOf(request: object): readonly string[] {
  return problemsOf(request).map((problem) => `${problem.code} at ${problem.path}`);
}

export function definitionOf(document: unknown): TaskDefinition {
  const definition = workloadOf({ taskDefinitions: [document] }).taskDefinitions[0];
  if (definition === undefined) throw new Error("There is no task definition");
  return definition;
}

/** The only container of a task definition with this one. */
export function containerOf(container: object): Container {
  const read = definitionOf({ family: "web", containerDefinitions: [{ name: "web", ...container }] }).containers[0];
  if (read === undefined) throw new Error("There is no container");
  return read;
}

export function serviceOf(service: object): Service {
  const read = workloadOf({
    taskDefinitions: [web],
    services: [{ serviceName: "shop", taskDefinition: "web", ...service }],
  });
  if (read.services[0] === undefined) throw new Error("There is no service");
  return read.services[0];
}

/** The smallest task definition there is. */
export const web = { family: "web", containerDefinitions: [{ name: "web", image: "nginx" }] };

/** A placeholder as shells and CloudFormation write them. */
export function variable(name: string): string {
  return `$\{${name}}`;
}
