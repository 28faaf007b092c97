import { table, wrapped } from "../../api/present/layout.ts";
import { type ListedSnapshot, listSnapshots } from "../../db/snapshot-list.ts";
import { hereOrThere } from "./here-or-there.ts";

/** Prints every snapshot, the latest first. Exit codes: 0 done, 2 bad words. */
export async function snapshots(words: readonly string[]): Promise<number> {
  const [word, ...more] = words;
  if (more.length > 0 || (word !== undefined && word !== "--json")) {
    console.error("Usage: npm run --silent prices -- snapshots [--json]");
    return 2;
  }
  const found = await hereOrThere<{ readonly snapshots: readonly ListedSnapshot[] }>({
    there: "/v1/snapshots",
    here: async (database) => ({ ok: true, value: { snapshots: await listSnapshots(database) } }),
  });
  if (!found.ok) throw new Error("Snapshots are always there to list");
  console.log(word === "--json" ? JSON.stringify(found.value, null, 2) : snapshotText(found.value.snapshots));
  return 0;
}

function snapshotText(all: readonly ListedSnapshot[]): string {
  const rows = all.map(({ id, loadedAt, rows: { prices, instanceTypes }, regions, sources }) => [
    ...[id, loadedAt.slice(0, 16).replace("T", " "), prices.toLocaleString("en-US")],
    ...[instanceTypes.toLocaleString("en-US"), String(regions.length), String(sources.length)],
  ]);
  const lines = table([["Snapshot", "loaded (UTC)", "prices", "types", "regions", "sources"], ...rows], [2, 3, 4, 5]);
  const [heading = "", ...rest] = lines;
  return [heading, ...rest.flatMap((line, at) => [line, ...wrapped(all[at]?.description ?? "", "  ")])].join("\n");
}
