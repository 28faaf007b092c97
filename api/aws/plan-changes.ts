import type { Plan } from "../core/model/launch-type.ts";
import type { Settings } from "../core/model/settings.ts";
import type { Service, TaskDefinition } from "../core/model/workload.ts";

/** The same plan with other settings. */
export function withSettings(plan: Plan, settings: Partial<Settings>): Plan {
  return { ...plan, workload: { ...plan.workload, settings: { ...plan.workload.settings, ...settings } } };
}

/** The same plan with every task definition, or service, read otherwise. */
export function withServices(plan: Plan, change: (service: Service) => Service): Plan {
  return { ...plan, workload: { ...plan.workload, services: plan.workload.services.map(change) } };
}

export function withTaskDefinitions(plan: Plan, change: (task: TaskDefinition) => TaskDefinition): Plan {
  return withServices(plan, (service) => ({ ...service, taskDefinition: change(service.taskDefinition) }));
}

/** The same plan with everything on one launch type run on another. */
export function withLaunchType(plan: Plan, from: string, to: string): Plan {
  const assignments = plan.assignments.map((on) => (on.launchType === from ? { ...on, launchType: to } : on));
  return { ...plan, assignments };
}

/** "web, api and 3 more": names in a sentence. */
export function named(names: readonly string[], most = 4): string {
  const distinct = [...new Set(names)];
  return distinct.length > most
    ? `${distinct.slice(0, most).join(", ")} and ${distinct.length - most} more`
    : distinct.join(", ");
}
