import type { TaskBilledLaunchType } from "../../core/model/launch-type.ts";
import { admitToFargate } from "../fargate/admit.ts";
import { meterFargate } from "../fargate/meter.ts";
import { anyWhatIfs } from "../what-ifs/any-launch-type.ts";
import { executionRoleAdded, sizeRaised } from "../what-ifs/fargate.ts";

export const fargate: TaskBilledLaunchType = {
  id: "fargate",
  launchType: "fargate",
  purchaseOption: "on-demand",
  label: "Fargate",
  reference: "https://aws.amazon.com/fargate/pricing/",
  byDefault: true,
  inMixes: true,
  billedBy: "task",
  admit: (service, context) => admitToFargate(service, context, "fargate"),
  meterTasks: (life, task, context) => meterFargate(life, task, { launchType: "fargate", context }),
  whatIfs: [...anyWhatIfs, sizeRaised, executionRoleAdded],
  example: {
    id: "AWS-FG-1",
    source: "https://aws.amazon.com/fargate/pricing/ (example 1, seen 2026)",
    given: "5 ECS tasks of 1 vCPU, 2 GB and 30 GB of storage, 10 minutes a day for 30 days, Linux/x86, us-east-1",
    request: {
      region: "us-east-1",
      hours: 720,
      taskDefinitions: [
        {
          family: "example",
          cpu: "1 vCPU",
          memory: "2 GB",
          networkMode: "awsvpc",
          ephemeralStorage: { sizeInGiB: 30 },
          containerDefinitions: [{ name: "app" }],
        },
      ],
      runs: [{ taskDefinition: "example", tasks: 5, seconds: 600, times: 30 }],
    },
    option: "fargate",
    unitPrices: {
      "fargate/linux/x86_64/vcpu": { price: "0.000011244", unit: "vCPU-Second" },
      "fargate/linux/x86_64/memory": { price: "0.000001235", unit: "GB-Second" },
      "fargate/ephemeral-storage": { price: "0.0000000308", unit: "GB-Second" },
    },
    lines: {
      "fargate/linux/x86_64/vcpu": "1.01",
      "fargate/linux/x86_64/memory": "0.22",
      "fargate/ephemeral-storage": "0.03",
    },
  },
};
