import { estimate, type Priced } from "./estimate.ts";
import type { Market } from "./model/catalogue.ts";
import type { ScaledServices } from "./model/comparison.ts";
import type { Plan } from "./model/launch-type.ts";
import type { ScalingReport } from "./model/scaling.ts";
import type { Service } from "./model/workload.ts";

/** What became of the services that scale in a priced plan, beside what a static estimate would say; null: none scales. */
export function scaledOf(plan: Plan, priced: Priced, market: Market): ScaledServices | null {
  const reports = new Map(priced.parts.flatMap(({ scaling }) => scaling.map((report) => [report.service, report])));
  if (reports.size === 0) return null;
  const services = [...reports.values()];
  const bounded = plan.workload.services.every(
    ({ name, lifetime }) => !reports.has(name) || (lifetime.kind === "scaled" && lifetime.scaling !== null),
  );
  return {
    services,
    capacityProviders: priced.parts.flatMap(({ capacityProviders }) => capacityProviders),
    fixedAtMaximum: bounded ? fixedAt(plan, market, maximumOf) : null,
    fixedAtPeak: fixedAt(plan, market, (service) => reports.get(service.name)?.tasks.peak ?? 0),
    unmetShare: worst(services),
    range: rangeOf(plan, priced, market),
  };
}

function maximumOf({ lifetime }: Service): number {
  return lifetime.kind === "scaled" ? (lifetime.scaling?.max ?? 0) : 0;
}

/** The same with every service that scales at one number of tasks for the whole period; null: that cannot be priced. */
function fixedAt({ workload, assignments }: Plan, market: Market, tasksOf: (service: Service) => number) {
  const services = workload.services.map(
    (service): Service =>
      service.lifetime.kind === "scaled"
        ? { ...service, lifetime: { kind: "always" }, tasks: tasksOf(service) }
        : service,
  );
  const { total, unpriced } = estimate({ workload: { ...workload, services }, assignments }, market);
  return unpriced.length > 0 ? null : total;
}

/** Of the service whose load went short for the largest part of the period; null: no load says what it takes. */
function worst(reports: readonly ScalingReport[]): number | null {
  const shares = reports.flatMap(({ unmetSeconds, periodSeconds }) =>
    unmetSeconds === null ? [] : [unmetSeconds / periodSeconds],
  );
  return shares.length === 0 ? null : Math.max(...shares);
}

/** Nearest ranks, so that each is a total that one of the runs came to. */
function rangeOf(plan: Plan, priced: Priced, market: Market): ScaledServices["range"] {
  const { simulations, seed, services } = plan.workload;
  if (simulations === 1 || !services.some(isDrawn)) return null;
  const totals = [priced.total];
  for (let run = 1; run < simulations; run++) {
    // Services anew, so that what is remembered of them goes with each run.
    const workload = { ...plan.workload, seed: seed + run, services: services.map((service) => ({ ...service })) };
    totals.push(estimate({ ...plan, workload }, market).total);
  }
  totals.sort((a, b) => a.comparedTo(b));
  const ranked = (percent: number) => totals[Math.ceil((simulations * percent) / 100) - 1] ?? priced.total;
  return { simulations, p50: ranked(50), p90: ranked(90) };
}

/** Its load is generated and has no seed of its own. */
function isDrawn({ lifetime }: Service): boolean {
  return (
    lifetime.kind === "scaled" && lifetime.loads.some(({ shape }) => shape.kind === "generated" && shape.seed === null)
  );
}
