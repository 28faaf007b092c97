import type { TaskLife } from "../model/demand.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import type { ServiceTask } from "../model/placement-rules.ts";

/** Lives that start and end together; those that last longest come first. */
export interface Stage {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly lives: readonly TaskLife[];
}

export function stagesOf(lives: readonly TaskLife[]): Stage[] {
  const groups = Map.groupBy(lives, ({ startSeconds, endSeconds }) => `${startSeconds} ${endSeconds}`);
  return [...groups.values()]
    .map((group) => {
      const { startSeconds, endSeconds } = group[0] as TaskLife;
      return { startSeconds, endSeconds, lives: group };
    })
    .sort((a, b) => b.endSeconds - a.endSeconds || a.startSeconds - b.startSeconds);
}

export function daemonTasks({ daemons, tasks }: PlacementRequest): ServiceTask[] {
  return daemons.flatMap((daemon) => tasks.get(daemon) ?? []);
}
