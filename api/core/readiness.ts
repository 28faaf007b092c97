import { admissionOf } from "./admission.ts";
import { estimate } from "./estimate.ts";
import { alwaysOn } from "./model/always-on.ts";
import type { Market } from "./model/catalogue.ts";
import type { Readiness } from "./model/comparison.ts";
import { one } from "./model/fraction.ts";
import type { LaunchType } from "./model/launch-type.ts";
import { contextOf } from "./model/launch-type.ts";
import { distinctProblems } from "./model/problem.ts";
import type { Service, TaskDefinition, Workload } from "./model/workload.ts";

/** For every task definition and launch type: would it be accepted as written, and if not every reason and the nearest size that is. */
export function readiness(workload: Workload, market: Market): Readiness[] {
  return workload.taskDefinitions.flatMap((taskDefinition) => {
    const used = workload.services.filter((service) => service.taskDefinition.id === taskDefinition.id);
    const services = used.length > 0 ? used : [bareService(taskDefinition)];
    // The others put the same tasks on the same instances, at other rates or in other numbers.
    const launchTypes = market.catalogue.launchTypes.filter(({ inMixes }) => inMixes);
    return launchTypes.map((launchType) => readinessOn(launchType, services, { workload, market }));
  });
}

function readinessOn(
  launchType: LaunchType,
  services: readonly Service[],
  given: { workload: Workload; market: Market },
): Readiness {
  const context = contextOf(given.workload, given.market.book);
  const admissions = services.map((service) => admissionOf(launchType, service, context));
  const found = admissions.flatMap((admission) => [...admission.problems, ...admission.mendable]);
  const problems = distinctProblems(found);
  const service = services[0] as Service;
  return {
    taskDefinition: service.taskDefinition.id,
    launchType: launchType.id,
    accepted: problems.length === 0,
    problems,
    nearest: launchType.billedBy === "task" ? nearest(launchType, service, given) : null,
  };
}

function nearest(launchType: LaunchType, service: Service, given: { workload: Workload; market: Market }) {
  const alone: Service = { ...service, tasks: 1, lifetime: { kind: "always" }, daemon: false };
  const context = contextOf(given.workload, given.market.book);
  const { cpu, memory } = admissionOf(launchType, alone, context).demand.resources;
  if (cpu === undefined || memory === undefined) return null;
  const assignments = [{ service: alone.name, launchType: launchType.id, share: one }];
  // What comes with a service is no part of a size's cost.
  const market = { ...given.market, catalogue: { ...given.market.catalogue, addOns: [] } };
  const priced = estimate({ workload: { ...given.workload, services: [alone] }, assignments }, market);
  return { cpuUnits: cpu, memoryMiB: memory, cost: priced.unpriced.length > 0 ? null : priced.total };
}

function bareService(taskDefinition: TaskDefinition): Service {
  return { ...alwaysOn, name: taskDefinition.id, path: taskDefinition.path, taskDefinition };
}
