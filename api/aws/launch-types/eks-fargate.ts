import type { TaskBilledLaunchType } from "../../core/model/launch-type.ts";
import { admitToEksFargate } from "../eks/fargate.ts";
import { coreDns } from "../eks/pod.ts";
import { meterFargate } from "../fargate/meter.ts";
import { eksFargateWhatIfs } from "../what-ifs/eks.ts";

export const eksFargate: TaskBilledLaunchType = {
  id: "eks-fargate",
  launchType: "eks-fargate",
  purchaseOption: "on-demand",
  label: "EKS Fargate",
  reference: "https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html",
  byDefault: false,
  inMixes: false,
  billedBy: "task",
  admit: admitToEksFargate,
  systemServices: coreDns,
  meterTasks: (life, task, context) => meterFargate(life, task, { launchType: "eks-fargate", context }),
  whatIfs: eksFargateWhatIfs,
  example: {
    id: "CALC-FG-2",
    source: "AWS Pricing Calculator transcript (17829696158, 17086731721)",
    given: "20 pods a day for an hour each, of 2 vCPU and 8 GB: 608.33 pod-hours in 730 hours",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "pod", containerDefinitions: [{ name: "pod", cpu: 2048, memory: 8192 - 256 }] }],
      runs: [{ taskDefinition: "pod", tasks: 20, seconds: 109_500 }],
      cluster: { kubernetes: { coreDnsPods: 0 } },
    },
    option: "eks-fargate",
    unitPrices: {},
    lines: {
      "eks-fargate/linux/x86_64/vcpu": "49.25",
      "eks-fargate/linux/x86_64/memory": "21.63",
      "eks/cluster": "73.00",
    },
  },
};
