import type { ClusterPlace, ImportedCluster } from "../../db/imports.ts";
import { Exact } from "../core/model/exact.ts";
import type { Problem } from "../core/model/problem.ts";
import { inCents } from "../core/model/shown.ts";
import type { ClusterCosts, Costs } from "../present/import-document.ts";
import type { ComparisonDocument, OptionDocument } from "../present/json.ts";
import { unaskedOption } from "./cluster-request.ts";
import { recommended } from "./purse.ts";

/** What a cluster comes to, and each of its services by name, with the cost on the recommended option beside those of the options. */
export interface PricedCluster {
  readonly costs: ClusterCosts;
  readonly services: ReadonlyMap<string, Costs>;
}

/** The parts of every option's total as its comparison allocates it: services, and the rest, which is nobody's. */
export function pricedCluster(
  { region, cluster, rows }: ImportedCluster,
  document: ComparisonDocument,
  names: readonly string[],
): PricedCluster {
  const options = document.options.filter(({ id }) => id !== unaskedOption);
  const best = options.find(({ id }) => id === document.recommended?.option)?.id ?? null;
  const divided = options.map((option) => ({ id: option.id, ...dividedAmong(new Set(names), option) }));
  const costsOf = (name: string): Costs => {
    const costs = Object.fromEntries(divided.map(({ id, costOf }) => [id, costOf(name)]));
    return best === null ? costs : { ...costs, [recommended]: costs[best] ?? null };
  };
  return {
    costs: {
      ...{ region, cluster, services: rows, hours: document.hours, currency: document.currency },
      ...{ comparison: document.id, cheapest: cheapestOf(options), recommended: best },
      totals: Object.fromEntries(options.map(({ id, total }) => [id, total])),
      idle: Object.fromEntries(divided.map(({ id, idle }) => [id, idle])),
      problems: [],
    },
    services: new Map(names.map((name) => [name, costsOf(name)])),
  };
}

function dividedAmong(names: ReadonlySet<string>, { total, allocation }: OptionDocument) {
  const own = new Map<string, string>();
  let rest = new Exact(0);
  for (const { service, cost } of allocation) {
    if (service !== null && names.has(service)) own.set(service, cost);
    else rest = rest.plus(cost);
  }
  const costOf = (name: string) => (total === null ? null : (own.get(name) ?? "0.00"));
  return { costOf, idle: total === null ? null : inCents(rest) };
}

function cheapestOf(options: ComparisonDocument["options"]): string | null {
  let best: { readonly id: string; readonly total: string } | null = null;
  for (const { id, total } of options) {
    if (total !== null && (best === null || new Exact(total).lessThan(best.total))) best = { id, total };
  }
  return best?.id ?? null;
}

/** A cluster that there is no comparison of. */
export function unpricedCluster(
  { region, cluster, rows }: ClusterPlace & { readonly rows: number },
  problems: readonly Problem[],
): PricedCluster {
  const none = { hours: null, currency: null, comparison: null, cheapest: null, recommended: null };
  return {
    costs: { region, cluster, services: rows, ...none, totals: {}, idle: {}, problems },
    services: new Map(),
  };
}
