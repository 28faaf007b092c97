import type { Service } from "./workload.ts";

/** A service about which nothing is said: one task, always on. */
export const alwaysOn: Omit<Service, "name" | "path" | "taskDefinition"> = {
  tasks: 1,
  lifetime: { kind: "always" },
  launchType: null,
  capacityProviderStrategy: [],
  daemon: false,
  placementStrategy: [],
  placementConstraints: [],
  maximumPercent: null,
  minimumHealthyPercent: null,
  assignPublicIp: false,
  loadBalancers: [],
  architectures: [],
  interruptible: false,
  volumeAtLaunch: null,
  localDiskGiB: 0,
  tags: {},
};
