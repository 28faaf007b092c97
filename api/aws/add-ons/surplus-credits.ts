import type { AddOn } from "../../core/model/add-on.ts";
import { fraction } from "../../core/model/fraction.ts";
import { baselinePercent, burstableNamed, isStandardByDefault } from "../ec2/burstable.ts";

const cpuUnitsPerVcpu = 1024n;
/** Baselines have at most one decimal (22.5 %): counted in thousandths they are whole. */
const thousandths = 1000n;

/** CPU use of burstable instances above their baseline on average over their life, in unlimited mode: vCPU-seconds by family. */
export const surplusCreditsAddOn: AddOn = {
  id: "surplus-credits",
  label: "Surplus CPU credits",
  reference:
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-unlimited-mode-concepts.html",
  inputs: [],
  meterInstances(life, context) {
    const average = context.settings.averageCpuPercent;
    if (average === null || isStandardByDefault(life.instanceType)) return [];
    const type = burstableNamed(life.instanceType, context);
    if (type === null) return [];
    const baseline = baselinePercent(type, context);
    const surplus = BigInt(Math.round((average - baseline) * 10));
    if (surplus <= 0n) return [];
    const seconds = BigInt(life.endSeconds - life.startSeconds) * BigInt(life.count);
    return [
      {
        sku: `ec2/cpu-credit/linux/${type.name.split(".")[0]}`,
        service: null,
        description: `${type.name}, surplus CPU credits: ${average} % average CPU use, ${baseline} % included`,
        quantity: fraction(surplus * BigInt(type.vcpus) * cpuUnitsPerVcpu * seconds, thousandths),
        unit: "cpu-unit-second",
        startSeconds: life.startSeconds,
        endSeconds: life.endSeconds,
      },
    ];
  },
  example: {
    id: "AWS-T3-1",
    source:
      "awsdocs/amazon-ec2-user-guide@0f17a81, burstable-performance-instances-unlimited-mode-concepts.md (the rate of $0.05, and that a t3.large at 40 % is billed for 10 %; the sum is arithmetic)",
    given:
      "a t3.large of 2 vCPUs at 40 % average CPU use for 24 hours, 10 % above its baseline of 30 %: 4.8 vCPU-hours",
    request: {
      region: "us-east-1",
      hours: 24,
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["t3.large"], averageCpuPercent: 40 },
    },
    option: "ec2",
    unitPrices: {},
    lines: { "ec2/cpu-credit/linux/t3": "0.24" },
  },
};
