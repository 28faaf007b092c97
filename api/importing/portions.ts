import type { Database } from "../../db/database.ts";
import { type ClusterPlace, type ImportedCluster, type KeptRow, rowsOfClusters } from "../../db/imports.ts";

/** As many clusters at a time as have few rows together, or one that has many. */
export function* inPortions(clusters: readonly ImportedCluster[]): Generator<readonly ImportedCluster[]> {
  let portion: ImportedCluster[] = [];
  let rows = 0;
  for (const cluster of clusters) {
    if (rows + cluster.rows > rowsMax && portion.length > 0) {
      yield portion;
      portion = [];
      rows = 0;
    }
    portion.push(cluster);
    rows += cluster.rows;
  }
  if (portion.length > 0) yield portion;
}

const rowsMax = 1000;

/** The rows of these clusters by `placeOf`. */
export async function rowsByPlace(
  database: Database,
  id: string,
  clusters: readonly ClusterPlace[],
): Promise<ReadonlyMap<string, readonly KeptRow[]>> {
  return clusters.length === 0 ? new Map() : Map.groupBy(await rowsOfClusters(database, id, clusters), placeOf);
}

/** One text for each cluster of a region. */
export function placeOf({ region, cluster }: ClusterPlace): string {
  return JSON.stringify([region, cluster]);
}
