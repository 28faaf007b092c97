import { type AddOn, amountOf, type UsageInput } from "../../core/model/add-on.ts";
import { Exact } from "../../core/model/exact.ts";
import { givenCharge } from "../given-charge.ts";

const hours: UsageInput = {
  name: "staffHoursPerMonth",
  of: "cluster",
  unit: "hours a month",
  max: 100_000,
  default: 0,
  text: "Nobody's time for running instances is counted (usage.cluster.staffHoursPerMonth, staffCostPerHour). Effect: against 10 hours a month.",
  against: 10,
};

const costPerHour: UsageInput = {
  name: "staffCostPerHour",
  of: "cluster",
  unit: "an hour, in the prices' currency",
  max: 100_000,
  default: 0,
  text: "Nobody's time for running instances costs anything (usage.cluster.staffCostPerHour). Effect: against 50 an hour.",
  against: 50,
};

/** People's hours for patching, scaling and replacing instances: only where there are any. */
export const staffAddOn: AddOn = {
  id: "staff",
  label: "Staff hours for instances",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-shared-responsibility.html",
  inputs: [hours, costPerHour],
  surcharge(_, { workload, running }) {
    const hasInstances = running.some(({ instances }) => instances.length > 0);
    const quantity = new Exact(amountOf(workload, hours)).times(workload.periodSeconds).div(workload.monthSeconds);
    const unitPrice = new Exact(amountOf(workload, costPerHour));
    if (!hasInstances || quantity.isZero() || unitPrice.isZero()) return [];
    const what = {
      sku: "own/staff/instances",
      description: "Staff hours for running instances",
      unit: "Hour" as const,
    };
    return [givenCharge({ ...what, service: null, quantity, listQuantity: quantity, unitPrice })];
  },
  example: {
    id: "STAFF-1",
    source: "arithmetic of this project: no published example",
    given: "8 hours a month at 75 for running EC2 instances",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      usage: { cluster: { staffHoursPerMonth: 8, staffCostPerHour: 75 } },
    },
    option: "ec2",
    unitPrices: {},
    lines: { "own/staff/instances": "600.00" },
  },
};
