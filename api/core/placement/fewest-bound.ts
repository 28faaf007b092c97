import type { InstanceRun } from "../model/placement-rules.ts";
import { addInstances, type Cluster } from "./cluster.ts";
import type { FewestRequest, InstancePool } from "./fewest-request.ts";

/** As if tasks could be poured into what there is and what daemons leave, and one instance for each of those that share none. */
export function lowerBound(request: FewestRequest, pool: InstancePool): number {
  const alone = request.pools.length === 1;
  const tasks = request.tasks.filter(({ provider }) => alone || pool.hosts.some((host) => host.provider === provider));
  const apart = tasks.filter(({ task }) => task.distinct || task.demand.exclusive.length > 0);
  const there = request.from.runs.reduce((sum, { count }) => sum + count, 0);
  const { evenOver } = request;
  const places = evenOver === null ? 1 : new Set(pool.hosts.map(({ attributes }) => attributes[evenOver])).size;
  const spread = tasks.filter(({ task }) =>
    task.rankings.some((ranking) => ranking.kind === "spread" && ranking.attribute === evenOver),
  );
  let bound = Math.max(
    pool.countMin,
    ...apart.map(({ count }) => count - there),
    ...spread.map(({ count }) => (there > 0 ? 0 : Math.min(count, places))),
  );
  const { runs } = startedOn({ ...request, pools: [pool] }, [pool.hosts.length]);
  const started = runs.filter(({ first }) => first >= request.from.next);
  const left = runs.filter(({ first }) => first < request.from.next);
  for (const name of new Set(tasks.flatMap(({ task }) => Object.keys(task.demand.resources)))) {
    const roomOf = (run: InstanceRun) => run.instance.room[name] ?? 0;
    const wanted =
      tasks.reduce((sum, { task, count }) => sum + (task.demand.resources[name] ?? 0) * count, 0) -
      left.reduce((sum, run) => sum + roomOf(run) * run.count, 0);
    const room = Math.max(0, ...started.map(roomOf));
    if (wanted > 0 && room > 0) bound = Math.max(bound, Math.ceil(wanted / room));
  }
  return bound;
}

/** As many as tasks would fill to the brim if they could be poured. */
export function instancesFor(tasks: FewestRequest["tasks"], { hosts }: InstancePool): number {
  const names = new Set(tasks.flatMap(({ task }) => Object.keys(task.demand.resources)));
  const full = [...names].map((name) => {
    const wanted = tasks.reduce((sum, { task, count }) => sum + (task.demand.resources[name] ?? 0) * count, 0);
    const each = Math.max(0, ...hosts.map(({ capacity }) => capacity[name] ?? 0));
    return each === 0 ? 0 : Math.floor(wanted / each);
  });
  return Math.max(0, ...full);
}

/** So many more instances of each pool, evenly over its hosts, with daemons only. */
export function startedOn({ from, pools, daemons }: FewestRequest, counts: readonly number[]): Cluster {
  let cluster = from;
  for (const [at, { hosts }] of pools.entries()) {
    const count = counts[at] ?? 0;
    for (const [zone, host] of hosts.entries()) {
      const inZone = Math.floor(count / hosts.length) + (zone < count % hosts.length ? 1 : 0);
      cluster = addInstances(cluster, host, { count: inZone, daemons }).cluster;
    }
  }
  return cluster;
}
