import type { AddOn } from "../../core/model/add-on.ts";
import { fraction } from "../../core/model/fraction.ts";
import { instanceCostSku, matchesPattern } from "../../core/model/rate-card.ts";

/** What the user's rate card puts on instances by the hour: licences, agents. */
export const instanceCostsAddOn: AddOn = {
  id: "instance-costs",
  label: "Own costs per instance",
  reference: "https://aws.amazon.com/ec2/pricing/on-demand/",
  inputs: [],
  meterInstances(life, { book }) {
    const seconds = BigInt(life.endSeconds - life.startSeconds) * BigInt(life.count);
    return (book.instanceCosts ?? [])
      .filter((cost) => matchesPattern(cost.instanceTypes, life.instanceType))
      .map((cost) => ({
        sku: instanceCostSku(cost),
        service: null,
        description: `${cost.label}, per instance`,
        quantity: fraction(seconds),
        unit: "instance-second",
        startSeconds: life.startSeconds,
        endSeconds: life.endSeconds,
      }));
  },
  example: {
    id: "OWN-COST-1",
    source: "arithmetic of this project: no published example",
    given: "an agent of $0.01 an hour on one m5.large for 730 hours, and 10 % off its price of $0.096",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.large"] },
      rateCard: {
        discounts: [{ sku: "ec2/linux/*", percent: "10" }],
        instanceCosts: [{ label: "agent", instanceTypes: "m5.*", perHour: "0.01" }],
      },
    },
    option: "ec2",
    unitPrices: {},
    lines: { "ec2/linux/m5.large": "63.07", "own/instance/agent": "7.30" },
  },
};
