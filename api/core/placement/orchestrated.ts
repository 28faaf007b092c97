import type { HostType, InstanceLife } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import type { Host, Unplaced } from "../model/placement-rules.ts";
import { addInstances, emptyCluster } from "./cluster.ts";
import type { FewestRequest, InstancePool } from "./fewest-request.ts";
import { lifeOf } from "./instance-lives.ts";
import { occupiedCluster } from "./occupied.ts";
import { rememberedFewest } from "./remembered.ts";
import { countsIn, daemonTasks, type Stage, stagesOf } from "./stages.ts";

export interface Orchestrated {
  readonly instances: readonly InstanceLife[];
  readonly unplaced: readonly Unplaced[];
}

/**
 * Instances of these types, in turn over zones and types, as few (from `countMin` up) as the orchestrator's own placement puts every task
 * on: tasks that live longest first, each on what is there by then and on as few more instances as it takes.
 */
export function orchestrated(types: readonly HostType[], request: PlacementRequest, countMin: number): Orchestrated {
  const stages = stagesOf(request.lives);
  // Whichever zone is lost, the others hold everything: each has what one of them would have without it.
  const survivors = request.surviveZoneLoss ? request.zones.slice(1) : request.zones;
  // What runs already may hold them all.
  const least = request.capacity === null ? Math.max(countMin, types.length) : 0;
  const first = settle(types, { request, stages, zones: survivors, countsMin: [least] });
  if (!request.surviveZoneLoss || first.unplaced.length > 0) return withHeadroom(first, request);
  const inEach = types.length * survivors.length;
  const countsMin = first.counts.map((count) => Math.ceil(count / inEach) * types.length * request.zones.length);
  return withHeadroom(settle(types, { request, stages, zones: request.zones, countsMin }), request);
}

interface Settled extends Orchestrated {
  /** Instances added in each stage. */
  readonly counts: readonly number[];
}

function settle(
  types: readonly HostType[],
  given: {
    request: PlacementRequest;
    stages: readonly Stage[];
    zones: readonly string[];
    countsMin: readonly number[];
  },
): Settled {
  const { request, stages, zones } = given;
  let { cluster } = occupiedCluster(request);
  const there = cluster.next;
  let settled: FewestRequest["tasks"] = [];
  const counts: number[] = [];
  const starts: { first: number; stage: Stage }[] = [];
  for (const [at, stage] of stages.entries()) {
    // New hosts in each stage, so that instances of two stages are never taken for one another.
    const hosts = zones.flatMap((zone) => types.map((type) => ({ ...request.hostOf(type, zone, null) })));
    const pool: InstancePool = { hosts, countMin: given.countsMin[at] ?? 0, countMax: null };
    const tasks = plannedIn(stage, request);
    starts.push({ first: cluster.next, stage });
    const asked = { from: cluster, pools: [pool], tasks, settled, daemons: daemonTasks(request), room: request.room };
    const found = rememberedFewest({ ...asked, evenOver: request.zoneAttribute }, request);
    if (found.unplaced.length > 0) return { instances: [], counts, unplaced: found.unplaced };
    cluster = found.cluster;
    counts.push(found.counts[0] ?? 0);
    settled = [...settled, ...tasks];
  }
  const instances = cluster.runs.map((run) => {
    if (run.first < there) return { ...lifeOf(run, wholePeriod(request), request), existing: true };
    const { stage } = starts.findLast(({ first }) => run.first >= first) as { stage: Stage };
    return lifeOf(run, stage, request);
  });
  return { instances, counts, unplaced: [] };
}

function wholePeriod({ periodSeconds }: PlacementRequest) {
  return { startSeconds: 0, endSeconds: periodSeconds };
}

function plannedIn(stage: Stage, { tasks }: PlacementRequest): FewestRequest["tasks"] {
  return [...countsIn(stage)].flatMap(([service, count]) => {
    const task = tasks.get(service);
    return task === undefined ? [] : [{ task, count, provider: null }];
  });
}

/** And as many empty instances as leave the target share of them to the tasks. Source of the rule: managed scaling's targetCapacity. */
function withHeadroom({ instances, unplaced }: Settled, request: PlacementRequest): Orchestrated {
  if (request.targetCapacityPercent === 100 || instances.length === 0) return { instances, unplaced };
  const always = instances.filter(
    ({ startSeconds, endSeconds }) => endSeconds - startSeconds === request.periodSeconds,
  );
  const count = always.reduce((sum, life) => sum + life.count, 0);
  const extra = Math.ceil((count * 100) / request.targetCapacityPercent) - count;
  const type = request.hostTypes.find(({ name }) => name === always[0]?.instanceType);
  if (extra === 0 || type === undefined) return { instances, unplaced };
  const host: Host = request.hostOf(type, request.zones[0] ?? "", null);
  const empty = addInstances(emptyCluster(request.seed), host, { count: extra, daemons: daemonTasks(request) });
  const period = wholePeriod(request);
  return { instances: [...instances, ...empty.cluster.runs.map((run) => lifeOf(run, period, request))], unplaced };
}
