import { alwaysOn } from "../../core/model/always-on.ts";
import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { Service, TaskDefinition } from "../../core/model/workload.ts";
import { reservation } from "../ecs-reservation.ts";

const cpuUnitsPerVcpu = 1024;

/** What a pod asks the scheduler for. */
export interface PodRequest {
  readonly millicpu: number;
  readonly memoryMiB: number;
}

/** Of a pod as written; of a task what ECS reserves for it, its CPU rounded up to the thousandth of a vCPU, the least Kubernetes counts. */
export function podRequest(task: TaskDefinition): PodRequest {
  if (task.podRequest !== undefined) return task.podRequest;
  const { cpuUnits, memoryMiB } = reservation(task);
  return { millicpu: Math.ceil((cpuUnits * 1000) / cpuUnitsPerVcpu), memoryMiB };
}

/** A pod about which only its size is known. */
function barePod(family: string, request: PodRequest): TaskDefinition {
  return {
    ...{ id: family, family, revision: null, path: "", cpuUnits: null, memoryMiB: null, containers: [] },
    ...{ networkMode: "awsvpc", operatingSystem: "linux", operatingSystemFamily: null },
    ...{ architecture: "x86_64", architectureStated: true, ephemeralStorageGiB: null, volumes: [] },
    ...{ compatibilities: [], pidMode: null, ipcMode: null, hasExecutionRole: false, inferenceAccelerators: 0 },
    ...{ placementConstraints: [], podRequest: request },
  };
}

/** The cluster's own DNS, unless the user's documents bring it. On nodes it runs on whichever architecture they have. */
export function coreDns(services: readonly Service[], { book, settings }: Context): readonly Service[] {
  const tasks = settings.kubernetes.coreDnsPods ?? limitOf(book, "eks/system-pods/coredns/count");
  if (tasks === 0 || services.some(({ name }) => /(^|\/)coredns$/.test(name))) return [];
  const taskDefinition = barePod("coredns", {
    millicpu: limitOf(book, "eks/system-pods/coredns/cpu-millicores"),
    memoryMiB: limitOf(book, "eks/system-pods/coredns/memory-mib"),
  });
  return [
    { ...alwaysOn, name: "kube-system/coredns", path: "", taskDefinition, tasks, architectures: ["x86_64", "arm64"] },
  ];
}
