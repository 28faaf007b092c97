import { type AddOn, amountOf, type RunningTasks, type UsageInput } from "../../core/model/add-on.ts";
import { fraction, multiply } from "../../core/model/fraction.ts";
import type { InstanceLife } from "../../core/model/placement.ts";
import type { Usage } from "../../core/model/usage.ts";
import { runsOnOwnMachines } from "../own-machines.ts";

const perInstance: UsageInput = {
  name: "publicIpv4PerInstance",
  of: "cluster",
  unit: "a number of addresses",
  max: 8,
  default: 0,
  text: "Instances are taken to be in private subnets, without public IPv4 addresses (usage.cluster.publicIpv4PerInstance). Effect: against one address each.",
  against: 1,
};

/** Public IPv4 addresses in use: one of each Fargate task with assignPublicIp, for its life, and those of instances. */
export const publicIpv4AddOn: AddOn = {
  id: "public-ipv4",
  label: "Public IPv4 addresses",
  reference: "https://aws.amazon.com/vpc/pricing/",
  inputs: [perInstance],
  meterInstances: (life, context) => [ofInstances(life, amountOf(context, perInstance))],
  // A task's own interface on an instance never has a public address (ECS developer guide, task-networking-awsvpc).
  meterAll: ({ running }) =>
    running
      .filter(({ launchType }) => launchType.billedBy === "task" && !runsOnOwnMachines(launchType))
      .flatMap(({ tasks }) => tasks.filter(({ task }) => task.service.assignPublicIp).map(ofTasks)),
  example: {
    id: "CALC-IP-1",
    source: "AWS Pricing Calculator transcript (25270924266)",
    given: "one public IPv4 address in use for 730 hours",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        { family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "one" }] },
      ],
      services: [
        {
          ...{ serviceName: "one", taskDefinition: "one", desiredCount: 1 },
          networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "ENABLED" } },
        },
      ],
    },
    option: "fargate",
    unitPrices: {},
    lines: { "public-ipv4/in-use": "3.65" },
  },
};

function ofTasks({ life, task, share }: RunningTasks): Usage {
  const seconds = fraction(BigInt(life.count) * BigInt(life.endSeconds - life.startSeconds));
  return usage(task.service.name, multiply(seconds, share), life);
}

function ofInstances(life: InstanceLife, each: number): Usage {
  return usage(
    null,
    fraction(BigInt(life.count * Math.round(each)) * BigInt(life.endSeconds - life.startSeconds)),
    life,
  );
}

function usage(
  service: string | null,
  quantity: Usage["quantity"],
  { startSeconds, endSeconds }: Pick<Usage, "startSeconds" | "endSeconds">,
): Usage {
  const description = service === null ? "Public IPv4 addresses of instances" : "Public IPv4 addresses of tasks";
  return { sku: "public-ipv4/in-use", service, description, quantity, unit: "item-second", startSeconds, endSeconds };
}
