import { readAnswers } from "../../db/batches.ts";
import { findComparison } from "../../db/comparisons.ts";
import type { Database } from "../../db/database.ts";
import { findImport, type ImportedCluster, importedClusters, type KeptRow } from "../../db/imports.ts";
import type { Problem } from "../core/model/problem.ts";
import type { BearerCosts, ClusterCosts, Costs, ImportDocument, LackingTotal } from "../present/import-document.ts";
import type { ComparisonDocument } from "../present/json.ts";
import { type PricedCluster, pricedCluster, unpricedCluster } from "./cluster-costs.ts";
import { importOptions } from "./cluster-request.ts";
import { inPortions, placeOf, rowsByPlace } from "./portions.ts";
import { Purse, recommended } from "./purse.ts";
import type { ServiceRow } from "./service-row.ts";
import type { ImportContent } from "./take-in-list.ts";

/** What a finished import comes to: all of it but the rows, and of each row its costs. */
export interface Tally {
  readonly document: ImportDocument;
  /** By the number of the row; what is not there has no costs. */
  readonly costsOf: ReadonlyMap<number, Costs>;
  /** Numbers of the rows that are the first of their clusters. */
  readonly firsts: ReadonlySet<number>;
}

/** Adds up what the comparisons of an import allocate, one comparison in memory at a time; null where there is no such import. */
export async function tally(database: Database, id: string): Promise<Tally | null> {
  const kept = await findImport(database, id);
  if (kept === null) return null;
  const content: ImportContent = JSON.parse(kept);
  const sums = new Sums();
  for (const some of inPortions(await importedClusters(database, id))) {
    const outcomes = await outcomesOf(database, id, some);
    const rows = await rowsByPlace(database, id, some);
    for (const cluster of some) {
      const own = rows.get(placeOf(cluster)) ?? [];
      const priced = await price(database, { cluster, rows: own, outcome: outcomes.get(cluster.number) });
      sums.add(cluster.number, priced, own);
    }
  }
  const { costsOf, firsts } = sums;
  return { document: sums.document(id, content), costsOf, firsts };
}

interface Outcome {
  readonly comparison?: string;
  readonly problems?: readonly Problem[];
}

async function outcomesOf(
  database: Database,
  id: string,
  clusters: readonly ImportedCluster[],
): Promise<ReadonlyMap<number, Outcome>> {
  const numbers = clusters.map(({ number }) => number);
  const lines = (await readAnswers(database, id, numbers)).map((line) => JSON.parse(line));
  return new Map(lines.map(({ number, ...outcome }) => [number, outcome]));
}

interface Pricing {
  readonly cluster: ImportedCluster;
  readonly rows: readonly KeptRow[];
  readonly outcome: Outcome | undefined;
}

async function price(database: Database, { cluster, rows, outcome }: Pricing): Promise<PricedCluster> {
  const { comparison, problems } = outcome ?? {};
  if (comparison === undefined) return unpricedCluster(cluster, problems ?? []);
  const body = await findComparison(database, comparison);
  if (body === null) return unpricedCluster(cluster, [forgotten]);
  const document: ComparisonDocument = JSON.parse(body);
  return pricedCluster(
    cluster,
    document,
    rows.map(({ service }) => service),
  );
}

const forgotten: Problem = {
  code: "comparison_gone",
  path: "",
  message: "The comparison of this cluster has been erased. Send the list again.",
};

class Sums {
  readonly costsOf = new Map<number, Costs>();
  readonly firsts = new Set<number>();
  readonly #clusters: ClusterCosts[] = [];
  readonly #options = new Set<string>();
  readonly #totals = new Purse();
  readonly #idle = new Purse();
  readonly #owners = new Map<string | null, Purse>();
  readonly #costCentres = new Map<string | null, Purse>();

  add(number: number, { costs, services }: PricedCluster, rows: readonly KeptRow[]): void {
    const { currency, totals, idle, recommended: best } = costs;
    this.firsts.add(number);
    this.#clusters.push(costs);
    for (const option of Object.keys(totals)) this.#options.add(option);
    this.#totals.add({ ...totals, ...(best && { [recommended]: totals[best] ?? null }) }, currency);
    this.#idle.add({ ...idle, ...(best && { [recommended]: idle[best] ?? null }) }, currency);
    for (const { number: row, service, body } of rows) {
      const { owner, costCentre }: ServiceRow = JSON.parse(body);
      const own = services.get(service) ?? {};
      this.costsOf.set(row, own);
      purseOf(this.#owners, owner).add(own, currency);
      purseOf(this.#costCentres, costCentre).add(own, currency);
    }
  }

  document(id: string, { rows, assumptions, problems }: ImportContent): ImportDocument {
    const clusters = this.#clusters;
    const options = importOptions().filter((option) => this.#options.has(option));
    const hours = new Set(clusters.flatMap((cluster) => cluster.hours ?? []));
    const [only = null] = hours;
    return {
      ...{ import: id, done: true, rows, hours: hours.size === 1 ? only : null, currency: this.#totals.currency },
      ...{ options, totals: this.#totals.sums(options), recommended: this.#totals.sumOf(recommended) },
      lacking: [...options, recommended].flatMap((option) => lackingOf(option, clusters)),
      clusters,
      owners: bearers("owner", this.#owners, options),
      costCentres: bearers("costCentre", this.#costCentres, options),
      idle: { costs: this.#idle.sums(options), recommended: this.#idle.sumOf(recommended) },
      assumptions: [...assumptions, ...currenciesDiffer(clusters)],
      problems,
    };
  }
}

function currenciesDiffer(clusters: readonly ClusterCosts[]): ImportContent["assumptions"] {
  const currencies = [...new Set(clusters.flatMap(({ currency }) => currency ?? []))];
  if (currencies.length < 2) return [];
  const text = `Amounts are in ${currencies.join(" and ")}, by the cluster's region: they are not added to each other.`;
  return [{ code: "list_currencies_differ", text }];
}

function purseOf(purses: Map<string | null, Purse>, name: string | null): Purse {
  const purse = purses.get(name) ?? new Purse();
  purses.set(name, purse);
  return purse;
}

/** By name; the last is of what names none. */
function bearers<Name extends "owner" | "costCentre">(
  field: Name,
  purses: ReadonlyMap<string | null, Purse>,
  options: readonly string[],
): BearerCosts<Name>[] {
  const names = [...purses.keys()].sort((a, b) => (b === null || (a !== null && a < b) ? -1 : 1));
  return names.map((name) => {
    const purse = purses.get(name) ?? new Purse();
    const { count: services, currency } = purse;
    const costs = { costs: purse.sums(options), recommended: purse.sumOf(recommended) };
    return { [field]: name, services, currency, ...costs } as BearerCosts<Name>;
  });
}

/** The clusters that keep a sum from being one of all. */
function lackingOf(option: string, clusters: readonly ClusterCosts[]): LackingTotal[] {
  const without = clusters.filter(({ totals, recommended: best }) =>
    option === recommended ? best === null : (totals[option] ?? null) === null,
  );
  if (without.length === 0) return [];
  const first = without.slice(0, lackingToldMax).map(({ region, cluster }) => ({ region, cluster }));
  return [{ of: option, clusters: without.length, first }];
}

const lackingToldMax = 10;
