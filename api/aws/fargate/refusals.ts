import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { Architecture, Container, Service, TaskDefinition } from "../../core/model/workload.ts";
import { refusal } from "../task-rules.ts";

/** One rule: the field it is about, and what is wrong with the value, or null. */
interface Rule<Thing> {
  readonly code: string;
  readonly field: string;
  readonly wrong: (thing: Thing) => string | null;
}

const taskRules: readonly Rule<TaskDefinition>[] = [
  {
    code: "network_mode_unsupported",
    field: "networkMode",
    wrong: ({ id, networkMode }) => {
      if (networkMode === "awsvpc") return null;
      const said = networkMode === null ? "no network mode (bridge, then)" : `network mode ${networkMode}`;
      return `Fargate runs network mode awsvpc only; ${id} has ${said}. Set networkMode to awsvpc.`;
    },
  },
  {
    code: "pid_mode_unsupported",
    field: "pidMode",
    wrong: ({ id, pidMode }) =>
      pidMode === null || pidMode === "task"
        ? null
        : `Fargate supports pidMode task only; ${id} has ${pidMode}. Remove it or set task.`,
  },
  {
    code: "ipc_mode_unsupported",
    field: "ipcMode",
    wrong: ({ id, ipcMode }) =>
      ipcMode === null ? null : `Fargate supports no ipcMode; ${id} has ${ipcMode}. Remove it.`,
  },
  {
    code: "accelerator_unsupported",
    field: "inferenceAccelerators",
    wrong: ({ id, inferenceAccelerators }) =>
      inferenceAccelerators === 0 ? null : `Fargate has no inference accelerators; ${id} asks for some. Remove them.`,
  },
  {
    code: "placement_constraint_unsupported",
    field: "placementConstraints",
    wrong: ({ id, placementConstraints }) =>
      placementConstraints.length === 0 ? null : `Fargate takes no placement constraints; ${id} has some. Remove them.`,
  },
];

const fargateLogDrivers = ["awslogs", "splunk", "awsfirelens"];
const linuxParametersElsewhere = ["devices", "sharedMemorySize", "maxSwap", "swappiness", "tmpfs"];

const containerRules: readonly Rule<Container>[] = [
  {
    code: "privileged_unsupported",
    field: "privileged",
    wrong: ({ name, privileged }) =>
      privileged ? `Container ${name} is privileged, which Fargate does not allow. Remove it or run on EC2.` : null,
  },
  {
    code: "gpu_unsupported",
    field: "resourceRequirements",
    wrong: ({ name, gpus }) =>
      gpus > 0 ? `Container ${name} asks for ${gpus} GPU, and Fargate has none. Run it on EC2.` : null,
  },
  {
    code: "links_unsupported",
    field: "links",
    wrong: ({ name, links }) =>
      links > 0
        ? `Container ${name} uses links, for bridge mode only. On Fargate a task's containers share localhost.`
        : null,
  },
  {
    code: "log_driver_unsupported",
    field: "logConfiguration.logDriver",
    wrong: ({ name, logDriver }) =>
      logDriver === null || fargateLogDrivers.includes(logDriver)
        ? null
        : `Container ${name} logs with ${logDriver}; Fargate has ${fargateLogDrivers.join(", ")}. Choose one of them.`,
  },
  {
    code: "linux_parameters_unsupported",
    field: "linuxParameters",
    wrong: ({ name, linuxParameters }) => {
      const used = linuxParameters.filter((parameter) => linuxParametersElsewhere.includes(parameter));
      return used.length === 0
        ? null
        : `Container ${name} sets ${used.join(", ")} in linuxParameters, which Fargate does not support. Remove them.`;
    },
  },
  {
    code: "security_options_unsupported",
    field: "dockerSecurityOptions",
    wrong: ({ name, dockerSecurityOptions }) =>
      dockerSecurityOptions
        ? `Container ${name} sets dockerSecurityOptions, which Fargate does not support. Remove them.`
        : null,
  },
];

/**
 * Why a task cannot run on Fargate, and the way out of each. Sizes and roles are told apart: see admit.
 * Source: botocore@0e6e240 ecs/2014-11-13; awsdocs/amazon-ecs-developer-guide 2023-06 AWS_Fargate.md, fargate-task-storage.md.
 */
export function fargateRefusals(service: Service, architecture: Architecture, context: Context): Problem[] {
  const task = service.taskDefinition;
  return [
    ...broken(taskRules, task),
    ...windowsRefusals(task, architecture),
    ...storageRefusals(service, context),
    ...serviceRefusals(service),
    ...task.containers.flatMap((container) => broken(containerRules, container)),
    ...task.containers.flatMap((container) => stopRefusals(container, context)),
  ];
}

function broken<Thing extends { readonly path: string }>(rules: readonly Rule<Thing>[], thing: Thing): Problem[] {
  return rules.flatMap(({ code, field, wrong }) => {
    const message = wrong(thing);
    return message === null ? [] : [refusal(code, fieldPath(thing.path, field), message)];
  });
}

function windowsRefusals(task: TaskDefinition, architecture: Architecture): Problem[] {
  if (task.operatingSystem !== "windows") return [];
  const path = fieldPath(task.path, "runtimePlatform.cpuArchitecture");
  const message = `Windows on Fargate is X86_64 only; ${task.id} asks for ARM64.`;
  const ulimits = task.containers.filter((container) => container.hasUlimits);
  return [
    ...(architecture === "arm64" ? [refusal("architecture_unsupported", path, message)] : []),
    ...ulimits.map(({ name, path: at }) => {
      const said = `Container ${name} sets ulimits, which Windows on Fargate does not support. Remove them.`;
      return refusal("ulimits_unsupported", fieldPath(at, "ulimits"), said);
    }),
  ];
}

function serviceRefusals(service: Service): Problem[] {
  const problems: Problem[] = [];
  if (service.daemon) {
    const message = `${service.name} is a DAEMON service (one task per instance), and Fargate has no instances. Make it a sidecar or a REPLICA service.`;
    problems.push(refusal("daemon_unsupported", fieldPath(service.path, "schedulingStrategy"), message));
  }
  if (service.placementConstraints.length + service.placementStrategy.length > 0) {
    const field = service.placementConstraints.length > 0 ? "placementConstraints" : "placementStrategy";
    const message = `Fargate takes neither placement constraints nor strategies; ${service.name} has some. Remove them (Fargate spreads over zones by itself).`;
    problems.push(refusal("placement_unsupported", fieldPath(service.path, field), message));
  }
  if (service.volumeAtLaunch?.type === "standard") {
    const message = `The volume that ${service.name} is given at launch is of type standard, which Fargate does not attach. Choose gp3.`;
    problems.push(refusal("volume_type_unsupported", fieldPath(service.path, "volumeConfigurations"), message));
  }
  return problems;
}

const volumesElsewhere: Record<string, string> = {
  host: "a host path (host.sourcePath)",
  docker: "a Docker volume (dockerVolumeConfiguration)",
  "fsx-windows": "FSx for Windows File Server",
};

function storageRefusals({ taskDefinition: task, localDiskGiB, name, path }: Service, { book }: Context): Problem[] {
  const problems = task.volumes.flatMap((volume) => {
    const kind = volumesElsewhere[volume.kind];
    if (kind === undefined) return [];
    const message = `Volume ${volume.name} is ${kind}, which Fargate does not have. Use EFS, a managed EBS volume or the task's own storage.`;
    return [refusal("volume_unsupported", fieldPath(task.path, "volumes"), message)];
  });
  const size = task.ephemeralStorageGiB;
  const min = limitOf(book, "fargate/ephemeral-storage/min-gib");
  const max = limitOf(book, "fargate/ephemeral-storage/max-gib");
  if (size !== null && (size < min || size > max)) {
    const message = `ephemeralStorage.sizeInGiB of ${task.id} is ${size}; ECS accepts ${min} to ${max}. Leave it out for the included 20 GiB.`;
    problems.push(refusal("ephemeral_storage_size", fieldPath(task.path, "ephemeralStorage.sizeInGiB"), message));
  }
  const disk = size ?? limitOf(book, "fargate/ephemeral-storage/included-gib");
  if (localDiskGiB > disk) {
    const message = `Bind mounts of ${name} may fill ${localDiskGiB} GiB (localDiskGiB), and on Fargate its tasks have ${disk} GiB of ephemeral storage. Raise ephemeralStorage.sizeInGiB.`;
    problems.push(refusal("ephemeral_storage_full", fieldPath(path, "localDiskGiB"), message));
  }
  return problems;
}

function stopRefusals({ name, path, stopTimeoutSeconds }: Container, { book }: Context): Problem[] {
  const max = limitOf(book, "fargate/stop-timeout/max-seconds");
  if (stopTimeoutSeconds === null || stopTimeoutSeconds <= max) return [];
  const message = `Container ${name} has a stopTimeout of ${stopTimeoutSeconds} s; Fargate allows ${max}. Shorten it.`;
  return [refusal("stop_timeout_too_long", fieldPath(path, "stopTimeout"), message)];
}
