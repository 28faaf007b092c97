import type { Document, GivenLoad, ServiceDocument } from "../model/document.ts";
import type { Problem } from "../model/problem.ts";

/** The services among the documents, those with a load that is given apart from them as that makes them. */
export function underGivenLoads(documents: readonly Document[]): {
  readonly services: readonly ServiceDocument[];
  readonly problems: readonly Problem[];
} {
  const services = documents.filter((document) => document.kind === "service");
  const problems: Problem[] = [];
  const loaded = new Map<ServiceDocument, GivenLoad>();
  for (const load of documents.flatMap((document) => (document.kind === "loads" ? document.given : []))) {
    const [service, ...others] = named(load.target, services);
    if (service === undefined) problems.push(unknown(load, services));
    else if (others.length > 0) problems.push(ambiguous(load, [service, ...others]));
    else if (loaded.has(service)) problems.push(twice(load, service));
    else loaded.set(service, load);
  }
  return {
    services: services.map((service) => {
      const load = loaded.get(service);
      if (load === undefined || service.underLoad === undefined) return service;
      problems.push(...service.underLoad.problems, ...lacking(service, load));
      return played(service, load);
    }),
    problems,
  };
}

/** By all of its task definition's family, or the last parts of it; capitals do not matter. */
function named(target: string, services: readonly ServiceDocument[]): ServiceDocument[] {
  const wanted = target.trim().toLowerCase();
  const able = services.filter(({ underLoad }) => underLoad !== undefined);
  const exact = able.filter(({ taskDefinition }) => taskDefinition.family.toLowerCase() === wanted);
  if (exact.length > 0) return exact;
  return able.filter(({ taskDefinition }) => `/${taskDefinition.family.toLowerCase()}`.endsWith(`/${wanted}`));
}

function played(service: ServiceDocument, { loads, idle, notes }: GivenLoad): ServiceDocument {
  const { underLoad } = service;
  if (underLoad === undefined) return service;
  const { scaling, behaviour } = underLoad;
  return {
    ...service,
    notes: [...service.notes.filter(({ code }) => code !== underLoad.replaces), ...underLoad.notes, ...notes],
    service: {
      ...service.service,
      lifetime: { kind: "scaled", loads, idle, scaling, behaviour, deployments: null },
    },
  };
}

/** A metric of which the load says nothing would be 0 for ever. */
function lacking({ underLoad }: ServiceDocument, { loads, idle, path }: GivenLoad): Problem[] {
  const isZero = loads.every(({ shape }) => shape.kind === "constant" && shape.value === 0);
  if (isZero) return [];
  const has = {
    cpu: idle.cpuUnits > 0 || loads.some(({ cpuUnits }) => cpuUnits > 0),
    memory: idle.memoryMiB > 0 || loads.some(({ memoryMiB }) => memoryMiB > 0),
  };
  const hint = { cpu: "unit vCPU, or perRequest.cpuMilliseconds", memory: "unit GiB, or perRequest.memoryMiB" };
  return (underLoad?.scaling?.controller?.metrics ?? [])
    .filter(({ kind }) => !has[kind])
    .map(({ kind }) => {
      const message = `What this load is for scales on ${kind}, and the load does not say how much it takes: add ${hint[kind]}.`;
      return { code: "load_lacks_metric", path, message };
    });
}

const shownMax = 8;

function unknown({ path }: GivenLoad, services: readonly ServiceDocument[]): Problem {
  const able = services.filter(({ underLoad }) => underLoad !== undefined);
  const some = able.slice(0, shownMax).map(({ taskDefinition }) => taskDefinition.family);
  const known =
    some.length === 0 ? "No manifest has any" : `There ${some.length === 1 ? "is" : "are"} ${some.join(", ")}`;
  const message = `This load is for no workload that can have one. ${known}; a service of services has a load of its own.`;
  return { code: "service_unknown", path, message };
}

function ambiguous({ path }: GivenLoad, services: readonly ServiceDocument[]): Problem {
  const families = services.slice(0, shownMax).map(({ taskDefinition }) => taskDefinition.family);
  const message = `This load could be for ${families.join(" or ")}: write all of the one that is meant.`;
  return { code: "conflicting_values", path, message };
}

function twice({ path }: GivenLoad, { taskDefinition }: ServiceDocument): Problem {
  const message = `${taskDefinition.family} has two loads: give one, or a list of loads that add up.`;
  return { code: "conflicting_values", path, message };
}
