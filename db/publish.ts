import { and, eq, inArray, isNull } from "drizzle-orm";
import { compareAdvice } from "./compare-advice.ts";
import { comparePrices, noChanges } from "./compare-prices.ts";
import { compareTypes } from "./compare-types.ts";
import type { Database } from "./database.ts";
import { adviceOn } from "./price-ages.ts";
import type { ChangeCounts, HistoricPrice, KeptBack, PriceChanges, PriceMove } from "./price-changes.ts";
import { readPricesInForce } from "./prices.ts";
import { type Reading, storeReading } from "./readings.ts";
import { price } from "./schema.ts";
import { SnapshotWriter } from "./snapshot-writer.ts";
import { newObservations } from "./spot-observations.ts";
import { discardStaged, readStaged, type StagedPart, stagedRegions } from "./staged-part.ts";
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
 * of it or nothing. Two at once take turns, and the second compares with what the first has written. Content that is known already
 * makes no snapshot, only a record that it was confirmed.
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
      for (const region of await stagedRegions(transaction, refresh)) {
        readings.push(await publishRegion(writer, { region, request, found }));
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
  readonly request: PublishRequest;
  readonly found: Found;
}

async function publishRegion(writer: SnapshotWriter, one: RegionRequest): Promise<Omit<Reading, "snapshot">> {
  const { region, request, found } = one;
  const { names, parts } = await readStaged(writer.transaction, { refresh: request.refresh, region });
  const changes = await compareRegion(writer, parts, one);
  const observations = await newObservations(writer.transaction, { region, parts });
  await writer.addPrices([...changes.additions, ...observations]);
  const types = await compareTypes(
    writer.transaction,
    parts.flatMap(({ instanceTypes }) => instanceTypes),
    writer.cite,
  );
  await writer.addTypes(types.additions);
  const advice = await compareAdvice(writer.transaction, { region, staged: parts.flatMap((part) => part.spotAdvice) });
  await writer.addAdvice(advice.additions);
  add(found.counts, changes.counts);
  add(found.instanceTypes, types);
  add(found.spotAdvice, advice);
  const unadvised = advice.missing.map((type) => adviceOn(`ec2-spot/linux/${type}`));
  found.observations += observations.length;
  found.moves = biggest([...found.moves, ...changes.moves]);
  found.refusals.push(...changes.refusals);
  return {
    ...{ refresh: request.refresh, region, readOn: request.today, parts: names, counts: changes.counts },
    covers: [...new Set(parts.flatMap(({ covers }) => covers))].sort(),
    keptBack: [...new Set([...changes.refusals.flatMap(({ sku }) => sku ?? []), ...unadvised])].sort(),
  };
}

async function compareRegion(
  { transaction, latest }: SnapshotWriter,
  parts: readonly StagedPart[],
  { region, request: { today, maxRatio } }: RegionRequest,
): Promise<PriceChanges> {
  const inForce = await readPricesInForce(transaction, { region, snapshotNumber: latest, asOf: null });
  const dated = parts.filter(({ live }) => !live).flatMap(({ prices }) => prices.map(({ sku }) => sku));
  const history: HistoricPrice[] =
    dated.length === 0
      ? []
      : await transaction
          .select({ sku: price.sku, tierFrom: price.tierFrom, price: price.price, effectiveFrom: price.effectiveFrom })
          .from(price)
          .where(and(eq(price.region, region), inArray(price.sku, [...new Set(dated)]), isNull(price.status)));
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
