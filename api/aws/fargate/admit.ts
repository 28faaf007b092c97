import type { Admission, Context } from "../../core/model/launch-type.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { Architecture, Service, TaskDefinition } from "../../core/model/workload.ts";
import { generalRefusals, missingExecutionRole, refusal } from "../task-rules.ts";
import { fargateRefusals } from "./refusals.ts";
import { cheapestSize, type FargateSize, isAcceptedSize, neededSize, skuPrefix } from "./size.ts";

/** Would Fargate run the service's tasks, and at which billed size? A size ECS does not have is mended by the cheapest it has. */
export function admitToFargate(service: Service, context: Context, launchType: string): Admission {
  const task = service.taskDefinition;
  const needed = neededSize(task);
  const { architecture, size } = cheapestRun(service, needed, { context, launchType });
  const problems = [...generalRefusals(service), ...fargateRefusals(service, architecture, context)];
  const accepted = isAcceptedSize({ cpuUnits: task.cpuUnits ?? 0, memoryMiB: task.memoryMiB ?? 0 }, task, context);
  if (size === null) problems.push(tooLarge(task, needed));
  return {
    problems,
    mendable: [
      ...(accepted || size === null ? [] : [sizeNotAccepted(task, size)]),
      ...missingExecutionRole(task, ["images", "logs", "secrets"]),
    ],
    demand: demandOf(task, architecture, context.settings.taskSizes === "as-written" ? needed : (size ?? needed)),
  };
}

function demandOf(task: TaskDefinition, architecture: Architecture, size: FargateSize) {
  const storage = task.ephemeralStorageGiB === null ? {} : { "ephemeral-storage": task.ephemeralStorageGiB };
  return {
    resources: { cpu: size.cpuUnits, memory: size.memoryMiB, ...storage },
    exclusive: [],
    kinds: [architecture],
  };
}

/** Where the image runs on more than one architecture, the one on which the task's size is cheapest. */
function cheapestRun(
  service: Service,
  needed: FargateSize,
  given: { context: Context; launchType: string },
): { architecture: Architecture; size: FargateSize | null } {
  const task = service.taskDefinition;
  const architectures = service.architectures.length > 0 ? service.architectures : [task.architecture];
  const runs = architectures.map((architecture) => {
    const prefix = skuPrefix(given.launchType, task, architecture);
    const size = cheapestSize(needed, task, { context: given.context, skuPrefix: prefix });
    const price = (meter: string) => given.context.book.prices.get(`${prefix}/${meter}`)?.[0]?.unitPrice;
    const cpu = price("vcpu")?.times(size?.cpuUnits ?? 0);
    const cost = cpu?.plus(price("memory")?.times(size?.memoryMiB ?? 0) ?? 0) ?? null;
    return { architecture, size, cost };
  });
  const priced = runs.filter((run) => run.cost !== null);
  const cheapest = (priced.length > 0 ? priced : runs).reduce((best, run) =>
    best.cost && run.cost?.lt(best.cost) ? run : best,
  );
  return cheapest;
}

function sizeNotAccepted(task: TaskDefinition, size: FargateSize): Problem {
  const nearest = `The cheapest size that holds it is ${size.cpuUnits} CPU units and ${size.memoryMiB} MiB.`;
  if (task.cpuUnits === null || task.memoryMiB === null) {
    const missing = [task.cpuUnits === null && "cpu", task.memoryMiB === null && "memory"]
      .filter(Boolean)
      .join(" and ");
    const field = task.cpuUnits === null ? "cpu" : "memory";
    const message = `Fargate requires ${missing} at the task level; ${task.id} leaves ${missing === "cpu and memory" ? "them" : "it"} out. ${nearest}`;
    return refusal("fargate_size_missing", fieldPath(task.path, field), message);
  }
  const message = `Fargate has no size of ${task.cpuUnits} CPU units with ${task.memoryMiB} MiB (${task.id}${task.operatingSystem === "windows" ? ", Windows" : ""}). ${nearest}`;
  return refusal("fargate_size_unknown", fieldPath(task.path, "cpu"), message);
}

function tooLarge(task: TaskDefinition, needed: FargateSize): Problem {
  const message = `${task.id} needs ${needed.cpuUnits} CPU units and ${needed.memoryMiB} MiB, more than any Fargate size${task.operatingSystem === "windows" ? " for Windows" : ""}. Split the task or run it on EC2.`;
  return refusal("fargate_size_too_large", fieldPath(task.path, "cpu"), message);
}
