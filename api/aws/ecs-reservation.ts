import type { Container, TaskDefinition } from "../core/model/workload.ts";

/**
 * What ECS counts against an instance when it places a task: task-level values where there are any, else the containers' sums; a
 * container's soft memory limit before its hard one; a missing CPU as 0.
 * Source: aws/amazon-ecs-agent@8dfceca agent/api/task/task.go ToHostResources.
 */
export function reservation(task: TaskDefinition): { cpuUnits: number; memoryMiB: number; gpus: number } {
  // Task-level sizes are ignored for Windows containers (botocore ecs 2014-11-13, RegisterTaskDefinitionRequest.cpu).
  const taskLevel = task.operatingSystem === "linux" ? task : { cpuUnits: null, memoryMiB: null };
  return {
    cpuUnits: taskLevel.cpuUnits || sum(task.containers, (container) => container.cpuUnits ?? 0),
    memoryMiB: taskLevel.memoryMiB || sum(task.containers, reservedMemoryMiB),
    gpus: sum(task.containers, (container) => container.gpus),
  };
}

function reservedMemoryMiB(container: Container): number {
  return container.memoryReservationMiB || container.memoryMiB || 0;
}

function sum(containers: readonly Container[], amount: (container: Container) => number): number {
  return containers.reduce((total, container) => total + amount(container), 0);
}
