import type { Admission, Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { Resources } from "../../core/model/placement.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { Architecture, Service, TaskDefinition } from "../../core/model/workload.ts";
import { unknowables } from "../cluster-query/specialise.ts";
import { reservation } from "../ecs-reservation.ts";
import { readRankings } from "../placement-strategies/catalogue.ts";
import { generalRefusals, missingExecutionRole, refusal } from "../task-rules.ts";
import { constraintsOn, customAttributes, plannedAttributes } from "./placeable.ts";
import { defaultReservedPorts } from "./reserved-ports.ts";

/** Would ECS place the service's tasks on EC2 instances, and what does each take there? */
export function admitToEc2(service: Service, context: Context): Admission {
  const task = service.taskDefinition;
  const reserved = reservation(task);
  const ports = fixedHostPorts(task);
  const resources: Resources = {
    cpu: reserved.cpuUnits,
    memory: reserved.memoryMiB,
    ...(reserved.gpus > 0 && { gpu: reserved.gpus }),
    ...(task.networkMode === "awsvpc" && { "network-interface": 1 }),
    ...(ports.length > 0 && { "host-port": ports.length }),
    ...(service.localDiskGiB > 0 && { "local-disk": service.localDiskGiB }),
  };
  const distinct = service.placementConstraints.some((constraint) => constraint.type === "distinctInstance");
  return {
    problems: [
      ...generalRefusals(service),
      ...sizeRefusals(task, context),
      ...portRefusals(task, ports, context),
      ...constraintRefusals(service, context),
      ...strategyRefusals(service),
    ],
    mendable: missingExecutionRole(task, ["secrets"]),
    demand: {
      resources,
      exclusive: [...ports, ...(distinct ? [`service ${service.name}`] : [])],
      kinds: architecturesOf(service),
    },
  };
}

/** That the service's tasks run on: as the user says, else the task definition. */
export function architecturesOf({ architectures, taskDefinition }: Service): readonly Architecture[] {
  return architectures.length > 0 ? architectures : [taskDefinition.architecture];
}

/** `tcp/80`: host ports a task claims for itself. awsvpc tasks claim none; in host mode the container port is the host port. */
export function fixedHostPorts(task: TaskDefinition): string[] {
  if (task.networkMode === "awsvpc" || task.networkMode === "none") return [];
  const ports = task.containers.flatMap((container) =>
    container.portMappings.flatMap(({ hostPort, containerPort, protocol }) => {
      const port = task.networkMode === "host" ? hostPort || containerPort : hostPort;
      return port ? [`${protocol}/${port}`] : [];
    }),
  );
  return ports;
}

function sizeRefusals(task: TaskDefinition, { book }: Context): Problem[] {
  if (task.operatingSystem === "windows") {
    const path = fieldPath(task.path, "runtimePlatform.operatingSystemFamily");
    return [
      refusal(
        "windows_price_missing",
        path,
        `${task.id} runs on Windows, and the price snapshot has no Windows EC2 prices. Compare it on Fargate, or load prices for it.`,
      ),
    ];
  }
  return taskSizeRefusals(task, { book });
}

/** Whatever machine it is. */
export function taskSizeRefusals(task: TaskDefinition, { book }: Pick<Context, "book">): Problem[] {
  const problems: Problem[] = [];
  const min = limitOf(book, "ecs/ec2-task-cpu/min-units");
  const max = limitOf(book, "ecs/ec2-task-cpu/max-units");
  if (task.cpuUnits !== null && (task.cpuUnits < min || task.cpuUnits > max)) {
    const message = `The cpu of ${task.id} is ${task.cpuUnits} CPU units; on EC2 ECS accepts ${min} to ${max}.`;
    problems.push(refusal("task_cpu_out_of_range", fieldPath(task.path, "cpu"), message));
  }
  if (task.memoryMiB !== null && task.memoryMiB > 0) return problems;
  for (const container of task.containers) {
    if (container.memoryMiB || container.memoryReservationMiB) continue;
    const message = `Container ${container.name} sets neither memory nor memoryReservation, and the task sets no memory. ECS wants at least one of them on EC2.`;
    problems.push(refusal("container_memory_missing", fieldPath(container.path, "memory"), message));
  }
  return problems;
}

function portRefusals(task: TaskDefinition, ports: readonly string[], { book }: Context): Problem[] {
  const path = fieldPath(task.path, "containerDefinitions");
  const twice = ports.filter((port, at) => ports.indexOf(port) !== at);
  const taken = ports.filter((port) => defaultReservedPorts(book).some((reserved) => port === `tcp/${reserved}`));
  const most = limitOf(book, "ecs/host-ports-per-instance") - defaultReservedPorts(book).length;
  return [
    ...twice.map((port) =>
      refusal(
        "host_port_twice",
        path,
        `${task.id} claims host port ${port} more than once. Leave hostPort out or change one.`,
      ),
    ),
    ...taken.map((port) =>
      refusal(
        "host_port_reserved",
        path,
        `${task.id} claims host port ${port}, which the ECS agent reserves on every instance. Choose another.`,
      ),
    ),
    ...(ports.length > most
      ? [
          refusal(
            "host_ports_too_many",
            path,
            `${task.id} claims ${ports.length} host ports; an instance has ${most} left of its 100. Use dynamic ports (hostPort 0).`,
          ),
        ]
      : []),
  ];
}

/** What a constraint asks of an instance that nobody can know before it runs must not be guessed: it can change the fleet. */
function constraintRefusals(service: Service, context: Context): Problem[] {
  const host = { type: "", kind: service.taskDefinition.architecture, zone: "", provider: null };
  const attributes = plannedAttributes(host, context);
  const known = { ...attributes, absent: new Set([...attributes.absent, ...customAttributes(context.settings)]) };
  const names = constraintsOn(service).flatMap((expression) => unknowables(expression, known));
  return [...new Set(names)].map((name) => {
    const message = `A placement constraint of ${service.name} asks for ${name}, which cannot be known of instances that are only planned. Leave it out, or describe the capacity with its attributes in cluster.capacityProviders.`;
    return refusal("placement_constraint_unknowable", fieldPath(service.path, "placementConstraints"), message);
  });
}

function strategyRefusals(service: Service): Problem[] {
  const read = readRankings(service.placementStrategy, fieldPath(service.path, "placementStrategy"));
  return read.ok ? [] : [...read.problems];
}
