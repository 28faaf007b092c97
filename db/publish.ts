import { and, eq, inArray, isNull } from "drizzle-orm";
import { compareAdvice } from "./compare-advice.ts";
import { comparePrices, noChanges } from "./compare-prices.ts";
import { compareTypes } from "./compare-types.ts";
import type { Database } from "./database.ts";
import { adviceOn } from "./price-ages.ts";
import type { ChangeCounts, HistoricPrice, KeptBack, PriceChanges, PriceMove } from "./price-changes.ts";
import { readPricesInForce } from "./prices.ts";
import { isPublished, type Reading, storeReading } from "./readings.ts";
import { price } from "./schema.ts";
import { SnapshotWriter } from "./snapshot-writer.ts";
import { newObservations } from "./spot-observations.ts";
import { discardStaged, inSlice, readStaged, type SkuSlice, type StagedPart, stagedRegions } from "./staged-part.ts";
import { lockSnapshots } from "./write-snapshot.ts";

export interface PublishRequest {
  readonly refresh: string;
  /** Of the snapshot, should there be one. */
  readonly description: string;
  /** The day of the reading (ISO). */
  readonly today: string;
  /** How many times its old self a price may become, or fall to what part of it. */
  readonly maxRatio: string;
  /** One price kept back keeps back all. */
  readonly allOrNothing: boolean;
  /** Everything is done and undone again. */
  readonly dryRun: boolean;
}

export interface Published {
  /** Id of the snapshot that was written (or, dry, would have been); null: nothing has changed, or nothing was taken. */
  readonly snapshot: string | null;
  readonly counts: ChangeCounts;
  readonly instanceTypes: TypeCounts;
  readonly spotAdvice: TypeCounts;
  /** Prices of single Spot pools that were not held yet. */
  readonly observations: number;
  /** The biggest first. */
  readonly moves: readonly PriceMove[];
  readonly refusals: readonly KeptBack[];
}

export interface TypeCounts {
  new: number;
  changed: number;
  unchanged: number;
}

/**
 * Compares what a refresh has staged with what is known, and writes what is new or different as one snapshot, in one transaction: all
 * of it or nothing. Two at once take turns, and the second compares with what the first has written; of one and the same refresh it
 * finds nothing left to do. Content that is known already makes no snapshot, only a record that it was confirmed.
 */
export async function publish(database: Database, request: PublishRequest): Promise<Published> {
  const { refresh, dryRun, allOrNothing } = request;
  const found: Found = {
    counts: noChanges(),
    instanceTypes: { new: 0, changed: 0, unchanged: 0 },
    spotAdvice: { new: 0, changed: 0, unchanged: 0 },
    observations: 0,
    moves: [],
    refusals: [],
  };
  const undone = new Undone();
  let snapshot: string | null = null;
  try {
    await database.transaction(async (transaction) => {
      await lockSnapshots(transaction);
      const writer = await SnapshotWriter.start(transaction, request.description);
      const readings: Omit<Reading, "snapshot">[] = [];
      const regions = (await isPublished(transaction, refresh)) ? [] : await stagedRegions(transaction, refresh);
      for (const region of regions) {
        readings.push(await publishRegion(writer, { ...region, request, found }));
      }
      snapshot = await writer.finish();
      if (allOrNothing && found.refusals.length > 0) snapshot = null;
      if (dryRun || (allOrNothing && found.refusals.length > 0)) throw undone;
      for (const reading of readings) await storeReading(transaction, { ...reading, snapshot: writer.number });
      await discardStaged(transaction, refresh);
    });
  } catch (error) {
    if (error !== undone) throw error;
    await discardStaged(database, refresh);
  }
  return { snapshot, ...found };
}

/** Rolls the transaction back. */
class Undone extends Error {}

interface Found {
  readonly counts: ChangeCounts;
  readonly instanceTypes: TypeCounts;
  readonly spotAdvice: TypeCounts;
  observations: number;
  moves: PriceMove[];
  readonly refusals: KeptBack[];
}

interface RegionRequest {
  readonly region: string;
  /** That its sources handed out. */
  readonly rows: number;
  readonly request: PublishRequest;
  readonly found: Found;
}

/** So many prices are compared at a time, to stay within the memory of a Workers isolate. */
const sliceRows = 10_000;

async function publishRegion(writer: SnapshotWriter, one: RegionRequest): Promise<Omit<Reading, "snapshot">> {
  const { region, rows, request } = one;
  const slices = Math.max(1, Math.ceil(rows / sliceRows));
  const names = new Set<string>();
  const covers = new Set<string>();
  const keptBack = new Set<string>();
  const counts = noChanges();
  for (let slice = 0; slice < slices; slice++) {
    const of = { slice, slices };
    const staged = await readStaged(writer.transaction, { refresh: request.refresh, region, ...of });
    const { changes, unadvised } = await publishSlice(writer, staged.parts, { ...one, ...of });
    for (const name of staged.names) names.add(name);
    for (const pattern of staged.parts.flatMap((part) => part.covers)) covers.add(pattern);
    for (const { sku } of changes.refusals) if (sku !== null) keptBack.add(sku);
    for (const sku of unadvised) keptBack.add(sku);
    add(counts, changes.counts);
  }
  return {
    ...{ refresh: request.refresh, region, readOn: request.today, parts: [...names], counts },
    ...{ covers: [...covers].sort(), keptBack: [...keptBack].sort() },
  };
}

async function publishSlice(
  writer: SnapshotWriter,
  parts: readonly StagedPart[],
  one: RegionRequest & SkuSlice,
): Promise<{ readonly changes: PriceChanges; readonly unadvised: readonly string[] }> {
  const { region, found } = one;
  const changes = await compareSlice(writer, parts, one);
  const observations = await newObservations(writer.transaction, { region, parts });
  await writer.addPrices([...changes.additions, ...observations]);
  const read = parts.flatMap(({ instanceTypes }) => instanceTypes);
  const types = await compareTypes(writer.transaction, read, writer.cite);
  await writer.addTypes(types.additions);
  const advice = await compareAdvice(writer.transaction, { region, staged: parts.flatMap((part) => part.spotAdvice) });
  await writer.addAdvice(advice.additions);
  add(found.counts, changes.counts);
  add(found.instanceTypes, types);
  add(found.spotAdvice, advice);
  const unadvised = advice.missing.map((type) => adviceOn(`ec2-spot/linux/${type}`));
  found.observations += observations.length;
  found.moves = biggest([...found.moves, ...changes.moves]);
  // Refused records come with every slice.
  found.refusals.push(...changes.refusals.filter(({ code }) => one.slice === 0 || code !== "refused_record"));
  return { changes, unadvised };
}

async function compareSlice(
  { transaction, latest }: SnapshotWriter,
  parts: readonly StagedPart[],
  one: RegionRequest & SkuSlice,
): Promise<PriceChanges> {
  const { region, request, slices } = one;
  const among = slices === 1 ? undefined : inSlice(price.sku, one);
  const inForce = await readPricesInForce(transaction, { region, snapshotNumber: latest, asOf: null }, among);
  const dated = parts.filter(({ live }) => !live).flatMap(({ prices }) => prices.map(({ sku }) => sku));
  const history: HistoricPrice[] =
    dated.length === 0
      ? []
      : await transaction
          .select({ sku: price.sku, tierFrom: price.tierFrom, price: price.price, effectiveFrom: price.effectiveFrom })
          .from(price)
          .where(and(eq(price.region, region), inArray(price.sku, [...new Set(dated)]), isNull(price.status)));
  const { today, maxRatio } = request;
  return comparePrices({ region, inForce, history, parts, today, maxRatio });
}

function add<Counts extends object>(to: Counts, from: { readonly [Name in keyof Counts]: number }): void {
  for (const name of Object.keys(to) as (keyof Counts)[]) Object.assign(to, { [name]: Number(to[name]) + from[name] });
}

const movesMax = 20;

function biggest(moves: readonly PriceMove[]): PriceMove[] {
  const size = ({ percent }: PriceMove) => (percent === null ? Number.POSITIVE_INFINITY : Math.abs(Number(percent)));
  return moves.toSorted((a, b) => size(b) - size(a)).slice(0, movesMax);
}
