import type { Database } from "../../db/database.ts";
import { type Published, publish } from "../../db/publish.ts";
import { discardAbandoned, discardStaged, listDone } from "../../db/staged-part.ts";
import { type Reading, readParts } from "./read-parts.ts";

export interface RefreshRequest extends Reading {
  /** ISO day. */
  readonly today: string;
  /** How many times its old self a price may become, or fall to what part of it, and still be believed; 2 unless told. */
  readonly maxRatio?: string | undefined;
  /** One price kept back, or one part that cannot be read, keeps back all. */
  readonly allOrNothing?: boolean | undefined;
  /** Compare, and write nothing. */
  readonly dryRun?: boolean | undefined;
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
  /** Of a `SourceFailure`. */
  readonly code: string;
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
    await readParts(database, request, { refresh: id, goOn: () => true });
    request.signal?.throwIfAborted();
    return await publishRead(database, request, id);
  } finally {
    await discardStaged(database, id);
  }
}

/** Compares and writes what the refresh has read, and forgets it. */
export async function publishRead(database: Database, request: RefreshRequest, id: string): Promise<RefreshReport> {
  const done = await listDone(database, id);
  const failures = done.flatMap(({ source, region, part, failure }) =>
    failure === null ? [] : [{ source, region, part, ...failure }],
  );
  const { today, maxRatio = maxRatioDefault, allOrNothing = false, dryRun = false } = request;
  const failed = allOrNothing && failures.length > 0;
  const published = await publish(database, {
    ...{ refresh: id, today, maxRatio, allOrNothing, dryRun: dryRun || failed },
    description: describe(request),
  });
  return {
    ...{ ...published, failures, snapshot: failed ? null : published.snapshot },
    rows: done.reduce((sum, { rows }) => sum + rows, 0),
    passedOver: done.reduce((sum, { passedOver }) => sum + passedOver, 0),
  };
}

function describe({ regions, sources }: RefreshRequest): string {
  const places = regions.length > 3 ? `${regions.length} regions` : regions.join(", ");
  return `${places} from ${sources.map(({ label }) => label).join(", ")}`;
}
