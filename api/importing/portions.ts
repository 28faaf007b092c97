import type { ImportedCluster } from "../../db/imports.ts";

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
