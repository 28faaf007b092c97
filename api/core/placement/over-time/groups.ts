import type { Capacity } from "../../model/capacity.ts";
import type { HostType } from "../../model/placement.ts";
import type { PlacementRequest } from "../../model/placement-request.ts";
import type { Problem, Result } from "../../model/problem.ts";
import { missingTypes, typesOf } from "../given-capacity.ts";
import { nothingHolds } from "../misfits.ts";
import { byKind, targetKinds, typesWorthTrying } from "../one-type.ts";
import type { GroupPlan } from "./group.ts";

/** One way: the groups of the capacity that is given. */
export function givenGroups(request: PlacementRequest, { providers }: Capacity): Result<readonly GroupPlan[][]> {
  const missing = providers.flatMap((provider) => missingTypes(provider, request));
  if (missing.length > 0) return { ok: false, problems: missing };
  const groups = providers.map((provider): GroupPlan => {
    const types = typesOf(provider, request);
    const { name, countMin, countMax, growth, purchaseOption, base, weight } = provider;
    return {
      ...{ provider: name, instanceTypes: types.map((type) => type.name), countMin, countMax, growth, purchaseOption },
      ...{ base, weight, takes: null },
      hosts: hostsOf(request, types, { provider: name, zones: provider.zones ?? request.zones }),
    };
  });
  return { ok: true, value: [groups] };
}

interface Choice {
  /** Lives of the tasks at their peaks, and of their means. */
  readonly peaks: PlacementRequest["lives"];
  readonly means: PlacementRequest["lives"];
  readonly most: number;
}

/** Several ways: a group of one type (or as many as are wanted side by side) for each kind of tasks. */
export function chosenGroups(request: PlacementRequest, choice: Choice): Result<readonly GroupPlan[][]> {
  const problems: Problem[] = [];
  const published = request.hostTypes.filter((type) => !type.estimated);
  for (const hostTypes of [published, request.hostTypes]) {
    const of = { ...request, hostTypes, lives: choice.peaks };
    const ways = targetKinds(of).flatMap((target) => waysWith(target, of, choice));
    // What is promising for one target comes before what is less so for another.
    ways.sort((a, b) => a.rank - b.rank);
    if (ways.length > 0) return { ok: true, value: ways.slice(0, choice.most).map(({ groups }) => groups) };
    problems.push(nothingHolds(of));
  }
  return { ok: false, problems: problems.slice(-1) };
}

function waysWith(
  target: string,
  request: PlacementRequest,
  { means, most }: Choice,
): { readonly rank: number; readonly groups: GroupPlan[] }[] {
  const atMean = byKind({ ...request, lives: means }, target);
  const kinds = byKind(request, target).map((ofKind, at) => {
    const peak = typesWorthTrying(ofKind);
    const mean = typesWorthTrying(atMean[at] ?? ofKind);
    const byTurns = peak.flatMap((types, rank) => [types, ...(mean[rank] === undefined ? [] : [mean[rank]])]);
    const tried = new Map(byTurns.map((types) => [types.map(({ name }) => name).join(" "), types]));
    return { ofKind, types: [...tried.values()].slice(0, most) };
  });
  const ranks = Math.max(0, ...kinds.map(({ types }) => types.length));
  if (kinds.some(({ types }) => types.length === 0)) return [];
  return Array.from({ length: ranks }, (_, rank) => ({
    rank,
    groups: kinds.map(({ ofKind, types }) => chosen(ofKind, types[Math.min(rank, types.length - 1)] ?? [])),
  }));
}

function chosen(request: PlacementRequest, types: readonly HostType[]): GroupPlan {
  return {
    ...{ provider: null, instanceTypes: types.map(({ name }) => name), countMin: 0, countMax: null },
    growth: request.growth,
    ...{ purchaseOption: null, base: 0, weight: 1 },
    takes: new Set(request.lives.map(({ service }) => service)),
    hosts: hostsOf(request, types, { provider: null, zones: request.zones }),
  };
}

function hostsOf(
  request: PlacementRequest,
  types: readonly HostType[],
  where: { readonly provider: string | null; readonly zones: readonly string[] },
): GroupPlan["hosts"] {
  return where.zones.flatMap((name) =>
    types.map((type) => ({
      host: request.hostOf(type, name, where.provider),
      zone: Math.max(0, request.zones.indexOf(name)),
    })),
  );
}
