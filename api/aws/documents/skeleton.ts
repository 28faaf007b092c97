import { isEmpty, isObject } from "../../core/model/field.ts";
import type { Problem } from "../../core/model/problem.ts";

/** What `aws ecs register-task-definition --generate-cli-skeleton` prints: every field there, none filled in. */
export function isTaskDefinitionSkeleton(value: Readonly<Record<string, unknown>>): boolean {
  const containers = value.containerDefinitions;
  if (!isEmpty(value.family) || !("family" in value) || !Array.isArray(containers)) return false;
  return containers.every((container) => isObject(container) && isEmpty(container.name) && isEmpty(container.image));
}

/** What `aws ecs create-service --generate-cli-skeleton` prints. */
export function isServiceSkeleton(value: Readonly<Record<string, unknown>>): boolean {
  return (
    "serviceName" in value && isEmpty(value.serviceName) && "taskDefinition" in value && isEmpty(value.taskDefinition)
  );
}

export function skeletonProblem(path: string, command: string): Problem {
  const message = `This is the empty form that aws ecs ${command} --generate-cli-skeleton prints: fill it in first.`;
  return { code: "cli_skeleton", path, message };
}
