import type { ClusterOverTime, InstancesOverTime } from "../model/cluster-over-time.ts";
import type { TaskLife } from "../model/demand.ts";
import type { InstanceLife } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import { distinctProblems, type Problem, type Result } from "../model/problem.ts";
import { addInstances, type Cluster, emptyCluster, placeTasks } from "./cluster.ts";
import { occupiedCluster } from "./occupied.ts";
import { InstanceByInstance } from "./over-time/cluster.ts";
import type { GroupPlan } from "./over-time/group.ts";
import { chosenGroups, givenGroups } from "./over-time/groups.ts";
import { itemsOf } from "./over-time/shares.ts";
import { daemonTasks } from "./stages.ts";

/** Instances that come and go; `close` once the period is over. */
export interface PlacedOverTime extends ClusterOverTime {
  close(): { readonly instances: readonly InstanceLife[]; readonly overTime: readonly InstancesOverTime[] };
}

/** Lives for the whole period by which types are compared: of as many tasks as there are at most, and on average. */
export interface LivesToFit {
  readonly peaks: readonly TaskLife[];
  readonly means: readonly TaskLife[];
}

/** A way to have instances come and go: nothing runs before it is asked for. */
export interface WayToPlace {
  begin(): PlacedOverTime;
}

/**
 * The capacity providers given; without any, ways with one type for each kind of tasks, at most `most`, the most promising first: by
 * first-fit decreasing of the tasks at their peaks and of their means by turns.
 */
export function placeOverTime(
  request: PlacementRequest,
  choice: { readonly most: number; livesToFit(): LivesToFit },
): Result<readonly WayToPlace[]> {
  const { capacity } = request;
  const occupied = occupiedCluster(request);
  if (occupied.problems.length > 0) return { ok: false, problems: occupied.problems };
  const given = request.fleet === "one-type" && capacity !== null && capacity.providers.length > 0;
  const found = given
    ? givenGroups(request, capacity)
    : chosenGroups(request, { ...choice.livesToFit(), most: choice.most });
  if (!found.ok) return found;
  const tried = found.value.map((groups) => ({ groups, problems: misfits(request, groups, occupied.cluster) }));
  const ways = tried.filter(({ problems }) => problems.length === 0);
  if (ways.length === 0) return { ok: false, problems: distinctProblems(tried.flatMap(({ problems }) => problems)) };
  const { runs } = occupied.cluster;
  return {
    ok: true,
    value: ways.map(({ groups }) => ({ begin: () => new InstanceByInstance(request, groups, runs) })),
  };
}

/** Tasks, and daemons, that find no room on what runs already and one empty instance of every host of their groups: they would wait for ever. */
function misfits(request: PlacementRequest, groups: readonly GroupPlan[], occupied: Cluster): Problem[] {
  const daemons = daemonTasks(request);
  const problems: Problem[] = [];
  const empty = groups.map(({ hosts }) => {
    let cluster = emptyCluster(request.seed);
    for (const { host } of hosts) {
      const added = addInstances(cluster, host, { count: 1, daemons });
      cluster = added.cluster;
      for (const one of added.unplaced) problems.push(request.notPlaced(one));
    }
    return cluster.runs;
  });
  for (const task of request.tasks.values()) {
    // What looks at the content of an instance cannot be told beforehand.
    if (request.daemons.includes(task.service) || task.allowsInstance !== null) continue;
    const own = itemsOf(task, groups).filter(({ base, weight }) => base + weight > 0);
    const runs = own.flatMap(({ group }) => empty[group] ?? (group < 0 ? empty.flat() : []));
    const cluster = { ...occupied, runs: [...occupied.runs, ...runs] };
    const { unplaced } = placeTasks(cluster, task, { count: 1, provider: null });
    if (unplaced !== null) problems.push(request.notPlaced(unplaced));
  }
  return problems;
}
