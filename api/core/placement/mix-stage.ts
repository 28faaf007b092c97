import type { Packing, PackingHost, PackingProblem } from "../model/packing.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import { handedOut, type Queues } from "./handed-out.ts";
import { type MixBin, roomLeft } from "./mix-bins.ts";
import { type MixProblem, packingItem } from "./mix-problem.ts";
import { pack } from "./packing/pack.ts";
import type { Stage } from "./stages.ts";

export interface StageOfMix {
  readonly stage: Stage;
  /** By service, in the order of the zones. */
  readonly counts: ReadonlyMap<string, readonly number[]>;
  /** Tasks of a service whose places are kept free for its deployment. */
  readonly extra: { readonly service: string; readonly count: number } | null;
  /** What is there by then, with room to fill. */
  readonly bins: readonly MixBin[];
  readonly problem: MixProblem;
  readonly request: PlacementRequest;
}

/** The stage's tasks, each zone by itself; null: they do not fit on anything. Zones with the same to do are searched once. */
export function packStage(
  given: StageOfMix,
): { readonly bins: MixBin[]; readonly packings: readonly Packing[] } | null {
  const searched = new Map<string, Packing | null>();
  const bins: MixBin[] = [];
  for (const zone of given.request.zones.keys()) {
    const inZone = { ...given, bins: given.bins.filter((bin) => bin.zone === zone) };
    const task = taskIn(zone, inZone);
    const key = JSON.stringify([task.items, task.hosts.slice(given.problem.hosts.length)]);
    const found = searched.has(key) ? searched.get(key) : pack(task);
    searched.set(key, found ?? null);
    if (!found) return null;
    bins.push(...filledIn(zone, found, inZone));
  }
  return { bins, packings: [...searched.values()].filter((packing) => packing !== null) };
}

/** What is there already costs nothing more. */
function taskIn(zone: number, given: StageOfMix): PackingProblem {
  const { problem, bins, request } = given;
  const types = problem.hosts.length;
  const there = bins.map(({ room, count }): PackingHost => ({ capacity: room, cost: 0, countMax: count }));
  const items = problem.items.map((item) => {
    const extraHosts = bins.flatMap((bin, at) => {
      const allowed = item.allowed[zone];
      const open = allowed === null || allowed?.includes(bin.type);
      const shared = item.perHostMax !== null && item.services.some((service) => bin.tasks.has(service));
      return open && !shared ? [types + at] : [];
    });
    const own = item.services.map((service) => given.counts.get(service)?.[zone] ?? 0);
    const kept = item.services.includes(given.extra?.service ?? "") ? extraIn(zone, given) : 0;
    const count = own.reduce((sum, tasks) => sum + tasks, kept);
    return packingItem(item, { zone, count, types, extraHosts });
  });
  return { items, hosts: [...problem.hosts, ...there], effort: request.effort };
}

/** The first zone that holds tasks of the service keeps the places for its deployment. */
function extraIn(zone: number, { extra, counts }: StageOfMix): number {
  const own = extra === null ? [] : (counts.get(extra.service) ?? []);
  return extra !== null && own.findIndex((count) => count > 0) === zone ? extra.count : 0;
}

function filledIn(zone: number, packing: Packing, given: StageOfMix): MixBin[] {
  const { problem, bins, stage } = given;
  const queues: Queues = problem.items.map(({ services }) =>
    services.flatMap((service) => {
      const left = given.counts.get(service)?.[zone] ?? 0;
      return left === 0 ? [] : [{ service, left }];
    }),
  );
  const untouched = bins.map(({ count }) => count);
  const filled: MixBin[] = [];
  for (const packed of packing.instances) {
    const bin = bins[packed.host - problem.hosts.length];
    const room = bin?.room ?? problem.hosts[packed.host]?.capacity ?? [];
    if (bin !== undefined) untouched[bins.indexOf(bin)] = (untouched[bins.indexOf(bin)] ?? 0) - packed.count;
    for (const { count, tasks } of handedOut(packed, problem.items, queues)) {
      const lived = bin ?? { type: packed.host, startSeconds: stage.startSeconds, endSeconds: stage.endSeconds };
      filled.push({
        ...{ type: lived.type, zone, count, room: roomLeft(room, tasks, problem) },
        ...{ startSeconds: lived.startSeconds, endSeconds: lived.endSeconds, tasks: together(bin?.tasks, tasks) },
      });
    }
  }
  const rest = bins.flatMap((bin, at) => ((untouched[at] ?? 0) > 0 ? [{ ...bin, count: untouched[at] ?? 0 }] : []));
  return [...rest, ...filled];
}

function together(there: ReadonlyMap<string, number> | undefined, added: ReadonlyMap<string, number>) {
  const both = new Map(there);
  for (const [service, count] of added) both.set(service, (both.get(service) ?? 0) + count);
  return both;
}
