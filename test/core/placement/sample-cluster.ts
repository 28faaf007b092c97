import type { Host, PlaceableTask, Ranking } from "../../../api/core/model/placement-rules.ts";
import { addInstances, type Cluster, emptyCluster } from "../../../api/core/placement/cluster.ts";

export const byZone: Ranking = { kind: "spread", attribute: "zone" };
export const byInstance: Ranking = { kind: "spread", attribute: null };
export const packed: Ranking = { kind: "binpack", resource: "memory" };

/** An instance of 2,048 CPU units and 4,000 MiB in zone a. */
export function aHost(fields: Partial<Host> = {}): Host {
  const zone = fields.zone ?? "a";
  return {
    type: "large",
    kind: "x86",
    zone,
    provider: null,
    attributes: { zone },
    capacity: { cpu: 2048, memory: 4000 },
    ...fields,
  };
}

/** A task of 256 CPU units and 1,000 MiB without rules. */
export function aPlaceableTask(
  fields: Partial<PlaceableTask> & { memory?: number; exclusive?: string[] } = {},
): PlaceableTask {
  const { memory = 1000, exclusive = [], ...rules } = fields;
  const service = fields.service ?? "web";
  return {
    service,
    group: service,
    demand: { resources: { cpu: 256, memory }, exclusive, kinds: ["x86"] },
    rankings: [],
    distinct: false,
    allowsHost: () => true,
    allowsInstance: null,
    ...rules,
  };
}

/** So many instances of each host, one host after another. */
export function clusterOf(...hosts: readonly (readonly [host: Host, count: number])[]): Cluster {
  let cluster = emptyCluster(1);
  for (const [host, count] of hosts) cluster = addInstances(cluster, host, { count, daemons: [] }).cluster;
  return cluster;
}

/** Tasks of the service on each instance, in order. */
export function countsOf({ runs }: Cluster, service = "web"): number[] {
  return runs.flatMap(({ count, instance }) => Array.from({ length: count }, () => instance.tasks.get(service) ?? 0));
}
