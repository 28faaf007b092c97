import type { InstanceRun } from "../model/placement-rules.ts";
import type { FewestRequest } from "./fewest-request.ts";
import { hostRefusals } from "./refusals.ts";

type Planned = FewestRequest["tasks"][number];

/** Of each service whose tasks are not where an even spread would have them, how many are amiss for want of instances there. */
export function unevenTasks(
  runs: readonly InstanceRun[],
  tasks: readonly Planned[],
  { evenOver, pools }: FewestRequest,
): Planned[] {
  if (evenOver === null) return [];
  const hosts = pools.flatMap((pool) => pool.hosts);
  const placed = countsByValue(runs, evenOver);
  return tasks.flatMap((planned) => {
    const { rankings, service } = planned.task;
    if (!rankings.some((ranking) => ranking.kind === "spread" && ranking.attribute === evenOver)) return [];
    const open = hosts.filter((host) => hostRefusals(host, planned).length === 0);
    const values = new Set(open.map(({ attributes }) => attributes[evenOver]));
    const counts = [...values].map((value) => placed.get(service)?.get(value) ?? 0);
    const count = Math.max(...counts) - Math.min(...counts) - 1;
    return count > 0 ? [{ ...planned, count }] : [];
  });
}

/** Tasks by service and value of the attribute. */
function countsByValue(runs: readonly InstanceRun[], attribute: string) {
  const counts = new Map<string, Map<string | undefined, number>>();
  for (const { count, instance } of runs) {
    const value = instance.host.attributes[attribute];
    for (const [service, each] of instance.tasks) {
      const own = counts.get(service) ?? new Map<string | undefined, number>();
      counts.set(service, own.set(value, (own.get(value) ?? 0) + each * count));
    }
  }
  return counts;
}
