import type { InstanceBilledLaunchType } from "../../core/model/launch-type.ts";
import { realise } from "../ec2/realise.ts";
import { unscalable } from "../ec2/unscalable.ts";
import { ec2MixedWhatIfs } from "../what-ifs/ec2-mixed.ts";
import { ec2 } from "./ec2.ts";

/**
 * The cheapest set of instances of any types, with the bound that proves how near the cheapest it is. ECS never chooses it by itself:
 * the capacity providers that make it do so come with the answer.
 */
export const ec2Mixed: InstanceBilledLaunchType = {
  ...ec2,
  id: "ec2-mixed",
  label: "EC2, cheapest mix",
  fleet: "cheapest-mix",
  inMixes: false,
  realise,
  unscalable: (services) => unscalable(services, "the cheapest mix is of instances that stay"),
  whatIfs: ec2MixedWhatIfs,
  example: {
    id: "ROADMAP-105",
    source:
      "aws/containers-roadmap#105: tasks of 2 x 7000, 2048, 4 x 768, 2 x 128 and 512 MiB need 3 m5.large by memory",
    given: "the tasks' memory on m5.large, which registers 7,680 MiB: three instances for an hour",
    request: {
      region: "us-east-1",
      hours: 1,
      taskDefinitions: [7000, 2048, 768, 128, 512].map((memory) => ({
        family: `of-${memory}`,
        containerDefinitions: [{ name: "one", cpu: 0, memory }],
      })),
      services: [
        [7000, 2],
        [2048, 1],
        [768, 4],
        [128, 2],
        [512, 1],
      ].map(([memory, desiredCount]) => ({
        serviceName: `of-${memory}`,
        taskDefinition: `of-${memory}`,
        desiredCount,
      })),
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.large"] },
    },
    option: "ec2-mixed",
    unitPrices: { "ec2/linux/m5.large": { price: "0.096", unit: "Instance-Hour" } },
    lines: { "ec2/linux/m5.large": "0.288" },
  },
};
