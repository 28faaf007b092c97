import type { HostType } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import type { ServiceTask } from "../model/placement-rules.ts";
import type { Problem } from "../model/problem.ts";
import { daemonTasks } from "./stages.ts";

/** Why no type holds all tasks: the first service that none holds, and what would; or that none holds one of each. */
export function nothingHolds(request: PlacementRequest): Problem {
  const services = [...new Set(request.lives.map(({ service }) => service))];
  const tasks = services.flatMap((service) => request.tasks.get(service) ?? []);
  const alone = tasks.find((task) => !request.hostTypes.some((type) => takes(type, task, request)));
  return {
    code: "no_instance_type",
    path: "",
    message:
      request.hostTypes.length === 0
        ? noneIsPriced(request)
        : alone !== undefined
          ? noneHolds(alone, request)
          : `No one instance type holds a task of each service (${named(services)}). Allow more types under cluster, or compare the services apart.`,
  };
}

function noneIsPriced({ allHostTypes }: PlacementRequest): string {
  return allHostTypes().length === 0
    ? "There are no rates of this purchase option for the region in these prices: load them (npm run prices -- refresh), or choose another option."
    : "No instance type with a price is left to choose from: allow more types under cluster (instanceTypes, excludedInstanceTypes, instanceRequirements, allow), or choose another region.";
}

function noneHolds(task: ServiceTask, request: PlacementRequest): string {
  const wants = Object.entries(task.demand.resources).map(([name, amount]) => `${amount} ${name}`);
  const what = `one task of ${task.service} (${wants.join(", ")})`;
  const elsewhere = request.allHostTypes().filter((type) => takes(type, task, request));
  const cheapest = elsewhere.reduce<HostType | null>(
    (best, type) => (best === null || type.costPerHour.lt(best.costPerHour) ? type : best),
    null,
  );
  const allow =
    cheapest === null
      ? "No type of the region does"
      : `${cheapest.name} is the cheapest that would: allow it under cluster (instanceTypes, allow)`;
  const roomy = request.hostTypes.filter((type) => hasRoom(type, task, request));
  return roomy.length > 0
    ? `The placement constraints of ${task.service} (${task.constraints.join("; ")}) exclude every instance type that holds ${what}, ${roomy.length} of them. ${allow}, or change the constraints.`
    : `No instance type holds ${what}, daemons included. ${allow}, or make the task smaller.`;
}

function takes(type: HostType, task: ServiceTask, request: PlacementRequest): boolean {
  return (
    hasRoom(type, task, request) && request.zones.some((zone) => task.allowsHost(request.hostOf(type, zone, null)))
  );
}

function hasRoom(type: HostType, task: ServiceTask, request: PlacementRequest): boolean {
  if (!task.demand.kinds.includes(type.kind)) return false;
  const beside = daemonTasks(request).filter(({ demand }) => demand.kinds.includes(type.kind));
  return Object.entries(task.demand.resources).every(([name, amount]) => {
    const taken = beside.reduce((sum, { demand }) => sum + (demand.resources[name] ?? 0), 0);
    return amount === 0 || amount + taken <= (type.capacity[name] ?? 0);
  });
}

function named(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(", ")} and ${names.length - 4} more` : names.join(", ");
}
