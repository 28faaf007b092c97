import type { InstanceType, PriceBook } from "../api/core/model/price-book.ts";
import type { Result } from "../api/core/model/problem.ts";
import { readCitations } from "./citations.ts";
import type { Database } from "./database.ts";
import { readInstanceTypes } from "./instance-types.ts";
import { readLimits } from "./limits.ts";
import { readCurrentPrices } from "./prices.ts";
import { listRegions } from "./regions.ts";
import { findSnapshot, type Snapshot } from "./snapshots.ts";
import { estimateSpotPrices } from "./spot-estimates.ts";
import { readTaskSizes } from "./task-sizes.ts";

const remembered = new WeakMap<Database, Map<string, PriceBook>>();
/** A book takes some 4 MB; a Workers isolate has 128. */
const rememberedMax = 8;

/**
 * What a region's answer needs from outside, as known at a snapshot (the latest, unless its id is given). The same snapshot and region
 * give the same object as long as it is remembered. Problems: `snapshot_unknown`, `region_unknown` (naming the known ones).
 */
export async function readPriceBook(
  database: Database,
  asked: { readonly region: string; readonly snapshot?: string },
): Promise<Result<PriceBook>> {
  const snapshot = await findSnapshot(database, asked.snapshot);
  if (snapshot === null)
    return refuse("snapshot_unknown", "snapshot", `There is no price snapshot ${asked.snapshot ?? "yet"}.`);
  const books = remembered.get(database) ?? new Map<string, PriceBook>();
  remembered.set(database, books);
  const key = `${snapshot.id} ${asked.region}`;
  const book = books.get(key) ?? (await readBook(database, snapshot, asked.region));
  if (book === null) {
    const known = (await listRegions(database)).join(", ");
    return refuse("region_unknown", "region", `There are no prices for the region "${asked.region}". Known: ${known}.`);
  }
  // Last in, last out: a region in use stays.
  books.delete(key);
  books.set(key, book);
  if (books.size > rememberedMax) books.delete(books.keys().next().value ?? "");
  return { ok: true, value: book };
}

async function readBook(database: Database, snapshot: Snapshot, region: string): Promise<PriceBook | null> {
  const cite = await readCitations(database, snapshot.number);
  const at = { region, snapshotNumber: snapshot.number, cite };
  const known = await readCurrentPrices(database, at);
  if (known === null) return null;
  const estimates = await estimateSpotPrices(database, { ...at, known });
  const types = await readInstanceTypes(database, at);
  return {
    region,
    currency: known.currency,
    snapshot: snapshot.id,
    prices: new Map([...known.prices, ...estimates]),
    instanceTypes: types.filter((type: InstanceType) => known.prices.has(`ec2/linux/${type.name}`)),
    taskSizes: await readTaskSizes(database, at),
    limits: await readLimits(database, at),
  };
}

function refuse(code: string, path: string, message: string): Result<never> {
  return { ok: false, problems: [{ code, path, message }] };
}
