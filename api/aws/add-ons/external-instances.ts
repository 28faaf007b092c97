import { type AddOn, amountOf, type UsageInput } from "../../core/model/add-on.ts";
import { fraction, multiply } from "../../core/model/fraction.ts";
import { ecsAnywhere } from "../launch-types/ecs-anywhere.ts";
import { runsOnOwnMachines } from "../own-machines.ts";

const externalInstances: UsageInput = {
  name: "externalInstances",
  of: "cluster",
  unit: "a number of machines of one's own, registered for the whole period",
  max: 100_000,
  whole: true,
  default: 1,
  text: "One machine is taken to be registered with ECS Anywhere, however many tasks there are (usage.cluster.externalInstances). Effect: against none.",
  against: 0,
};

/** What ECS Anywhere costs: each of the user's machines by the hour that it is registered, whatever runs on it. */
export const externalInstancesAddOn: AddOn = {
  id: "external-instances",
  label: "External instances",
  reference: "https://aws.amazon.com/ecs/anywhere/pricing/",
  inputs: [externalInstances],
  required: true,
  meterAll({ workload, running }) {
    if (!running.some(({ launchType }) => runsOnOwnMachines(launchType))) return [];
    const { periodSeconds } = workload;
    return [
      {
        ...{ sku: "ecs-anywhere/instance", service: null, description: "ECS Anywhere, registered instances" },
        quantity: multiply(fraction(amountOf(workload, externalInstances)), fraction(periodSeconds)),
        ...{ unit: "instance-second" as const, startSeconds: 0, endSeconds: periodSeconds },
      },
    ];
  },
  example: ecsAnywhere.example,
};
