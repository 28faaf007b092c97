import type { WhatIf } from "../../core/model/launch-type.ts";
import type { TaskDefinition } from "../../core/model/workload.ts";
import { named, withTaskDefinitions } from "../plan-changes.ts";
import { scalingWhatIfs } from "./scaling.ts";

/** X86_64 is what ECS takes where runtimePlatform leaves the architecture out (remembered, not in botocore). */
const architectureDefault: WhatIf = {
  code: "architecture_default",
  text: ({ tasks }) => {
    const silent = tasks.filter(
      ({ service }) => mightBeArm(service.taskDefinition) && service.architectures.length === 0,
    );
    if (silent.length === 0) return null;
    const ids = named(silent.map(({ service }) => service.taskDefinition.id));
    return `runtimePlatform.cpuArchitecture is not set in ${ids}: X86_64, as ECS takes it. Effect: against ARM64, where the image allows it.`;
  },
  without: (plan) =>
    withTaskDefinitions(plan, (task) => (mightBeArm(task) ? { ...task, architecture: "arm64" } : task)),
};

function mightBeArm(task: TaskDefinition): boolean {
  return !task.architectureStated && task.operatingSystem === "linux";
}

export const anyWhatIfs: readonly WhatIf[] = [architectureDefault, ...scalingWhatIfs];
