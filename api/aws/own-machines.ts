import type { LaunchType } from "../core/model/launch-type.ts";

/** Launch types whose tasks run on machines of the user's own, outside AWS's network. */
export function runsOnOwnMachines({ launchType }: Pick<LaunchType, "launchType">): boolean {
  return launchType === "ecs-anywhere";
}
