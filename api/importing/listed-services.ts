import type { Database } from "../../db/database.ts";
import { importedRows } from "../../db/imports.ts";
import type { ClusterCosts, Costs, ListedService, ListedServices, ServiceCosts } from "../present/import-document.ts";
import { inputColumns } from "./input-columns.ts";
import { placeOf } from "./portions.ts";
import { recommended } from "./purse.ts";
import type { ServiceRow } from "./service-row.ts";
import type { Tally } from "./tally.ts";

/** The services of a tallied import, in the order of their rows. */
export function listedServices(database: Database, tallied: Tally): ListedServices {
  return { columns: inputColumns.map(({ header }) => header), rows: listed(database, tallied) };
}

async function* listed(database: Database, tallied: Tally): AsyncGenerator<readonly ListedService[]> {
  const { clusters, import: id, options } = tallied.document;
  const clusterAt = new Map(clusters.map((cluster) => [placeOf(cluster), cluster]));
  for await (const rows of importedRows(database, id)) {
    yield rows.flatMap(({ number, body }): ListedService[] => {
      const row: ServiceRow = JSON.parse(body);
      const cluster = clusterAt.get(placeOf(row));
      if (cluster === undefined) return [];
      const costs = costsOf(row, { options, cluster, own: tallied.costsOf.get(number) ?? {} });
      return [
        { costs, cells: inputColumns.map(({ cellOf }) => cellOf(row)), cluster, isFirst: tallied.firsts.has(number) },
      ];
    });
  }
}

interface Priced {
  readonly options: readonly string[];
  readonly cluster: ClusterCosts;
  /** Of the row. */
  readonly own: Costs;
}

function costsOf(
  { row, service, cluster: name, region, owner, costCentre }: ServiceRow,
  { options, cluster, own }: Priced,
): ServiceCosts {
  return {
    ...{ row, service, cluster: name, region, owner, costCentre },
    costs: Object.fromEntries(options.map((option) => [option, own[option] ?? null])),
    recommended: cluster.recommended,
    recommendedCost: own[recommended] ?? null,
  };
}
