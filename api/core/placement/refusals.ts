import type { Host, Instance, InstanceRun, PlaceableTask, Refusal, Unplaced } from "../model/placement-rules.ts";

/** A task on its way to instances of one provider (null: of any). */
export interface PlacedBy {
  readonly task: PlaceableTask;
  readonly provider: string | null;
}

/** Why no instance of the host takes the task, whatever is on it. */
export function hostRefusals(host: Host, { task, provider }: PlacedBy): Refusal[] {
  const refusals: Refusal[] = [];
  if (!task.demand.kinds.includes(host.kind)) refusals.push({ because: "kind", name: host.kind });
  if (provider !== null && host.provider !== provider) refusals.push({ because: "provider", name: provider });
  for (const ranking of task.rankings) {
    const attribute = ranking.kind === "spread" ? ranking.attribute : null;
    if (attribute !== null && !Object.hasOwn(host.attributes, attribute)) {
      refusals.push({ because: "attribute", name: attribute });
    }
  }
  if (!task.allowsHost(host)) refusals.push({ because: "constraint", name: "" });
  return refusals;
}

/** Why the instance does not take the task as things stand; empty: it does. */
function refusalsOf(instance: Instance, placed: PlacedBy): Refusal[] {
  const { task } = placed;
  const refusals = hostRefusals(instance.host, placed);
  for (const [name, amount] of Object.entries(task.demand.resources)) {
    if (amount > (instance.room[name] ?? 0) && amount > 0) refusals.push({ because: "resource", name });
  }
  for (const name of task.demand.exclusive) {
    if (instance.taken.has(name)) refusals.push({ because: "exclusive", name });
  }
  if (task.allowsInstance !== null && !task.allowsInstance(instance))
    refusals.push({ because: "constraint", name: "" });
  if (task.distinct && instance.groups.has(task.group)) refusals.push({ because: "distinct", name: "" });
  return refusals;
}

export function unplacedOn(runs: readonly InstanceRun[], placed: PlacedBy, count: number): Unplaced {
  const counts = new Map<string, Unplaced["refusals"][number]>();
  let closest: Unplaced["closest"] = null;
  for (const run of runs) {
    const refusals = refusalsOf(run.instance, placed);
    for (const refusal of refusals) {
      const key = `${refusal.because} ${refusal.name}`;
      counts.set(key, { ...refusal, instances: (counts.get(key)?.instances ?? 0) + run.count });
    }
    if (closest === null || refusals.length < closest.refusals.length) {
      closest = { host: run.instance.host, refusals };
    }
  }
  const refusals = [...counts.values()].sort((a, b) => b.instances - a.instances);
  return { service: placed.task.service, count, refusals, closest };
}
