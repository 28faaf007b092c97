import type { PackingHost, PackingItem } from "../model/packing.ts";
import type { HostType } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import type { ServiceTask } from "../model/placement-rules.ts";
import { daemonTasks } from "./stages.ts";

/** Services whose tasks are alike to the search: the same amounts on the same hosts. */
export interface Item {
  readonly amounts: readonly number[];
  readonly perHostMax: number | null;
  readonly services: readonly string[];
  /** Places in `MixProblem.types` that it may go on, by zone; null: all. */
  readonly allowed: readonly (readonly number[] | null)[];
}

/** What the search is about, whatever the counts: the dimensions, the hosts and the items. */
export interface MixProblem {
  /** Resources, then things of which an instance has one only. */
  readonly dimensions: readonly string[];
  readonly types: readonly HostType[];
  readonly hosts: readonly PackingHost[];
  readonly items: readonly Item[];
}

const billionthsPerUnit = 1_000_000_000;

export function mixProblem(request: PlacementRequest): MixProblem {
  const services = [...new Set(request.lives.map(({ service }) => service))].sort();
  const tasks = services.flatMap((service) => request.tasks.get(service) ?? []);
  const resources = [...new Set(tasks.flatMap(({ demand }) => Object.keys(demand.resources)))].sort();
  const dimensions = [...resources, ...[...new Set(tasks.flatMap(({ demand }) => demand.exclusive))].sort()];
  const types: HostType[] = [];
  const hosts: PackingHost[] = [];
  for (const type of request.hostTypes) {
    const capacity = roomOn(type, dimensions, { resources: new Set(resources), request });
    if (capacity === null) continue;
    types.push(type);
    hosts.push({ capacity, cost: type.costPerHour.times(billionthsPerUnit).floor().toNumber(), countMax: null });
  }
  return { dimensions, types, hosts, items: itemsOf(tasks, { dimensions, types, request }) };
}

/** What daemons leave of an instance; null: they do not fit. */
function roomOn(
  type: HostType,
  dimensions: readonly string[],
  { resources, request }: { resources: ReadonlySet<string>; request: PlacementRequest },
): number[] | null {
  const host = request.hostOf(type, request.zones[0] ?? "", null);
  const own = daemonTasks(request).filter(
    (daemon) => daemon.demand.kinds.includes(type.kind) && daemon.allowsHost(host),
  );
  const room = new Map(Object.entries(type.capacity));
  for (const { demand } of own) {
    for (const [name, amount] of Object.entries(demand.resources)) room.set(name, (room.get(name) ?? 0) - amount);
    for (const name of demand.exclusive) room.set(name, (room.get(name) ?? 1) - 1);
  }
  if ([...room.values()].some((left) => left < 0)) return null;
  const isExclusive = (name: string) => !resources.has(name);
  return dimensions.map((name) => room.get(name) ?? (isExclusive(name) ? 1 : 0));
}

function itemsOf(
  tasks: readonly ServiceTask[],
  given: { dimensions: readonly string[]; types: readonly HostType[]; request: PlacementRequest },
): Item[] {
  const items = new Map<string, Item>();
  for (const task of tasks) {
    const { resources, exclusive } = task.demand;
    const item = {
      amounts: given.dimensions.map((name) => resources[name] ?? (exclusive.includes(name) ? 1 : 0)),
      perHostMax: task.distinct || exclusive.length > 0 ? 1 : null,
      allowed: given.request.zones.map((zone) => allowedIn(zone, task, given)),
    };
    // Tasks that want an instance each are told apart: those of another service may share it.
    const key = JSON.stringify([item, task.distinct ? task.service : null]);
    const known = items.get(key);
    items.set(key, { ...item, services: [...(known?.services ?? []), task.service] });
  }
  return [...items.values()];
}

function allowedIn(
  zone: string,
  task: ServiceTask,
  { types, request }: { types: readonly HostType[]; request: PlacementRequest },
): readonly number[] | null {
  const allowed = types.flatMap((type, at) => {
    const isKind = task.demand.kinds.includes(type.kind);
    return isKind && (task.constraints.length === 0 || task.allowsHost(request.hostOf(type, zone, null))) ? [at] : [];
  });
  return allowed.length === types.length ? null : allowed;
}

/** An item as the search takes it, in one zone; extra hosts stand behind the types. */
export function packingItem(
  item: Item,
  at: { readonly zone: number; readonly count: number; readonly types: number; readonly extraHosts: readonly number[] },
): PackingItem {
  const allowed = item.allowed[at.zone] ?? null;
  const all = allowed === null && at.extraHosts.length === 0;
  const types = allowed ?? Array.from({ length: at.types }, (_, place) => place);
  return {
    amounts: item.amounts,
    count: at.count,
    perHostMax: item.perHostMax,
    hosts: all ? null : [...types, ...at.extraHosts],
  };
}
