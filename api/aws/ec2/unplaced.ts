import type { Refusal, Unplaced } from "../../core/model/placement-rules.ts";
import type { Problem } from "../../core/model/problem.ts";

/** Tasks that ECS would leave pending, in the words of its service events. Path: of the service. */
export function unplacedProblem(unplaced: Unplaced, path: string): Problem {
  const { service, count, closest } = unplaced;
  const tasks = count === 1 ? "a task" : `${count.toLocaleString("en-US")} tasks`;
  const reason =
    closest === null
      ? "no container instances were found in the cluster"
      : `no container instance met all of its requirements. The closest matching instance (${closest.host.type} in ${closest.host.zone}) ${closest.refusals.map(wordsOf).join(" and ")}`;
  const ways = "Make the task smaller, loosen its constraints or add instances.";
  const message = `(service ${service}) was unable to place ${tasks} because ${reason}. ${ways}`;
  return { code: "task_not_placed", path, message };
}

/** Resources that ECS names in words; it puts the others as RESOURCE:NAME. */
const resourceWords: Record<string, string> = {
  cpu: "has insufficient CPU units available",
  memory: "has insufficient memory available",
  gpu: "has too few GPUs available (RESOURCE:GPU)",
  "network-interface": "has no network interface left for it (RESOURCE:ENI)",
  "host-port": "has too few host ports left for it (RESOURCE:PORTS)",
};

function wordsOf({ because, name }: Refusal): string {
  switch (because) {
    case "resource":
      return resourceWords[name] ?? `has insufficient ${name} available`;
    case "exclusive":
      return `is already using a port required by the task (${name})`;
    case "kind":
      return `is of an architecture (${name}) that the task does not run on`;
    case "provider":
      return `is not of the capacity provider ${name}`;
    case "attribute":
      return `is missing an attribute required by the task (${name})`;
    case "constraint":
      return "does not satisfy a memberOf placement constraint";
    case "distinct":
      return "does not satisfy the distinctInstance placement constraint";
  }
}
