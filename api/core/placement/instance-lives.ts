import type { InstanceLife, Resources } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import type { InstanceRun } from "../model/placement-rules.ts";
import { isIdle } from "./cluster.ts";

/** Instances of a cluster as a row of the fleet. */
export function lifeOf(
  { count, instance }: Pick<InstanceRun, "count" | "instance">,
  lived: { readonly startSeconds: number; readonly endSeconds: number },
  { zones, capacity, tasks }: Pick<PlacementRequest, "zones" | "capacity" | "tasks">,
): InstanceLife {
  const { host, room } = instance;
  const provider = capacity?.providers.find(({ name }) => name === host.provider);
  const used = Object.fromEntries(
    wantedOf(tasks).map((name) => [name, (host.capacity[name] ?? 0) - (room[name] ?? 0)]),
  );
  return {
    instanceType: host.type,
    count,
    startSeconds: lived.startSeconds,
    endSeconds: lived.endSeconds,
    tasks: daemonsLast(instance).map(([service, number]) => ({ service, count: number })),
    used,
    capacity: host.capacity,
    binds: binding(used, host.capacity),
    zone: Math.max(0, zones.indexOf(host.zone)),
    spare: isIdle(instance),
    provider: host.provider,
    purchaseOption: provider?.purchaseOption ?? null,
    existing: false,
  };
}

const wantedBy = new WeakMap<PlacementRequest["tasks"], readonly string[]>();

/** Only the resources that tasks ask for are of interest: an instance has room for much that nobody wants. */
function wantedOf(tasks: PlacementRequest["tasks"]): readonly string[] {
  const known = wantedBy.get(tasks);
  if (known !== undefined) return known;
  const wanted = [...new Set([...tasks.values()].flatMap(({ demand }) => Object.keys(demand.resources)))].sort();
  wantedBy.set(tasks, wanted);
  return wanted;
}

function daemonsLast({ tasks, daemons }: InstanceRun["instance"]): [string, number][] {
  const isDaemon = ([service]: [string, number]) => Number(daemons.includes(service));
  return [...tasks].sort((a, b) => isDaemon(a) - isDaemon(b));
}

/** The resource of which the largest share is used. */
export function binding(used: Resources, capacity: Resources): string {
  const share = (name: string) => (used[name] ?? 0) / (capacity[name] || 1);
  const [first = "", ...others] = Object.keys(used);
  return others.reduce((most, name) => (share(name) > share(most) ? name : most), first);
}
