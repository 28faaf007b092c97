import type { Decimal } from "decimal.js";
import { admissionOf } from "./admission.ts";
import { allocate } from "./allocate.ts";
import { estimate } from "./estimate.ts";
import { mix } from "./mix.ts";
import type { Market } from "./model/catalogue.ts";
import { Exact } from "./model/exact.ts";
import { one } from "./model/fraction.ts";
import type { Assignment } from "./model/launch-type.ts";
import { contextOf } from "./model/launch-type.ts";
import type { Problem } from "./model/problem.ts";
import type { Service, Workload } from "./model/workload.ts";
import { serviceMonths } from "./on-instances.ts";

/** Mixes costed in search of the best launch type per service: work, not seconds, so that the answer is the same on every machine. */
const effortMax = 40;

/** Fewer, where each of them has services and instances played out. */
function effortFor(workload: Workload): number {
  return Math.max(2, Math.min(effortMax, Math.floor(120 / Math.max(1, serviceMonths(workload)))));
}

/** The best launch type per service. Spot is tried only for services marked interruptible, and nothing that the orchestrator refuses. */
export function bestMix(
  workload: Workload,
  whole: Market,
): { assignments: readonly Assignment[]; problems: readonly Problem[] } {
  const { catalogue } = whole;
  const market = { ...whole, catalogue: { ...catalogue, addOns: catalogue.addOns.filter(({ shared }) => !shared) } };
  const alone = costsAlone(workload, market);
  const problems: Problem[] = [];
  const choices = new Map<string, readonly string[]>();
  for (const service of workload.services) {
    const possible = market.catalogue.launchTypes
      .filter(({ inMixes }) => inMixes)
      .filter((launchType) => service.interruptible || launchType.purchaseOption !== "spot")
      .filter((launchType) => alone.has(`${launchType.id}\n${service.name}`))
      .map((launchType) => launchType.id);
    if (possible.length === 0) {
      const message = `${service.name} runs on none of the launch types: see their problems.`;
      problems.push({ code: "no_launch_type", path: service.path, message });
    }
    choices.set(service.name, possible);
  }
  if (problems.length > 0) return { assignments: [], problems };
  // Not the order of the documents: it must not change the answer.
  const names = workload.services.map((service) => service.name).sort();
  const found = mix({
    services: names,
    choices,
    costOf: costingOf(workload, market, alone),
    costAlone: (service, launchType) => alone.get(`${launchType}\n${service}`) ?? null,
    effort: effortFor(workload),
  });
  if (found !== null) return { assignments: assignmentsOf(found), problems };
  const message = "No choice of a launch type per service can be priced: see the problems of the other options.";
  return { assignments: [], problems: [{ code: "no_launch_type", path: "", message }] };
}

function assignmentsOf(candidate: ReadonlyMap<string, string>): Assignment[] {
  return [...candidate].map(([service, launchType]) => ({ service, launchType, share: one }));
}

/**
 * What a mix costs: tasks billed by themselves cost what they cost alone; only what shares instances is placed and priced anew, and
 * not twice for the same services.
 */
function costingOf(workload: Workload, market: Market, alone: ReadonlyMap<string, Decimal>) {
  const shared = new Map<string, Decimal | null>();
  const instanceBilled = new Set(
    market.catalogue.launchTypes.filter((type) => type.billedBy === "instance").map((type) => type.id),
  );
  const costOnInstances = (assignments: readonly Assignment[]): Decimal | null => {
    const key = assignments.map((on) => `${on.launchType}\n${on.service}`).join("\n");
    const known = shared.get(key);
    if (known !== undefined) return known;
    const priced = estimate({ workload, assignments }, market);
    const cost = priced.unpriced.length > 0 ? null : priced.total;
    shared.set(key, cost);
    return cost;
  };
  return (candidate: ReadonlyMap<string, string>): Decimal | null => {
    const assignments = assignmentsOf(candidate);
    const onInstances = costOnInstances(assignments.filter((on) => instanceBilled.has(on.launchType)));
    return assignments
      .filter((on) => !instanceBilled.has(on.launchType))
      .reduce<Decimal | null>((sum, on) => {
        const cost = alone.get(`${on.launchType}\n${on.service}`);
        return sum === null || cost === undefined ? null : sum.plus(cost);
      }, onInstances);
  };
}

/**
 * What each service costs on each launch type that accepts it, when everything that it accepts runs there; where that cannot be priced
 * as a whole, by itself.
 */
function costsAlone(workload: Workload, market: Market): ReadonlyMap<string, Decimal> {
  const context = contextOf(workload, market.book);
  const costs = new Map<string, Decimal>();
  const learn = (launchType: string, services: readonly Service[]): boolean => {
    const assignments = services.map((service) => ({ service: service.name, launchType, share: one }));
    const priced = estimate({ workload, assignments }, market);
    if (priced.unpriced.length > 0) return false;
    // A mix is there to be recommended, which an estimated price never is.
    if (priced.charges.some((charge) => charge.price.estimated)) return true;
    // No tasks, or a daemon without instances, cost nothing.
    for (const service of services) costs.set(`${launchType}\n${service.name}`, new Exact(0));
    for (const { service, cost } of allocate(priced)) {
      if (service !== null) costs.set(`${launchType}\n${service}`, cost);
    }
    return true;
  };
  for (const launchType of market.catalogue.launchTypes.filter(({ inMixes }) => inMixes)) {
    const accepted = workload.services.filter(
      (service) => admissionOf(launchType, service, context).problems.length === 0,
    );
    if (!learn(launchType.id, accepted)) for (const service of accepted) learn(launchType.id, [service]);
  }
  return costs;
}
