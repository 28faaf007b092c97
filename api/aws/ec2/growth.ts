import type { GroupGrowth, ManagedScaling } from "../../core/model/capacity.ts";
import type { Settings } from "../../core/model/settings.ts";

/**
 * Defaults of botocore ecs 2014-11-13, ManagedScaling. Out after one datapoint above the target (aws/containers-roadmap#900), in after 15 below
 * it (ECS developer guide 2023-06, cluster-auto-scaling.md; aws/containers-roadmap#1220).
 */
export const defaultManagedScaling: ManagedScaling = {
  targetCapacityPercent: 100,
  stepMin: 1,
  stepMax: 10_000,
  warmupSeconds: 300,
  datapointsOut: 1,
  datapointsIn: 15,
};

/** Two minutes until an instance takes tasks are a guess of ours. Termination protection is off unless a provider has it. */
export const defaultGrowth: GroupGrowth = {
  instanceStartSeconds: 120,
  managed: defaultManagedScaling,
  policies: [],
  busyProtected: false,
};

/** Of a group chosen for the tasks: its own, so that nothing of it is ended while tasks run there. */
export function chosenGrowth({ targetCapacityPercent }: Settings): GroupGrowth {
  const managed = {
    ...defaultManagedScaling,
    targetCapacityPercent: targetCapacityPercent ?? defaultManagedScaling.targetCapacityPercent,
  };
  return { ...defaultGrowth, managed, busyProtected: true };
}
