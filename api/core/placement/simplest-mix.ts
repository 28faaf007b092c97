import type { Decimal } from "decimal.js";
import { Exact } from "../model/exact.ts";
import type { HostType, InstanceLife, SimplestFleet } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import { mixOf } from "./mix.ts";
import { mixProblem } from "./mix-problem.ts";

/** Sets of types looked at, at most: work, not seconds. */
const setsMax = 60;
const typesMax = 3;
const secondsPerHour = 3600;

/**
 * Of the fewest types that comes within the percentage of the cheapest fleet that is known: one type, then two, then three of those that
 * the cheapest fleet spends most on and that are cheapest by themselves; else that fleet itself. A search, no proof that fewer would not do.
 */
export function simplestMix(best: readonly InstanceLife[], request: PlacementRequest): SimplestFleet | null {
  if (request.simplestWithinPercent === null || best.length === 0) return null;
  const limit = costOf(best, request)
    .times(100 + request.simplestWithinPercent)
    .div(100);
  const spent = [...Map.groupBy(best, ({ instanceType }) => instanceType)].map(([name, lives]) => ({
    name,
    cost: costOf(lives, request),
  }));
  const names = spent.sort((a, b) => b.cost.comparedTo(a.cost)).map(({ name }) => name);
  const alone = promising(request)
    .flatMap((type) => priced([type], request))
    .sort(byCost);
  let sets = alone;
  for (let types = 1; types <= typesMax; types++) {
    const [cheapest] = sets;
    if (cheapest?.cost.lte(limit)) return cheapest;
    const added = [...new Set([...names, ...alone.slice(0, 4).flatMap(({ instanceTypes }) => instanceTypes)])];
    sets = withOneMore(sets.slice(0, 6), added, request);
  }
  return { instanceTypes: names.toSorted(), cost: costOf(best, request) };
}

/** The types on which the tasks would cost least if they could be poured. */
function promising(request: PlacementRequest): HostType[] {
  const { types, hosts, items } = mixProblem(request);
  const wanted = (dimension: number) =>
    items.reduce((sum, { services, amounts }) => {
      const alive = request.lives.filter(({ service }) => services.includes(service));
      return sum + alive.reduce((count, life) => count + life.count, 0) * (amounts[dimension] ?? 0);
    }, 0);
  const totals = (hosts[0]?.capacity ?? []).map((_, dimension) => wanted(dimension));
  const poured = types.map((type, at) => {
    const shares = totals.map((total, dimension) => (total === 0 ? 0 : total / (hosts[at]?.capacity[dimension] ?? 0)));
    return { type, cost: Math.max(0, ...shares) * type.roughCostPerHour };
  });
  const able = poured.filter(({ cost }) => Number.isFinite(cost));
  return able
    .sort((a, b) => a.cost - b.cost || (a.type.name < b.type.name ? -1 : 1))
    .map(({ type }) => type)
    .slice(0, setsMax);
}

function withOneMore(sets: readonly SimplestFleet[], names: readonly string[], request: PlacementRequest) {
  const grown = sets.flatMap(({ instanceTypes }) =>
    names.filter((name) => !instanceTypes.includes(name)).map((name) => [...instanceTypes, name].sort()),
  );
  const distinct = [...new Map(grown.map((set) => [set.join(), set])).values()].slice(0, setsMax);
  return distinct.flatMap((set) => priced(typesOf(set, request), request)).sort(byCost);
}

function typesOf(names: readonly string[], { hostTypes }: PlacementRequest): HostType[] {
  return hostTypes.filter(({ name }) => names.includes(name));
}

function priced(hostTypes: readonly HostType[], request: PlacementRequest): SimplestFleet[] {
  const mix = mixOf({ ...request, hostTypes });
  if (mix === null) return [];
  return [{ instanceTypes: hostTypes.map(({ name }) => name), cost: costOf(mix.instances, request) }];
}

function costOf(instances: readonly InstanceLife[], { hostTypes }: PlacementRequest): Decimal {
  return instances.reduce((sum, { instanceType, count, startSeconds, endSeconds }) => {
    const perHour = hostTypes.find(({ name }) => name === instanceType)?.costPerHour ?? new Exact(0);
    return sum.plus(perHour.times(count * (endSeconds - startSeconds)).div(secondsPerHour));
  }, new Exact(0));
}

function byCost(a: SimplestFleet, b: SimplestFleet): number {
  return a.cost.comparedTo(b.cost) || (a.instanceTypes.join() < b.instanceTypes.join() ? -1 : 1);
}
