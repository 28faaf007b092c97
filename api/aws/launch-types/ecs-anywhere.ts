import type { Admission, Context, TaskBilledLaunchType, WhatIf } from "../../core/model/launch-type.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { Service } from "../../core/model/workload.ts";
import { architecturesOf, taskSizeRefusals } from "../ec2/admit.ts";
import { reservation } from "../ecs-reservation.ts";
import { generalRefusals, missingExecutionRole, refusal } from "../task-rules.ts";
import { scalingWhatIfs } from "../what-ifs/scaling.ts";

const machinesLeftOut: WhatIf = {
  code: "external_machines",
  text: () =>
    "Your own machines, their power, room and upkeep are not counted, nor whether the tasks fit on them: AWS bills only that they are registered. Images that they pull from ECR go out to the internet: give them as internetGB.",
  without: () => null,
};

const freeHoursKept: WhatIf = {
  code: "external_free_hours",
  text: () =>
    "Free instance-hours of an account's first months with ECS Anywhere (2,200 a month for six months by the price list of 2022) are not taken off.",
  without: () => null,
};

/** ECS on the user's own machines: tasks cost nothing, each machine costs by the hour that it is registered (an add-on: it is shared). */
export const ecsAnywhere: TaskBilledLaunchType = {
  id: "ecs-anywhere",
  launchType: "ecs-anywhere",
  purchaseOption: "on-demand",
  label: "ECS Anywhere",
  reference: "https://aws.amazon.com/ecs/anywhere/pricing/",
  byDefault: false,
  inMixes: false,
  leavesOut: "the machines themselves",
  billedBy: "task",
  admit,
  meterTasks: () => [],
  whatIfs: [...scalingWhatIfs, machinesLeftOut, freeHoursKept],
  example: {
    id: "ANYWHERE-1",
    source:
      "arithmetic of this project at the price of aws.amazon.com/ecs/pricing (seen 2026-09-20): no published example",
    given: "three machines of one's own registered for 730 hours at $0.01025",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      services: [{ serviceName: "one", taskDefinition: "one", desiredCount: 9, launchType: "EXTERNAL" }],
      usage: { cluster: { externalInstances: 3 } },
    },
    option: "as-configured",
    unitPrices: {},
    lines: { "ecs-anywhere/instance": "22.45" },
  },
};

function admit(service: Service, context: Context): Admission {
  const task = service.taskDefinition;
  const { cpuUnits, memoryMiB, gpus } = reservation(task);
  return {
    problems: [...generalRefusals(service), ...taskSizeRefusals(task, context), ...refusals(service)],
    mendable: missingExecutionRole(task, ["images", "logs", "secrets"]),
    demand: {
      resources: { cpu: cpuUnits, memory: memoryMiB, ...(gpus > 0 && { gpu: gpus }) },
      exclusive: [],
      kinds: architecturesOf(service),
    },
  };
}

/** Source: awsdocs/amazon-ecs-developer-guide@024df00 doc_source/ecs-anywhere.md (considerations); volumes: botocore@0e6e240 ecs 2014-11-13. */
function refusals(service: Service): Problem[] {
  const { taskDefinition: task, name, path } = service;
  const problems: Problem[] = [];
  if (task.networkMode === "awsvpc") {
    const message = `${task.id} has network mode awsvpc, which external instances do not have. Set networkMode to bridge, host or none.`;
    problems.push(refusal("network_mode_unsupported", fieldPath(task.path, "networkMode"), message));
  }
  if (service.loadBalancers.length > 0) {
    const message = `${name} is behind a load balancer, which ECS does not put before external instances. Run it elsewhere, or without loadBalancers.`;
    problems.push(refusal("load_balancer_unsupported", fieldPath(path, "loadBalancers"), message));
  }
  const efs = task.volumes.find(({ kind }) => kind === "efs");
  if (efs !== undefined) {
    const message = `Volume ${efs.name} of ${task.id} is an EFS file system, which external instances cannot mount. Use a bind mount.`;
    problems.push(refusal("volume_unsupported", fieldPath(task.path, "volumes"), message));
  }
  if (service.volumeAtLaunch !== null) {
    const message = `${name} gives its tasks EBS volumes, which external instances cannot attach. Remove volumeConfigurations.`;
    problems.push(refusal("volume_unsupported", fieldPath(path, "volumeConfigurations"), message));
  }
  return problems;
}
