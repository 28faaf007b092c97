import type { InstanceType, PriceBook } from "../api/core/model/price-book.ts";
import type { Result } from "../api/core/model/problem.ts";
import { readArrivalPrices } from "./arrival-prices.ts";
import { readCitations } from "./citations.ts";
import type { Database } from "./database.ts";
import { estimateFees } from "./fee-estimates.ts";
import { readInstanceTypes } from "./instance-types.ts";
import { readLimits } from "./limits.ts";
import { missingPrices } from "./missing-prices.ts";
import { readCurrentPrices } from "./prices.ts";
import { askedSnapshot, type Snapshot } from "./snapshots.ts";
import { estimateSpotPrices, readAdvice } from "./spot-estimates.ts";
import { readInterruptions, readSpotHistory } from "./spot-history.ts";
import { readTaskSizes } from "./task-sizes.ts";

const remembered = new WeakMap<Database, RememberedBooks>();
/** A book takes some 4 MB; a Workers isolate has 128. */
const rememberedMax = 8;

/** By snapshot, region and day; the last one used is last. */
export type RememberedBooks = Map<string, { readonly book: PriceBook; readonly snapshotNumber: number }>;

/** Where connections come and go, as on Workers, books are remembered in a map that outlives them. */
export function rememberBooksIn(database: Database, books: RememberedBooks): void {
  remembered.set(database, books);
}

/** Prices as known at a snapshot (by its id; null: the latest), in force on a day (ISO; null: the newest known). */
export interface PriceQuestion {
  readonly region: string;
  readonly snapshot?: string | null;
  readonly asOf?: string | null;
}

/**
 * What a region's answer needs from outside. The same snapshot, region and day give the same object as long as it is remembered; a new
 * snapshot is seen at once. Only prices have a day: instance types, sizes and limits are those known at the snapshot. Problems:
 * `snapshot_unknown`, `region_unknown` (naming the known ones), `as_of_before_first_price` (naming the first day).
 */
export async function readPriceBook(database: Database, asked: PriceQuestion): Promise<Result<PriceBook>> {
  const { region, asOf = null } = asked;
  const found = await askedSnapshot(database, asked.snapshot ?? null);
  if (!found.ok) return found;
  const snapshot = found.value;
  const books = booksOf(database);
  const key = `${snapshot.id} ${region} ${asOf}`;
  const book =
    books.get(key)?.book ?? (await readOnce(database, key, () => readBook(database, snapshot, { region, asOf })));
  if (book === null) {
    const problem = await missingPrices(database, { region, asOf, snapshotNumber: snapshot.number });
    return { ok: false, problems: [problem] };
  }
  // Last in, last out: a region in use stays.
  books.delete(key);
  books.set(key, { book, snapshotNumber: snapshot.number });
  if (books.size > rememberedMax) books.delete(books.keys().next().value ?? "");
  return { ok: true, value: book };
}

/** What `readPriceBook` last knew, for when the database cannot be asked; null: nothing that answers the question. */
export function rememberedBook(
  database: Database,
  { region, snapshot = null, asOf = null }: PriceQuestion,
): PriceBook | null {
  const known = [...booksOf(database)].filter(
    ([key, { book }]) => key.endsWith(` ${region} ${asOf}`) && (snapshot === null || book.snapshot === snapshot),
  );
  const newest = Math.max(...known.map(([, { snapshotNumber }]) => snapshotNumber));
  return known.find(([, { snapshotNumber }]) => snapshotNumber === newest)?.[1].book ?? null;
}

function booksOf(database: Database): RememberedBooks {
  const books = remembered.get(database) ?? new Map();
  remembered.set(database, books);
  return books;
}

/** Whoever asks for a book that is being read waits for that one. */
async function readOnce(
  database: Database,
  key: string,
  read: () => Promise<PriceBook | null>,
): Promise<PriceBook | null> {
  const reading = readings.get(database) ?? new Map<string, Promise<PriceBook | null>>();
  readings.set(database, reading);
  const begun = reading.get(key) ?? read().finally(() => reading.delete(key));
  reading.set(key, begun);
  return await begun;
}

const readings = new WeakMap<Database, Map<string, Promise<PriceBook | null>>>();

async function readBook(
  database: Database,
  snapshot: Snapshot,
  asked: { readonly region: string; readonly asOf: string | null },
): Promise<PriceBook | null> {
  const cite = await readCitations(database, snapshot.number);
  const at = { ...asked, snapshotNumber: snapshot.number, cite };
  // What is known at a snapshot does not change, so that all of it can be read at once.
  const [known, advice, types, taskSizes, limits, history, interruptions] = await Promise.all([
    readCurrentPrices(database, at),
    readAdvice(database, at),
    readInstanceTypes(database, at),
    readTaskSizes(database, at),
    readLimits(database, at),
    readSpotHistory(database, at),
    readInterruptions(database, at),
  ]);
  if (known === null) return null;
  const arrivals = await readArrivalPrices(database, { ...at, currency: known.currency });
  return {
    region: asked.region,
    currency: known.currency,
    snapshot: snapshot.id,
    prices: new Map([
      ...known.prices,
      ...arrivals,
      ...estimateSpotPrices(advice, { known, cite }),
      ...estimateFees(known, { ...asked, limits }),
    ]),
    instanceTypes: types.filter((type: InstanceType) => known.prices.has(`ec2/linux/${type.name}`)),
    ...{ taskSizes, limits, history, interruptions },
  };
}
