import type { TaskBilledLaunchType } from "../../core/model/launch-type.ts";
import { fieldPath } from "../../core/model/problem.ts";
import { admitToFargate } from "../fargate/admit.ts";
import { meterFargate } from "../fargate/meter.ts";
import { refusal } from "../task-rules.ts";
import { anyWhatIfs } from "../what-ifs/any-launch-type.ts";
import { executionRoleAdded, sizeRaised, spotPriceHolds } from "../what-ifs/fargate.ts";

export const fargateSpot: TaskBilledLaunchType = {
  id: "fargate-spot",
  launchType: "fargate",
  purchaseOption: "spot",
  label: "Fargate Spot",
  reference: "https://aws.amazon.com/fargate/pricing/",
  byDefault: true,
  inMixes: true,
  billedBy: "task",
  admit(service, context) {
    const admission = admitToFargate(service, context, "fargate-spot");
    const { taskDefinition } = service;
    if (taskDefinition.operatingSystem === "linux") return admission;
    const path = fieldPath(taskDefinition.path, "runtimePlatform.operatingSystemFamily");
    const message = `Fargate Spot runs Linux only; ${taskDefinition.id} runs on Windows. Use Fargate on demand.`;
    return { ...admission, problems: [...admission.problems, refusal("windows_on_spot", path, message)] };
  },
  meterTasks: (life, task, context) => meterFargate(life, task, { launchType: "fargate-spot", context }),
  whatIfs: [...anyWhatIfs, sizeRaised, executionRoleAdded, spotPriceHolds],
  example: {
    id: "AWS-FG-R",
    source: "https://aws.amazon.com/fargate/pricing/ (rules and Spot prices of us-east-1, seen 2026-09-29)",
    given: "one task of 1 vCPU and 2 GB for 20 seconds is billed for the minimum of one minute",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        {
          family: "short",
          cpu: "1024",
          memory: "2048",
          networkMode: "awsvpc",
          containerDefinitions: [{ name: "app" }],
        },
      ],
      runs: [{ taskDefinition: "short", seconds: 20 }],
    },
    option: "fargate-spot",
    unitPrices: {
      "fargate-spot/linux/x86_64/vcpu": { price: "0.01288561", unit: "vCPU-Hour" },
      "fargate-spot/linux/x86_64/memory": { price: "0.00141493", unit: "GB-Hour" },
    },
    lines: { "fargate-spot/linux/x86_64/vcpu": "0.000214760", "fargate-spot/linux/x86_64/memory": "0.000047164" },
  },
};
