import type { PlacementRequest } from "../model/placement-request.ts";
import type { Host } from "../model/placement-rules.ts";
import { type Fewest, fewestInstances } from "./fewest-instances.ts";
import type { FewestRequest } from "./fewest-request.ts";

interface Fill {
  readonly hosts: readonly Host[];
  readonly fewest: Fewest;
}

/** As fewestInstances, but instances that only have another name or price are not filled again: many what-ifs change prices only. */
export function rememberedFewest(request: FewestRequest, { tasks, fills }: PlacementRequest): Fewest {
  const hosts = request.pools.flatMap((pool) => pool.hosts);
  const isConstrained = request.tasks.some(({ task }) => tasks.get(task.service)?.constraints.length !== 0);
  const isFirst = request.from.runs.length === 0 && request.settled.length === 0;
  if (isConstrained || !isFirst) return fewestInstances(request);
  const key = keyOf(request);
  const known = fills.get(key) as Fill | undefined;
  if (known !== undefined) return on(hosts, known);
  const fewest = fewestInstances(request);
  if (fewest.unplaced.length === 0) fills.set(key, { hosts, fewest } satisfies Fill);
  return fewest;
}

/** All that placement without constraints looks at. */
function keyOf({ from, pools, tasks, daemons, room, evenOver }: FewestRequest): string {
  const rankings = tasks.flatMap(({ task }) => task.rankings);
  const named = rankings.flatMap((ranking) => (ranking.kind === "spread" ? (ranking.attribute ?? []) : []));
  const attributes = [...new Set([...named, evenOver ?? ""])];
  return JSON.stringify([
    from.random,
    pools.map(({ hosts, ...counts }) => [
      counts,
      hosts.map((host) => [host.kind, host.provider, host.capacity, attributes.map((name) => host.attributes[name])]),
    ]),
    tasks,
    daemons,
    [...room],
    evenOver,
  ]);
}

function on(hosts: readonly Host[], { hosts: then, fewest }: Fill): Fewest {
  const runs = fewest.cluster.runs.map((run) => {
    const host = hosts[then.indexOf(run.instance.host)] ?? run.instance.host;
    return { ...run, instance: { ...run.instance, host } };
  });
  return { ...fewest, cluster: { ...fewest.cluster, runs } };
}
