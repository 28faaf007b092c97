import type { Admission } from "../../core/model/launch-type.ts";
import type { Resources } from "../../core/model/placement.ts";
import type { Unplaced } from "../../core/model/placement-rules.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { Service, TaskDefinition } from "../../core/model/workload.ts";
import { architecturesOf, fixedHostPorts } from "../ec2/admit.ts";
import { refusal } from "../task-rules.ts";
import { podRequest } from "./pod.ts";

/** A pod on a node. A task's host ports are its node's only in host mode: a pod has an address of its own. */
export function admitToNodes(service: Service): Admission {
  const task = service.taskDefinition;
  const { millicpu, memoryMiB } = podRequest(task);
  const gpus = task.containers.reduce((sum, container) => sum + container.gpus, 0);
  // What a task asks of Fargate's storage is no request of a pod's; what a pod asks for is.
  const disk = service.localDiskGiB + ((task.podRequest && task.ephemeralStorageGiB) ?? 0);
  const resources: Resources = {
    millicpu,
    memory: memoryMiB,
    pods: 1,
    ...(gpus > 0 && { gpu: gpus }),
    ...(disk > 0 && { "local-disk": disk }),
  };
  const ports = claimsHostPorts(task) ? fixedHostPorts(task) : [];
  const distinct = service.placementConstraints.some(({ type }) => type === "distinctInstance");
  return {
    problems: [...(task.operatingSystem === "windows" ? [windows(task)] : []), ...sharedVolumes(service)],
    mendable: [],
    demand: {
      resources,
      exclusive: [...ports, ...(distinct ? [`service ${service.name}`] : [])],
      kinds: architecturesOf(service),
    },
  };
}

function claimsHostPorts({ networkMode, podRequest: written }: TaskDefinition): boolean {
  return networkMode === "host" || written !== undefined;
}

function windows({ id, path }: TaskDefinition): Problem {
  const message = `${id} runs on Windows, and the price snapshot has no Windows EC2 prices. Compare it on Fargate, or load prices for it.`;
  return refusal("windows_price_missing", fieldPath(path, "runtimePlatform.operatingSystemFamily"), message);
}

/** Source: kubernetes-sigs/aws-ebs-csi-driver, which takes no access mode of many nodes. */
function sharedVolumes({ name, claims }: Service): Problem[] {
  return (claims ?? [])
    .filter(({ manyNodes, volume }) => manyNodes && volume !== null)
    .map((claim) => {
      const message = `${name} claims ${claim.name} on EBS for many nodes at once, and EBS mounts a volume on one. Claim it ReadWriteOnce, or of a class of efs.csi.aws.com.`;
      return refusal("volume_unsupported", fieldPath(claim.path, "accessModes"), message);
    });
}

/** Pods that stay pending, in the words of the scheduler. Path: of their service. */
export function pending({ service, count, closest }: Unplaced, path: string): Problem {
  const reasons = (closest?.refusals ?? []).map(({ because, name }) => {
    if (because === "resource") return name === "pods" ? "too many pods" : `insufficient ${name}`;
    return because === "exclusive" ? `no free ports (${name})` : `no match for its ${because}`;
  });
  const why = closest === null ? "there are no nodes" : `on the nearest, a ${closest.host.type}: ${reasons.join(", ")}`;
  const pods = count === 1 ? "a pod stays" : `${count.toLocaleString("en-US")} pods stay`;
  const message = `Of ${service} ${pods} pending: ${why}. Make the pod smaller, loosen its constraints or allow larger types.`;
  return { code: "task_not_placed", path, message };
}
