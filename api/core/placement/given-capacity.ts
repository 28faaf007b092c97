import type { Capacity, CapacityProvider } from "../model/capacity.ts";
import type { HostType, InstanceLife, Placement } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import { distinctProblems, type Problem, type Result } from "../model/problem.ts";
import { splitByWeights } from "../model/split-by-weights.ts";
import { addInstances } from "./cluster.ts";
import { fewestInstances } from "./fewest-instances.ts";
import type { FewestRequest, InstancePool } from "./fewest-request.ts";
import { lifeOf } from "./instance-lives.ts";
import { occupiedCluster } from "./occupied.ts";
import { countsIn, daemonTasks, type Stage, stagesOf } from "./stages.ts";

/**
 * What the orchestrator runs on the capacity that there is or is planned: on what runs already, and on as few instances of each
 * capacity provider, within its minimum and maximum, as its own placement needs.
 */
export function onGivenCapacity(request: PlacementRequest, capacity: Capacity): Result<Placement> {
  const missing = capacity.providers.flatMap((provider) => missingTypes(provider, request));
  if (missing.length > 0) return { ok: false, problems: missing };
  const whole: Stage = { startSeconds: 0, endSeconds: request.periodSeconds, lives: [] };
  const stages = stagesOf(request.lives);
  const always = stages.some(({ startSeconds, endSeconds }) => endSeconds - startSeconds === request.periodSeconds);
  const occupied = occupiedCluster(request).cluster;
  let cluster = occupied;
  let settled: FewestRequest["tasks"] = [];
  let counts = capacity.providers.map(() => 0);
  const starts: { first: number; stage: Stage }[] = [];
  // Instances that are always there come first, even where all tasks come and go.
  for (const stage of always ? stages : [whole, ...stages]) {
    const tasks = plannedIn(stage, request, capacity);
    starts.push({ first: cluster.next, stage });
    const found = fewestInstances({
      ...{ from: cluster, settled, tasks, room: request.room, daemons: daemonTasks(request), evenOver: null },
      pools: capacity.providers.map((provider, at) => poolOf(provider, counts[at] ?? 0, request)),
    });
    if (found.unplaced.length > 0) {
      return { ok: false, problems: distinctProblems(found.unplaced.map((one) => request.notPlaced(one))) };
    }
    cluster = found.cluster;
    counts = counts.map((count, at) => count + (found.counts[at] ?? 0));
    settled = [...settled, ...tasks];
  }
  const instances = cluster.runs.map((run): InstanceLife => {
    if (run.first < occupied.next) return { ...lifeOf(run, whole, request), existing: true };
    const { stage } = starts.findLast(({ first }) => run.first >= first) as { stage: Stage };
    return lifeOf(run, stage, request);
  });
  return { ok: true, value: { instances: [...instances, ...headroom(counts, request, capacity)], packing: null } };
}

export function missingTypes(provider: CapacityProvider, { hostTypes }: PlacementRequest): Problem[] {
  return provider.instanceTypes
    .filter((name) => !hostTypes.some((type) => type.name === name))
    .map((name) => ({
      code: "instance_type_not_priced",
      path: provider.path,
      message: `Capacity provider ${provider.name} launches ${name}, which has no price in this region and snapshot. Name another type, or load its price.`,
    }));
}

export function typesOf(provider: CapacityProvider, { hostTypes }: PlacementRequest): HostType[] {
  return provider.instanceTypes.flatMap((name) => hostTypes.find((type) => type.name === name) ?? []);
}

function poolOf(provider: CapacityProvider, started: number, request: PlacementRequest): InstancePool {
  const zones = provider.zones ?? request.zones;
  const hosts = zones.flatMap((zone) =>
    typesOf(provider, request).map((type) => request.hostOf(type, zone, provider.name)),
  );
  return {
    hosts,
    countMin: Math.max(0, provider.countMin - started),
    countMax: provider.countMax === null ? null : Math.max(0, provider.countMax - started),
  };
}

/** Each service's tasks by its own strategy, where that names the providers; else by theirs, or on whatever there is. */
function plannedIn(stage: Stage, request: PlacementRequest, { providers }: Capacity): FewestRequest["tasks"] {
  return [...countsIn(stage)].flatMap(([service, count]): FewestRequest["tasks"][number][] => {
    const task = request.tasks.get(service);
    if (task === undefined) return [];
    if (task.providers === "any") return [{ task, count, provider: null }];
    const own = task.providers.length > 0 ? task.providers : providers;
    const shares = splitByWeights(
      count,
      own.map(({ base, weight }) => ({ base, weight })),
    );
    return own.flatMap(({ name }, at) =>
      (shares[at] ?? 0) > 0 ? [{ task, count: shares[at] ?? 0, provider: name }] : [],
    );
  });
}

/** Empty instances that leave the target share of a provider's to the tasks, as far as its maximum allows. */
function headroom(counts: readonly number[], request: PlacementRequest, capacity: Capacity): InstanceLife[] {
  return capacity.providers.flatMap((provider, at) => {
    const count = counts[at] ?? 0;
    const target = provider.targetCapacityPercent ?? request.targetCapacityPercent;
    const wanted = Math.ceil((count * 100) / target) - count;
    const extra = Math.min(wanted, (provider.countMax ?? Number.MAX_SAFE_INTEGER) - count);
    const type = typesOf(provider, request)[0];
    if (extra <= 0 || type === undefined) return [];
    const host = request.hostOf(type, provider.zones?.[0] ?? request.zones[0] ?? "", provider.name);
    const none = { runs: [], next: 0, random: 0 };
    const { cluster } = addInstances(none, host, { count: extra, daemons: daemonTasks(request) });
    return cluster.runs.map((run) => lifeOf(run, { startSeconds: 0, endSeconds: request.periodSeconds }, request));
  });
}
