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

/** Tasks of each service in a stage. */
export function countsIn({ lives }: Stage): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { service, count } of lives) counts.set(service, (counts.get(service) ?? 0) + count);
  return counts;
}

export function daemonTasks({ daemons, tasks }: PlacementRequest): ServiceTask[] {
  return daemons.flatMap((daemon) => tasks.get(daemon) ?? []);
}
