import type { LaunchType } from "../../core/model/launch-type.ts";

/** Launch types that need a cluster of Kubernetes. */
export function runsOnKubernetes({ launchType }: Pick<LaunchType, "launchType">): boolean {
  return launchType.startsWith("eks-");
}
