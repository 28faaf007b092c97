import { fieldPath, type Problem } from "../core/model/problem.ts";
import type { Container, Service, TaskDefinition } from "../core/model/workload.ts";

/**
 * What ECS refuses whatever the launch type.
 * Source: botocore@0e6e240 ecs/2014-11-13 (ContainerDefinition, PortMapping, RegisterTaskDefinition), aws/aws-cli#4453, pulumi/pulumi-awsx#1220.
 */
export function generalRefusals(service: Service): Problem[] {
  const task = service.taskDefinition;
  return [
    ...(task.containers.some((container) => container.essential) ? [] : [noEssentialContainer(task)]),
    ...task.containers.flatMap((container) => containerRefusals(task, container)),
    ...sumRefusals(task),
    ...task.containers.flatMap((container) => portRefusals(task, container)),
    ...(service.daemon && service.volumeAtLaunch !== null ? [daemonVolume(service)] : []),
    ...claimRefusals(service),
  ];
}

/** A role that ECS wants before it registers or starts the task; it costs nothing, so the price does not wait for it. */
export function missingExecutionRole(
  task: TaskDefinition,
  needs: readonly ("images" | "logs" | "secrets")[],
): Problem[] {
  if (task.hasExecutionRole) return [];
  const why = [
    needs.includes("images") && task.containers.some((container) => isPrivateEcr(container.image)) && "ECR images",
    needs.includes("logs") &&
      task.containers.some((container) => container.logDriver === "awslogs") &&
      "the awslogs driver",
    needs.includes("secrets") && task.containers.some((container) => container.secrets.length > 0) && "secrets",
    needs.includes("secrets") &&
      task.containers.some((container) => container.environmentFiles > 0) &&
      "environment files",
  ].filter((reason) => typeof reason === "string");
  if (why.length === 0) return [];
  const message = `${task.id} needs an executionRoleArn for ${why.join(", ")}. Add one; it costs nothing, so the price is the same.`;
  return [{ code: "execution_role_missing", path: fieldPath(task.path, "executionRoleArn"), message }];
}

export function refusal(code: string, path: string, message: string): Problem {
  return { code, path, message };
}

/** Source: botocore@0e6e240 ecs/2014-11-13, CreateServiceRequest volumeConfigurations. */
function daemonVolume({ name, path }: Service): Problem {
  const message = `${name} is a DAEMON service, and ECS gives volumes at launch to REPLICA services only. Remove volumeConfigurations or make it one.`;
  return refusal("volume_unsupported", fieldPath(path, "volumeConfigurations"), message);
}

/** What pods claim, as volumes of tasks. Source: botocore ecs 2014-11-13, TaskDefinition volumes: one that is configured at launch, the most. */
function claimRefusals({ name, path, tasks, claims = [] }: Service): Problem[] {
  const volumes = claims.filter(({ volume }) => volume !== null);
  const shared = volumes.filter(({ kept, manyNodes }) => manyNodes || (kept === "for all" && tasks > 1));
  const problems = shared.map((claim) => {
    const message = `The tasks of ${name} share ${claim.name}, a block volume, and ECS gives each task one of its own. Claim a file system (EFS).`;
    return refusal("volume_unsupported", claim.path, message);
  });
  if (volumes.length < 2) return problems;
  const message = `${name} claims ${volumes.length} block volumes for each task, and ECS gives a task one. Use EFS for the others.`;
  return [...problems, refusal("volume_unsupported", path, message)];
}

function noEssentialContainer(task: TaskDefinition): Problem {
  const path = fieldPath(task.path, "containerDefinitions");
  return refusal("no_essential_container", path, `${task.id} has no essential container; ECS wants at least one.`);
}

function containerRefusals(task: TaskDefinition, container: Container): Problem[] {
  const { memoryMiB, memoryReservationMiB } = container;
  const problems: Problem[] = [];
  if (task.memoryMiB !== null && memoryMiB !== null && memoryMiB > task.memoryMiB && task.operatingSystem === "linux") {
    const message = `The memory of container ${container.name} (${memoryMiB} MiB) is greater than the task's (${task.memoryMiB} MiB). Raise the task's or lower the container's.`;
    problems.push(refusal("container_memory_over_task", fieldPath(container.path, "memory"), message));
  }
  if (memoryMiB && memoryReservationMiB && memoryReservationMiB > memoryMiB) {
    const message = `Container ${container.name} reserves ${memoryReservationMiB} MiB (memoryReservation), more than its limit of ${memoryMiB} MiB (memory).`;
    problems.push(refusal("reservation_over_limit", fieldPath(container.path, "memoryReservation"), message));
  }
  return problems;
}

function sumRefusals(task: TaskDefinition): Problem[] {
  if (task.operatingSystem === "windows") return [];
  const cpu = task.containers.reduce((sum, container) => sum + (container.cpuUnits ?? 0), 0);
  const memory = task.containers.reduce(
    (sum, container) => sum + (container.memoryReservationMiB ?? (container.memoryMiB || 0)),
    0,
  );
  const problems: Problem[] = [];
  if (task.cpuUnits !== null && cpu > task.cpuUnits) {
    const message = `The containers of ${task.id} ask for ${cpu} CPU units together, the task for ${task.cpuUnits}. Raise the task's cpu.`;
    problems.push(refusal("container_cpu_over_task", fieldPath(task.path, "cpu"), message));
  }
  const { memoryMiB } = task;
  // A container larger than its task is told by itself.
  const isTold = task.containers.some((container) => memoryMiB !== null && (container.memoryMiB ?? 0) > memoryMiB);
  if (memoryMiB !== null && memory > memoryMiB && !isTold) {
    const message = `The containers of ${task.id} reserve ${memory} MiB together, the task ${memoryMiB}. Raise the task's memory.`;
    problems.push(refusal("container_memory_over_task", fieldPath(task.path, "memory"), message));
  }
  return problems;
}

function portRefusals(task: TaskDefinition, container: Container): Problem[] {
  const path = fieldPath(container.path, "portMappings");
  if (task.networkMode === "none" && container.portMappings.length > 0) {
    const message = `Container ${container.name} maps ports, which network mode none does not allow. Remove portMappings or choose another mode.`;
    return [refusal("ports_without_network", path, message)];
  }
  if (task.networkMode !== "awsvpc" && task.networkMode !== "host") return [];
  return container.portMappings
    .filter(({ hostPort, containerPort }) => hostPort && containerPort !== null && hostPort !== containerPort)
    .map(({ hostPort, containerPort }) => {
      const message = `Container ${container.name} maps host port ${hostPort} to container port ${containerPort}; with network mode ${task.networkMode} they must be the same. Leave hostPort out.`;
      return refusal("host_port_differs", path, message);
    });
}

/** An image in a private ECR registry: `<account>.dkr.ecr.<region>.amazonaws.com/…`, whatever stands for account and region. */
function isPrivateEcr(image: string | null): boolean {
  return image !== null && /\.dkr\.ecr\./.test(image);
}
