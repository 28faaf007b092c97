import type { PlacementRequest } from "../model/placement-request.ts";
import { amountsOf, type MixBin, moreThatFit } from "./mix-bins.ts";
import type { MixProblem } from "./mix-problem.ts";
import { countsIn, type Stage } from "./stages.ts";
import type { Spread } from "./zone-counts.ts";

/** The services of a stage, and where they may be; null: one of them fits on nothing. */
export function mixSpreads(stage: Stage, problem: MixProblem, request: PlacementRequest): Spread[] | null {
  const spreads = [...countsIn(stage)].map(([service, count]) => {
    const item = problem.items.find(({ services }) => services.includes(service));
    const open = (zone: number) => {
      const allowed = item?.allowed[zone];
      const places = allowed === null ? problem.hosts.keys() : (allowed ?? []);
      return [...places].some((at) => moreThatFit(problem.hosts[at]?.capacity ?? [], item?.amounts ?? []) > 0);
    };
    const zones = [...request.zones.keys()].filter(open);
    return { service, count, zones, weight: weightOf(item?.amounts ?? [], problem) };
  });
  return spreads.every(({ zones }) => zones.length > 0) ? spreads : null;
}

/** The largest share of the largest instance that a task takes of any resource. */
function weightOf(amounts: readonly number[], { hosts }: MixProblem): number {
  return Math.max(
    0,
    ...amounts.map((amount, at) => {
      const largest = hosts.reduce((most, { capacity }) => Math.max(most, capacity[at] ?? 0), 0);
      return amount === 0 ? 0 : amount / largest;
    }),
  );
}

/**
 * The service whose deployment wants most room. The search holds its extra tasks too and their places stay free, so that the room
 * is part of what is minimised, and of what is proven: any fleet with this room could hold them.
 */
export function extraTask(
  spreads: readonly Spread[],
  request: Pick<PlacementRequest, "room">,
): { readonly service: string; readonly count: number } | null {
  let most: { service: string; count: number; size: number } | null = null;
  for (const { service, weight } of spreads) {
    const count = request.room.get(service) ?? 0;
    const size = count * weight;
    if (count > 0 && (most === null || size > most.size || (size === most.size && service < most.service))) {
      most = { service, count, size };
    }
  }
  return most;
}

/**
 * The fleet with the empty instances that it takes beside: for deployments that do not find room yet, of the type on which all that
 * are short find it cheapest; and as many more of every kind as leave the target share to the tasks.
 */
export function withFreeRoom(bins: readonly MixBin[], problem: MixProblem, request: PlacementRequest): MixBin[] {
  const period = { startSeconds: 0, endSeconds: request.periodSeconds };
  const empty = { tasks: new Map<string, number>(), zone: 0, ...period };
  const spare = spareFor(lacking(bins, problem, request), problem);
  const deployable = [
    ...bins,
    ...spare.map((own) => ({ ...empty, ...own, room: problem.hosts[own.type]?.capacity ?? [] })),
  ];
  if (request.targetCapacityPercent === 100) return deployable;
  const kept = deployable
    .filter((bin) => bin.endSeconds - bin.startSeconds === request.periodSeconds)
    .map((bin): MixBin => {
      const extra = Math.ceil((bin.count * 100) / request.targetCapacityPercent) - bin.count;
      return { ...empty, type: bin.type, zone: bin.zone, count: extra, room: problem.hosts[bin.type]?.capacity ?? [] };
    });
  return [...deployable, ...kept.filter(({ count }) => count > 0)];
}

interface Lack {
  readonly service: string;
  readonly tasks: number;
}

function lacking(bins: readonly MixBin[], problem: MixProblem, request: PlacementRequest): Lack[] {
  return [...request.room].flatMap(([service, wanted]) => {
    const item = problem.items.find(({ services }) => services.includes(service));
    if (wanted === 0 || item === undefined) return [];
    let found = 0;
    for (const bin of bins) {
      const allowed = item.allowed[bin.zone];
      const open = allowed === null || allowed?.includes(bin.type);
      const stays = bin.endSeconds - bin.startSeconds === request.periodSeconds;
      if (!open || !stays || (item.perHostMax !== null && bin.tasks.has(service))) continue;
      const fit = moreThatFit(bin.room, item.amounts);
      found += bin.count * Math.min(fit, item.perHostMax ?? fit);
    }
    return found >= wanted ? [] : [{ service, tasks: wanted - found }];
  });
}

/** One service at a time is deployed, so that the most that any of them lacks is enough for all. */
function spareFor(lacks: readonly Lack[], problem: MixProblem): { type: number; count: number }[] {
  if (lacks.length === 0) return [];
  let best: { type: number; count: number; cost: number } | null = null;
  for (const [type, host] of problem.hosts.entries()) {
    const counts = lacks.map(({ service, tasks }) => {
      const item = problem.items.find(({ services }) => services.includes(service));
      const fit = moreThatFit(host.capacity, amountsOf(service, problem));
      const open = item?.allowed.some((allowed) => allowed === null || allowed.includes(type));
      return open ? Math.ceil(tasks / Math.min(fit, item?.perHostMax ?? fit)) : Number.POSITIVE_INFINITY;
    });
    const count = Math.max(...counts);
    if (Number.isFinite(count) && (best === null || count * host.cost < best.cost)) {
      best = { type, count, cost: count * host.cost };
    }
  }
  if (best !== null) return [{ type: best.type, count: best.count }];
  // No one type does for all: one for the first, and the rest anew.
  const [first, ...others] = lacks;
  return others.length === 0 || first === undefined
    ? []
    : [...spareFor([first], problem), ...spareFor(others, problem)];
}
