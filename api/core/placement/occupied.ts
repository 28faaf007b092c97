import type { Capacity, OccupiedInstances } from "../model/capacity.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import type { Host, Instance } from "../model/placement-rules.ts";
import type { Problem } from "../model/problem.ts";
import { addInstances, type Cluster, emptyCluster, placeTasks } from "./cluster.ts";
import { daemonTasks } from "./stages.ts";

/** The instances that run already, with what is on them, and one task on each of every daemon of the request. */
export function occupiedCluster(
  request: PlacementRequest,
  { occupied }: Capacity,
): { readonly cluster: Cluster; readonly problems: readonly Problem[] } {
  let cluster = emptyCluster(request.seed);
  const problems: Problem[] = [];
  for (const instances of occupied) {
    const type = request.allHostTypes().find(({ name }) => name === instances.instanceType);
    if (type === undefined) {
      problems.push(unknownType(instances));
      continue;
    }
    const zones = instances.zone === null ? request.zones : [instances.zone];
    for (const [at, zone] of zones.entries()) {
      const count = Math.floor(instances.count / zones.length) + (at < instances.count % zones.length ? 1 : 0);
      const planned = request.hostOf(type, zone, instances.provider);
      const host: Host = {
        ...planned,
        capacity: { ...planned.capacity, ...instances.capacity },
        attributes: { ...planned.attributes, ...instances.attributes },
      };
      const before = cluster.runs.length;
      cluster = addInstances(cluster, host, { count, daemons: [] }).cluster;
      cluster = {
        ...cluster,
        runs: cluster.runs.map((run, place) =>
          place < before ? run : { ...run, instance: withOthers(run.instance, instances) },
        ),
      };
    }
  }
  for (const daemon of daemonTasks(request)) {
    const everywhere = { ...daemon, distinct: true };
    const count = cluster.runs.reduce((sum, run) => sum + run.count, 0);
    const placed = placeTasks(cluster, everywhere, { count, provider: null });
    cluster = placed.cluster;
    const short = placed.unplaced?.refusals.some(({ because }) => because === "resource" || because === "exclusive");
    if (placed.unplaced !== null && short) problems.push(request.notPlaced(placed.unplaced));
  }
  return { cluster, problems };
}

function unknownType({ instanceType, path }: OccupiedInstances): Problem {
  const message = `There is no instance type ${instanceType} in this region and price snapshot, so what runs on it cannot be told.`;
  return { code: "instance_type_unknown", path, message };
}

function withOthers(instance: Instance, { used, exclusive, taskGroups }: OccupiedInstances): Instance {
  const room = { ...instance.room };
  for (const [name, amount] of Object.entries(used)) room[name] = (room[name] ?? 0) - amount;
  return {
    ...instance,
    room,
    taken: new Set(exclusive),
    groups: new Map(taskGroups.map((group) => [group, 1])),
  };
}
