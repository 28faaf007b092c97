import type { Admission, Context, InstanceBilledLaunchType } from "../../core/model/launch-type.ts";
import { fieldPath } from "../../core/model/problem.ts";
import type { Service } from "../../core/model/workload.ts";
import { admitToEc2 } from "../ec2/admit.ts";
import { diskOf } from "../ec2/defaults.ts";
import { hostsWithFee, type ManagementFee, meterWithFee } from "../ec2/fee.ts";
import { refusal } from "../task-rules.ts";
import { managedInstancesWhatIfs } from "../what-ifs/ecs-managed-instances.ts";
import { ec2 } from "./ec2.ts";

const fee: ManagementFee = {
  sku: (instanceType) => `ecs-managed-instances/${instanceType}`,
  label: "Managed Instances fee",
};
const networkModes = ["awsvpc", "host", "none"];

/** EC2 instances that ECS itself chooses, starts, patches and ends, for a fee on top of their price. */
export const ecsManagedInstances: InstanceBilledLaunchType = {
  ...ec2,
  id: "ecs-managed-instances",
  launchType: "ecs-managed-instances",
  label: "ECS Managed Instances",
  reference: "https://aws.amazon.com/ecs/managed-instances/pricing/",
  byDefault: false,
  inMixes: false,
  usesGivenCapacity: false,
  admit,
  hosts: (context) => hostsWithFee(fee, context),
  meterInstances: (life, context) => meterWithFee(life, fee, context),
  rootVolume: managedDisk,
  whatIfs: managedInstancesWhatIfs(managedDisk),
  example: {
    id: "AWS-MI-1",
    source: "https://aws.amazon.com/ecs/pricing/ (c6a.2xlarge, us-east-1, seen 2026-09-20); the sums are arithmetic",
    given: "one c6a.2xlarge for 730 hours at $0.306, and its fee of $0.037",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        { family: "one", networkMode: "awsvpc", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] },
      ],
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["c6a.2xlarge"] },
    },
    option: "ecs-managed-instances",
    unitPrices: {},
    lines: { "ec2/linux/c6a.2xlarge": "223.38", "ecs-managed-instances/c6a.2xlarge": "27.01" },
  },
};

/** Network modes as of API_ManagedInstancesNetworkConfiguration; another is mended by awsvpc, ECS's default there. */
function admit(service: Service, context: Context): Admission {
  const task = service.taskDefinition;
  if (networkModes.includes(task.networkMode ?? "awsvpc")) {
    return admitToEc2(withNetworkMode(service, task.networkMode ?? "awsvpc"), context);
  }
  const admission = admitToEc2(withNetworkMode(service, "awsvpc"), context);
  const message = `Managed Instances run network modes ${networkModes.join(", ")}; ${task.id} has ${task.networkMode}. Set networkMode to awsvpc.`;
  const mended = refusal("network_mode_unsupported", fieldPath(task.path, "networkMode"), message);
  return { ...admission, mendable: [...admission.mendable, mended] };
}

function withNetworkMode(service: Service, networkMode: string): Service {
  return { ...service, taskDefinition: { ...service.taskDefinition, networkMode } };
}

/** The volume that tasks share, beside the small one of the system. */
function managedDisk(context: Context) {
  return diskOf("ecs-managed-instances/data-volume/size-gib", context);
}
