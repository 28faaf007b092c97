import type { Decimal } from "decimal.js";
import { Exact } from "../model/exact.ts";
import type { Packing, PackingProblem, PackingWork } from "../model/packing.ts";
import type { InstanceLife, PackingProof } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import { type Item, type MixProblem, packingItem } from "./mix-problem.ts";
import { pack } from "./packing/pack.ts";
import { resourcePrices } from "./packing/resource-prices.ts";

const secondsPerHour = 3600;
const billionthsPerUnit = 1_000_000_000;

interface Searched {
  readonly instances: readonly InstanceLife[];
  /** What the search found, zone by zone. */
  readonly packings: readonly Packing[];
  readonly extra: { readonly service: string; readonly count: number } | null;
}

/**
 * What no fleet is below: with prices for a task of each service such that no instance holds tasks dearer than it costs for an hour,
 * the tasks' hours at these prices (weak duality). All tasks at once and zones left aside, so that it holds however they are spread.
 */
export function mixProof(searched: Searched, problem: MixProblem, request: PlacementRequest): PackingProof {
  const { instances, packings, extra } = searched;
  const everything = wholeProblem(problem, request, extra);
  const lone = request.zones.length === 1 && !request.surviveZoneLoss && packings.length === 1 ? packings[0] : null;
  const packing = lone ?? pack(everything);
  if (packing === null) throw new Error("what fits zone by zone does not fit as a whole");
  const whole = boundOver(packing, problem, request);
  const inZones = lone === null ? boundInZones(problem, request) : null;
  const least = inZones?.bound.gt(whole) ? inZones.bound : whole;
  const bound = least.times(100).div(request.targetCapacityPercent);
  const cost = costOf(instances, problem);
  const prices = problem.items.flatMap(({ services }, at) =>
    services.map((service) => ({ service, perHour: perUnit(packing.certificate.prices[at] ?? 0) })),
  );
  const worth = resourcePrices(everything).map((price, at) => [problem.dimensions[at] ?? "", perUnit(price)] as const);
  const amounts = new Set(problem.types.flatMap(({ capacity }) => Object.keys(capacity)));
  return {
    lowerBound: bound,
    proven: cost.lte(bound),
    work: workOf([...packings, ...(lone === null ? [packing] : []), ...(inZones === null ? [] : [inZones.packing])]),
    prices: prices.sort((a, b) => (a.service < b.service ? -1 : 1)),
    resourcePrices: Object.fromEntries(worth.filter(([name]) => amounts.has(name))),
  };
}

/** As many of each item as are ever alive at once, wherever they are. */
function wholeProblem(
  problem: MixProblem,
  { lives, effort }: PlacementRequest,
  extra: Searched["extra"],
): PackingProblem {
  const items = problem.items.map((item) => {
    const alive = lives.filter(({ service }) => item.services.includes(service));
    const kept = extra !== null && item.services.includes(extra.service) ? extra.count : 0;
    const count = alive.reduce((sum, life) => sum + life.count, kept);
    return packingItem(anywhere(item, problem), { zone: 0, count, types: problem.hosts.length, extraHosts: [] });
  });
  return { items, hosts: problem.hosts, effort };
}

/** For the period: where all tasks live through it, what the search has proven; else what each is worth for as long as it lives. */
function boundOver(packing: Packing, { items }: MixProblem, { lives, periodSeconds }: PlacementRequest): Decimal {
  const always = lives.every((life) => life.endSeconds - life.startSeconds === periodSeconds);
  if (always) return perUnit(packing.lowerBound).times(periodSeconds).div(secondsPerHour);
  return lives.reduce((sum, { service, count, startSeconds, endSeconds }) => {
    const price = packing.certificate.prices[items.findIndex(({ services }) => services.includes(service))] ?? 0;
    return sum.plus(
      perUnit(price)
        .times(count)
        .times(endSeconds - startSeconds)
        .div(secondsPerHour),
    );
  }, new Exact(0));
}

/**
 * Every zone holds at least an even share of each service, rounded down, whatever is spread how: so many times what no zone is below.
 * Null where tasks come and go, or cannot be in every zone.
 */
function boundInZones(problem: MixProblem, request: PlacementRequest): { bound: Decimal; packing: Packing } | null {
  const { lives, periodSeconds, zones } = request;
  const always = lives.every((life) => life.endSeconds - life.startSeconds === periodSeconds);
  if (!always || problem.items.some(({ allowed }) => allowed.some((places) => places?.length === 0))) return null;
  const items = problem.items.map((item) => {
    const counts = item.services.map((service) =>
      lives.reduce((sum, life) => sum + (life.service === service ? life.count : 0), 0),
    );
    const count = counts.reduce((sum, tasks) => sum + Math.floor(tasks / zones.length), 0);
    return packingItem(anywhere(item, problem), { zone: 0, count, types: problem.hosts.length, extraHosts: [] });
  });
  const packing = pack({ items, hosts: problem.hosts, effort: request.effort });
  if (packing === null) return null;
  const hours = new Exact(periodSeconds).div(secondsPerHour);
  return { packing, bound: perUnit(packing.lowerBound).times(zones.length).times(hours) };
}

/** The item as if all zones were one: on whatever host some zone lets it. */
function anywhere(item: Item, { hosts }: MixProblem): Item {
  const places = [...new Set(item.allowed.flatMap((allowed) => allowed ?? [...hosts.keys()]))].sort((a, b) => a - b);
  return { ...item, allowed: [places.length === hosts.length ? null : places] };
}

function costOf(instances: readonly InstanceLife[], { types, hosts }: MixProblem) {
  const perHour = new Map(types.map(({ name }, at) => [name, hosts[at]?.cost ?? 0]));
  return instances.reduce((sum, { instanceType, count, startSeconds, endSeconds }) => {
    const hours = new Exact(count * (endSeconds - startSeconds)).div(secondsPerHour);
    return sum.plus(perUnit(perHour.get(instanceType) ?? 0).times(hours));
  }, new Exact(0));
}

function perUnit(billionths: number) {
  return new Exact(billionths).div(billionthsPerUnit);
}

function workOf(packings: readonly Packing[]): PackingWork {
  const total = (of: keyof PackingWork) => packings.reduce((sum, { work }) => sum + work[of], 0);
  return { pivots: total("pivots"), nodes: total("nodes"), iterations: total("iterations") };
}
