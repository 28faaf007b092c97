import { meter } from "./metering/meter.ts";
import type { Market } from "./model/catalogue.ts";
import { Exact } from "./model/exact.ts";
import type { InstanceBilledLaunchType } from "./model/launch-type.ts";
import { contextOf } from "./model/launch-type.ts";
import type { HostType } from "./model/placement.ts";
import type { PriceBook } from "./model/price-book.ts";
import type { Problem } from "./model/problem.ts";
import type { Workload } from "./model/workload.ts";
import { rate } from "./rating/rate.ts";

interface PricedHosts {
  readonly hostTypes: readonly HostType[];
  /** Why types were left out for want of a price. */
  readonly problems: readonly Problem[];
}

const secondsPerHour = 3600;
const remembered = new WeakMap<PriceBook, Map<string, PricedHosts>>();
const rememberedMax = 64;

/**
 * The types a launch type offers, each with the cost of an hour of one: metered and rated like any other usage, add-ons included, so
 * that the search minimises what the bill will say. Remembered per price book, since it is the same for every plan.
 */
export function pricedHosts(launchType: InstanceBilledLaunchType, workload: Workload, market: Market): PricedHosts {
  const forBook = remembered.get(market.book) ?? new Map<string, PricedHosts>();
  remembered.set(market.book, forBook);
  const key = JSON.stringify([launchType.id, workload.settings, workload.usage, workload.monthSeconds]);
  const found = forBook.get(key) ?? priceHosts(launchType, workload, market);
  if (!forBook.has(key) && forBook.size >= rememberedMax) forBook.delete(forBook.keys().next().value ?? "");
  forBook.set(key, found);
  return found;
}

function priceHosts(launchType: InstanceBilledLaunchType, workload: Workload, market: Market): PricedHosts {
  const context = contextOf(workload, market.book);
  const problems = new Map<string, Problem>();
  const hostTypes = launchType.hosts(context).flatMap((host): HostType[] => {
    const hour = {
      instanceType: host.name,
      count: 1,
      startSeconds: 0,
      endSeconds: secondsPerHour,
      tasks: [],
      used: {},
      capacity: host.capacity,
      binds: "",
      zone: 0,
      spare: false,
      ...{ provider: null, purchaseOption: null, existing: false },
    };
    const usages = meter({ launchType, addOns: market.catalogue.addOns, tasks: [], instances: [hour], context });
    const rating = rate(usages, market.book, workload.monthSeconds);
    for (const problem of rating.problems) problems.set(problem.message, problem);
    if (rating.problems.length > 0) return [];
    const costPerHour = rating.charges.reduce((sum, charge) => sum.plus(charge.cost), new Exact(0));
    return [{ ...host, costPerHour, roughCostPerHour: costPerHour.toNumber() }];
  });
  return { hostTypes, problems: [...problems.values()] };
}
