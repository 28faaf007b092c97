import { addItems, type NewItem } from "../../db/batches.ts";
import type { Database } from "../../db/database.ts";
import { dropRows, type ImportedCluster, importedClusters, rowsOfClusters } from "../../db/imports.ts";
import { documentFormats } from "../aws/documents/catalogue.ts";
import type { Problem } from "../core/model/problem.ts";
import { parse } from "../core/parsing/parse.ts";
import { withStoredDocuments } from "../stored-documents.ts";
import { clusterRequest, periodHours } from "./cluster-request.ts";
import { inPortions, placeOf, rowsByPlace } from "./portions.ts";
import type { ProblemList } from "./problem-list.ts";
import type { ServiceRow } from "./service-row.ts";

/** What a request of the contract may hold. */
const clusterRowsMax = 5000;

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
      const readable = await readableRows(all, cluster, keeping);
      if (readable === null) continue;
      const { first, rows, request } = readable;
      numbers.push(first.row);
      hours.add(periodHours(rows));
      count += rows.length;
      items.push({ number: first.row, key: `${cluster.region}/${cluster.cluster}`, request: JSON.stringify(request) });
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
    problems.addAt(null, { code: "too_many_services", message });
    const all = await rowsOfClusters(database, id, [{ region, cluster }]);
    await dropRows(
      database,
      id,
      all.map(({ number }) => number),
    );
  }
  return clusters.filter(({ rows }) => rows <= clusterRowsMax);
}

interface Readable {
  readonly first: ServiceRow;
  readonly rows: readonly ServiceRow[];
  readonly request: object;
}

/**
 * The rows and their request without those that something is wrong with which shows in the request only, such as a load that says nothing
 * of CPU; null: that is all of them.
 */
async function readableRows(
  all: readonly ServiceRow[],
  cluster: ImportedCluster,
  { id, database, problems }: Keeping,
): Promise<Readable | null> {
  let rows = all;
  while (true) {
    const [first] = rows;
    if (first === undefined) return null;
    const request = clusterRequest(rows);
    const found = (await problemsIn(request, database)).map((problem) => ({ problem, row: rowOf(problem, rows) }));
    if (found.length === 0) return { first, rows, request };
    for (const { problem, row } of found) {
      const of = row === null ? `Cluster ${cluster.cluster} of ${cluster.region}` : row.service;
      problems.addAt(row?.row ?? null, { code: problem.code, message: `${of}: ${problem.message}` });
    }
    const named = new Set(found.map(({ row }) => row));
    const isDropped = (row: ServiceRow) => named.has(null) || named.has(row);
    await dropRows(
      database,
      id,
      rows.filter(isDropped).map(({ row }) => row),
    );
    rows = rows.filter((row) => !isDropped(row));
  }
}

async function problemsIn(request: object, database: Database): Promise<readonly Problem[]> {
  const known = await withStoredDocuments(request, database);
  if (!known.ok) return known.problems;
  const parsed = parse(known.value, documentFormats);
  return parsed.ok ? [] : parsed.problems;
}

/** Services and task definitions stand in the order of the rows. */
function rowOf({ path }: Problem, rows: readonly ServiceRow[]): ServiceRow | null {
  const [, position] = /^(?:services|taskDefinitions)\[(\d+)\]/.exec(path) ?? [];
  return position === undefined ? null : (rows[Number(position)] ?? null);
}
