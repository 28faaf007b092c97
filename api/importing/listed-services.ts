import type { Database } from "../../db/database.ts";
import { importedRows } from "../../db/imports.ts";
import type { Costs, ListedService, ListedServices, ServiceCosts } from "../present/import-document.ts";
import { inputColumns } from "./input-columns.ts";
import { recommended } from "./purse.ts";
import type { ServiceRow } from "./service-row.ts";
import type { Tally } from "./tally.ts";

/** The services of a tallied import, in the order of their rows. */
export function listedServices(database: Database, tallied: Tally): ListedServices {
  return { columns: Object.keys(inputColumns), rows: listed(database, tallied) };
}

async function* listed(database: Database, tallied: Tally): AsyncGenerator<readonly ListedService[]> {
  const best = new Map(
    tallied.document.clusters.map((one) => [JSON.stringify([one.region, one.cluster]), one.recommended]),
  );
  for await (const rows of importedRows(database, tallied.document.import)) {
    yield rows.map(({ number, body }) => {
      const row: ServiceRow = JSON.parse(body);
      const place = JSON.stringify([row.region, row.cluster]);
      return {
        costs: costsOf(row, { tallied, recommended: best.get(place) ?? null }),
        cells: Object.values(inputColumns).map((cellOf) => cellOf(row)),
        opens: tallied.clusterOf.get(number) ?? null,
      };
    });
  }
}

function costsOf(
  { row, service, cluster, region, owner, costCentre }: ServiceRow,
  given: { readonly tallied: Tally; readonly recommended: string | null },
): ServiceCosts {
  const { document, costsOf: all } = given.tallied;
  const own: Costs = all.get(row) ?? {};
  return {
    ...{ row, service, cluster, region, owner, costCentre },
    costs: Object.fromEntries(document.options.map((option) => [option, own[option] ?? null])),
    recommended: given.recommended,
    recommendedCost: own[recommended] ?? null,
  };
}
