import { addItems, type NewItem } from "../../db/batches.ts";
import type { Database } from "../../db/database.ts";
import { dropRows, type ImportedCluster, importedClusters, rowsOfClusters } from "../../db/imports.ts";
import { documentFormats } from "../aws/documents/catalogue.ts";
import type { Problem } from "../core/model/problem.ts";
import { parse } from "../core/parsing/parse.ts";
import { withStoredDocuments } from "../stored-documents.ts";
import { clusterRequest, periodHours } from "./cluster-request.ts";
import { inPortions, placeOf, rowsByPlace } from "./portions.ts";
import { type ProblemList, problemAt } from "./problem-list.ts";
import type { ServiceRow } from "./service-row.ts";

/** What a request of the contract may hold. */
export const clusterRowsMax = 5000;

interface Keeping {
  readonly id: string;
  readonly database: Database;
  readonly problems: ProblemList;
}

export interface KeptClusters {
  readonly rows: number;
  /** Of their items. */
  readonly numbers: readonly number[];
  /** All periods that there are. */
  readonly hours: ReadonlySet<string>;
}

/** Makes the rows of each cluster an item of the batch. Those that come to no request go, and so do their clusters once empty. */
export async function keepClusters(keeping: Keeping): Promise<KeptClusters> {
  const { id, database } = keeping;
  const numbers: number[] = [];
  const hours = new Set<string>();
  let count = 0;
  for (const some of inPortions(await importedClusters(database, id))) {
    const fitting = await withoutTooLarge(some, keeping);
    const kept = await rowsByPlace(database, id, fitting);
    const items: NewItem[] = [];
    for (const cluster of fitting) {
      const all = (kept.get(placeOf(cluster)) ?? []).map(({ body }): ServiceRow => JSON.parse(body));
      const rows = await readable(all, cluster, keeping);
      const [first] = rows;
      if (first === undefined) continue;
      numbers.push(first.row);
      hours.add(periodHours(rows));
      count += rows.length;
      const request = JSON.stringify(clusterRequest(rows));
      items.push({ number: first.row, key: `${cluster.region}/${cluster.cluster}`, request });
    }
    await addItems(database, id, items);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { rows: count, numbers, hours };
}

/** Those that are left out are problems by name. */
async function withoutTooLarge(
  clusters: readonly ImportedCluster[],
  { id, database, problems }: Keeping,
): Promise<readonly ImportedCluster[]> {
  const tooLarge = clusters.filter(({ rows }) => rows > clusterRowsMax);
  for (const { region, cluster, rows } of tooLarge) {
    const message = `Cluster ${cluster} of ${region} has ${rows} services, and ${clusterRowsMax} is the most that are compared at once. Divide it into several clusters.`;
    problems.add([problemAt(null, "too_many_services", message)]);
    const all = await rowsOfClusters(database, id, [{ region, cluster }]);
    await dropRows(
      database,
      id,
      all.map(({ number }) => number),
    );
  }
  return clusters.filter(({ rows }) => rows <= clusterRowsMax);
}

/** The rows without those that something is wrong with which shows in the request only, such as a load that says nothing of CPU. */
async function readable(
  rows: readonly ServiceRow[],
  cluster: ImportedCluster,
  { id, database, problems }: Keeping,
): Promise<readonly ServiceRow[]> {
  let left = rows;
  while (left.length > 0) {
    const found = await problemsIn(left, database);
    if (found.length === 0) return left;
    const of = new Map(found.map((problem) => [problem, rowOf(problem, left)]));
    const named = new Set([...of.values()].filter((row) => row !== null));
    problems.add(
      [...of].map(([{ code, message }, row]) =>
        row === null
          ? problemAt(null, code, `Cluster ${cluster.cluster} of ${cluster.region}: ${message}`)
          : problemAt(row.row, code, `${row.service}: ${message}`),
      ),
    );
    const dropped = named.size === 0 ? left : [...named];
    await dropRows(
      database,
      id,
      dropped.map(({ row }) => row),
    );
    left = left.filter((row) => !dropped.includes(row));
  }
  return [];
}

async function problemsIn(rows: readonly ServiceRow[], database: Database): Promise<readonly Problem[]> {
  const known = await withStoredDocuments(clusterRequest(rows), database);
  if (!known.ok) return known.problems;
  const parsed = parse(known.value, documentFormats);
  return parsed.ok ? [] : parsed.problems;
}

/** Services and task definitions stand in the order of the rows. */
function rowOf({ path }: Problem, rows: readonly ServiceRow[]): ServiceRow | null {
  const [, position] = /^(?:services|taskDefinitions)\[(\d+)\]/.exec(path) ?? [];
  return position === undefined ? null : (rows[Number(position)] ?? null);
}
