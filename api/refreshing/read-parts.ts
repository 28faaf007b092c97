import type { Database } from "../../db/database.ts";
import { type DonePart, type FailedPart, listDone, type ReadPart, stagePart } from "../../db/staged-part.ts";
import type { PriceSource, SourceRow } from "../price-sources/price-source.ts";
import { findRegion } from "../price-sources/regions.ts";
import { SourceFailure } from "../price-sources/source-failure.ts";
import { coveredSkus } from "./covered-skus.ts";
import { stageable } from "./stageable.ts";

/** What to read. */
export interface Reading {
  /** AWS's region codes. */
  readonly regions: readonly string[];
  readonly sources: readonly PriceSource[];
  /** Of the sources' parts; left out: all but those on request. */
  readonly parts?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: Progress): void;
}

export interface Progress {
  /** `AmazonECS of eu-west-1`; null: everything is read and is being compared and written. */
  readonly reading: string | null;
  /** Parts read or given up. */
  readonly done: number;
  readonly all: number;
  /** Prices and instance types read so far. */
  readonly rows: number;
}

export interface PlannedPart {
  readonly source: PriceSource;
  readonly region: string;
  readonly part: string;
}

/** The parts of a reading, in the order they are read. */
export function planned({ regions, sources, parts }: Reading): PlannedPart[] {
  return regions.flatMap((region) =>
    sources.flatMap((source) => {
      const own = source.parts.filter((part) => parts?.includes(part) ?? !source.partsOnRequest.includes(part));
      return own.map((part) => ({ source, region, part }));
    }),
  );
}

/**
 * Reads what the refresh has not read yet, and puts each part by in the database before the next, with those that cannot be read. False:
 * `goOn`, asked before each part, said no before the end; what was done is in the database, and the next call goes on from there.
 */
export async function readParts(
  database: Database,
  reading: Reading,
  { refresh, goOn }: { readonly refresh: string; readonly goOn: () => boolean },
): Promise<boolean> {
  const { signal, onProgress } = reading;
  const all = planned(reading);
  const done = await listDone(database, refresh);
  const progress = () => ({ done: done.length, all: all.length, rows: done.reduce((sum, { rows }) => sum + rows, 0) });
  for (const each of all.filter((one) => !done.some((other) => isSame(one, other)))) {
    if (!goOn()) return false;
    const name = { region: each.region, source: each.source.id, part: each.part };
    onProgress?.({ reading: `${each.part} of ${each.region}`, ...progress() });
    const inVain = done.find((other) => isInVain(each, other))?.failure;
    const read = inVain ? { failure: inVain } : await readPart(each, signal);
    await stagePart(database, { refresh, ...name }, read);
    done.push({ ...name, rows: 0, passedOver: 0, failure: null, ...counted(read) });
  }
  onProgress?.({ reading: null, ...progress() });
  return true;
}

function isSame({ source, region, part }: PlannedPart, other: DonePart): boolean {
  return other.source === source.id && other.region === region && other.part === part;
}

/** Whoever is not known to a partition of AWS for one part is not known for the next. */
function isInVain({ source, region }: PlannedPart, { failure, ...other }: DonePart): boolean {
  const samePartition = findRegion(other.region)?.partition === findRegion(region)?.partition;
  return other.source === source.id && failure?.code === "credentials_missing" && samePartition;
}

function counted(read: ReadPart | FailedPart): Partial<DonePart> {
  return "failure" in read ? read : { rows: read.rows, passedOver: read.passedOver };
}

async function readPart(
  { source, region, part }: PlannedPart,
  signal: AbortSignal | undefined,
): Promise<ReadPart | FailedPart> {
  try {
    const rows: SourceRow[] = [];
    for await (const row of source.read({ regions: [region], parts: [part], signal })) rows.push(row);
    const about = { live: source.id !== "fargate-spot-file", covers: coveredSkus(source.id, part) };
    const staged = stageable(rows, about);
    const count = rows.filter(({ kind }) => kind !== "refused").length;
    return { ...staged.part, rows: count, passedOver: staged.passedOver };
  } catch (error) {
    if (!(error instanceof SourceFailure) || signal?.aborted) throw error;
    return { failure: { code: error.code, message: error.message } };
  }
}
