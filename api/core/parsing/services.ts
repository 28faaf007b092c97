import { alwaysOn } from "../model/always-on.ts";
import type { ServiceDocument } from "../model/document.ts";
import { fieldPath, type Problem } from "../model/problem.ts";
import type { ParsedAssumption, Service, TaskDefinition } from "../model/workload.ts";
import { type Definitions, resolve } from "./definitions.ts";
import { nameServices } from "./service-names.ts";

export interface Services {
  readonly services: readonly Service[];
  readonly assumptions: readonly ParsedAssumption[];
  readonly problems: readonly Problem[];
}

/** Services and runs as the documents give them, each with its task definition. */
export function servicesFrom(
  documents: readonly ServiceDocument[],
  definitions: Definitions,
  periodSeconds: number,
): Services {
  const { names, problems: nameProblems } = nameServices(documents);
  const services: Service[] = [];
  const assumptions: ParsedAssumption[] = [];
  const problems: Problem[] = [...nameProblems];
  for (const [position, document] of documents.entries()) {
    const name = names[position] ?? "";
    const { definition, problem, revisionAssumed } = resolve(document.taskDefinition, definitions);
    if (problem !== null) problems.push({ ...problem, path: fieldPath(document.service.path, "taskDefinition") });
    problems.push(...runProblems(document, name, periodSeconds));
    if (definition === null) continue;
    services.push({ ...document.service, name, taskDefinition: definition, tasks: tasksOf(document) });
    if (revisionAssumed) assumptions.push(revisionOf(definition, document, name));
    assumptions.push(...assumptionsOf(document, name, periodSeconds));
  }
  return { services, assumptions: [...assumptions, ...unused(definitions.all, services)], problems };
}

/** Without services or runs: each task definition once, always on. */
export function defaultServices(definitions: readonly TaskDefinition[]): Services {
  const revisions = Map.groupBy(definitions, (definition) => definition.family);
  const services = definitions.map((definition): Service => {
    const lone = revisions.get(definition.family)?.length === 1;
    return {
      ...alwaysOn,
      name: lone ? definition.family : definition.id,
      path: definition.path,
      taskDefinition: definition,
    };
  });
  const ids = definitions.map((definition) => definition.id);
  const text =
    ids.length === 1
      ? `No service is given for ${ids[0]}: one with a single task, always on, is priced.`
      : `No services are given: one for each of the ${ids.length} task definitions, with a single task, always on, is priced.`;
  const names = services.map((service) => service.name);
  return { services, assumptions: [{ code: "service_assumed", text, services: names }], problems: [] };
}

/** Not said, a scaled service starts with its minimum. */
function tasksOf({ tasks, service: { lifetime } }: ServiceDocument): number {
  if (tasks !== null) return tasks;
  return lifetime.kind === "scaled" ? (lifetime.scaling?.min ?? 1) : 1;
}

/** One run must fit the period; all of them need not, since more than one may run at a time. */
function runProblems({ service }: ServiceDocument, name: string, periodSeconds: number): Problem[] {
  const { lifetime, path } = service;
  if (lifetime.kind !== "runs" || lifetime.seconds <= periodSeconds) return [];
  const period = `the priced period of ${periodSeconds.toLocaleString("en-US")} seconds`;
  const message = `A run of ${name} lasts longer than ${period}: shorten it, or raise hours.`;
  return [{ code: "run_longer_than_period", path: fieldPath(path, "seconds"), message }];
}

function assumptionsOf(document: ServiceDocument, name: string, periodSeconds: number): ParsedAssumption[] {
  const assumptions: ParsedAssumption[] = [];
  const { lifetime } = document.service;
  if (document.tasks === null) {
    const scaled = lifetime.kind === "scaled" && lifetime.scaling !== null;
    const text = scaled
      ? `${name} does not say its desiredCount: it starts with its minimum capacity.`
      : `${name} does not say its desiredCount: a single task is priced.`;
    assumptions.push({ code: "desired_count_assumed", text, services: scaled ? [] : [name] });
  }
  assumptions.push(...document.notes.map(({ code, text }) => ({ code, text: `${name}: ${text}`, services: [] })));
  if (lifetime.kind === "runs" && lifetime.times > 1) {
    const fit = lifetime.seconds * lifetime.times <= periodSeconds;
    const how = fit ? "follow one another" : "follow one another, as few side by side as the period allows";
    const why = document.scheduled ? "since its schedule only says how many there are" : "since no schedule is given";
    const text = `The ${lifetime.times.toLocaleString("en-US")} runs of ${name} ${how}, ${why}.`;
    assumptions.push({ code: "runs_one_after_another", text, services: [] });
  }
  return assumptions;
}

function revisionOf(definition: TaskDefinition, { taskDefinition }: ServiceDocument, name: string): ParsedAssumption {
  const asked = `${taskDefinition.family}:${taskDefinition.revision}`;
  const text = `${name} runs ${asked}; the description of ${definition.id} that is given, which has no revision, is taken for it.`;
  return { code: "revision_assumed", text, services: [] };
}

function unused(definitions: readonly TaskDefinition[], services: readonly Service[]): ParsedAssumption[] {
  const used = new Set(services.map((service) => service.taskDefinition.id));
  return definitions
    .filter((definition) => !used.has(definition.id))
    .map(({ id }) => ({
      code: "task_definition_unused",
      text: `No service or run uses ${id}: it is not priced.`,
      services: [],
    }));
}
