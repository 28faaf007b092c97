import type { Database } from "../../db/database.ts";
import { type Published, publish } from "../../db/publish.ts";
import { discardAbandoned, discardStaged, stagePart } from "../../db/staged-part.ts";
import type { PriceSource, SourceRow } from "../price-sources/price-source.ts";
import { findRegion } from "../price-sources/regions.ts";
import { type FailureCode, SourceFailure } from "../price-sources/source-failure.ts";
import { coveredSkus } from "./covered-skus.ts";
import { stageable } from "./stageable.ts";

export interface RefreshRequest {
  /** AWS's region codes. */
  readonly regions: readonly string[];
  readonly sources: readonly PriceSource[];
  /** Of the sources' parts; left out: all but those on request. */
  readonly parts?: readonly string[] | undefined;
  /** ISO day. */
  readonly today: string;
  /** How many times its old self a price may become, or fall to what part of it, and still be believed; 2 unless told. */
  readonly maxRatio?: string | undefined;
  /** One price kept back, or one part that cannot be read, keeps back all. */
  readonly allOrNothing?: boolean | undefined;
  /** Compare, and write nothing. */
  readonly dryRun?: boolean | undefined;
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

export interface RefreshReport extends Published {
  /** Parts that could not be read: nothing of them was compared. */
  readonly failures: readonly PartFailure[];
  /** Prices and instance types that the sources handed out. */
  readonly rows: number;
  /** Records that the sources hold and that are no prices of ours. */
  readonly passedOver: number;
}

export interface PartFailure {
  readonly source: string;
  readonly region: string;
  readonly part: string;
  readonly code: FailureCode;
  readonly message: string;
}

/** What is well known of a price that has become less than half or more than double: that it is seldom right. */
export const maxRatioDefault = "2";

/**
 * Reads the sources part by part, puts each part by in the database, compares everything with what is known, and writes what has
 * changed as one snapshot. Memory depends on the largest part or region, not on their number. What cannot be read or believed leaves
 * the old prices of just these SKUs as they are, and is in the report by name; the rest is taken.
 */
export async function refresh(database: Database, request: RefreshRequest): Promise<RefreshReport> {
  const id = crypto.randomUUID();
  await discardAbandoned(database);
  try {
    const read = await readAll(database, request, id);
    request.signal?.throwIfAborted();
    const { today, maxRatio = maxRatioDefault, allOrNothing = false, dryRun = false } = request;
    const failed = allOrNothing && read.failures.length > 0;
    const published = await publish(database, {
      ...{ refresh: id, today, maxRatio, allOrNothing, dryRun: dryRun || failed },
      description: describe(request),
    });
    return { ...published, ...read, snapshot: failed ? null : published.snapshot };
  } finally {
    await discardStaged(database, id);
  }
}

function describe({ regions, sources }: RefreshRequest): string {
  const places = regions.length > 3 ? `${regions.length} regions` : regions.join(", ");
  return `${places} from ${sources.map(({ label }) => label).join(", ")}`;
}

interface Part {
  readonly source: PriceSource;
  readonly region: string;
  readonly part: string;
}

function partsOf({ regions, sources, parts }: RefreshRequest): Part[] {
  return regions.flatMap((region) =>
    sources.flatMap((source) => {
      const own = source.parts.filter((part) => parts?.includes(part) ?? !source.partsOnRequest.includes(part));
      return own.map((part) => ({ source, region, part }));
    }),
  );
}

async function readAll(database: Database, request: RefreshRequest, id: string) {
  const { signal, onProgress } = request;
  const all = partsOf(request);
  const failures: PartFailure[] = [];
  let rows = 0;
  let passedOver = 0;
  for (const [done, each] of all.entries()) {
    const { source, region, part } = each;
    onProgress?.({ reading: `${part} of ${region}`, done, all: all.length, rows });
    const read = failures.find((failure) => isInVain(each, failure)) ?? (await readPart(each, signal));
    if ("code" in read) {
      failures.push({ source: source.id, region, part, code: read.code, message: read.message });
      continue;
    }
    const staged = stageable(read, { live: source.id !== "fargate-spot-file", covers: coveredSkus(source.id, part) });
    await stagePart(database, { refresh: id, region, source: source.id, part }, staged.part);
    rows += read.filter(({ kind }) => kind !== "refused").length;
    passedOver += staged.passedOver;
  }
  onProgress?.({ reading: null, done: all.length, all: all.length, rows });
  return { failures, rows, passedOver };
}

/** Whoever is not known to a partition of AWS for one part is not known for the next. */
function isInVain({ source, region }: Part, failure: PartFailure): boolean {
  const samePartition = findRegion(failure.region)?.partition === findRegion(region)?.partition;
  return failure.source === source.id && failure.code === "credentials_missing" && samePartition;
}

async function readPart(
  { source, region, part }: Part,
  signal: AbortSignal | undefined,
): Promise<SourceRow[] | SourceFailure> {
  try {
    const rows: SourceRow[] = [];
    for await (const row of source.read({ regions: [region], parts: [part], signal })) rows.push(row);
    return rows;
  } catch (error) {
    if (!(error instanceof SourceFailure) || signal?.aborted) throw error;
    return error;
  }
}
