import { addItems, createBatch, deleteBatch, type NewItem, sealBatch } from "../../db/batches.ts";
import type { Database } from "../../db/database.ts";
import { bodyLines } from "./body-lines.ts";
import { type JobQueue, jobsFor } from "./job-queue.ts";
import { lineMebibytesMax, readItem } from "./read-item.ts";

export const batchMebibytesMax = 256;
export const batchItemsMax = 10_000;

/** More items than a batch may have. */
export class TooManyItems extends Error {
  override readonly name = "TooManyItems";
}

interface Taker {
  readonly database: Database;
  readonly queue: JobQueue;
}

export interface TakenIn {
  readonly id: string;
  readonly items: number;
}

/**
 * Keeps the requests of a body of JSON Lines and their jobs; null where there are none. Once this is over nothing of it is lost.
 * Throws `TooManyItems`, `BodyTooLarge`, `BodyIncomplete` and what the database throws, and then keeps nothing.
 */
export async function takeIn(body: ReadableStream<Uint8Array>, taker: Taker): Promise<TakenIn | null> {
  const id = crypto.randomUUID().replaceAll("-", "");
  await createBatch(taker.database, id);
  try {
    const { items, open } = await keepItems(body, id, taker.database);
    if (items > 0) {
      // Before it is sealed: a batch that anybody has heard of has its jobs.
      await taker.queue.enqueue(jobsFor(id, open, taker.queue));
      await sealBatch(taker.database, id, items);
      return { id, items };
    }
  } catch (error) {
    await deleteBatch(taker.database, id);
    throw error;
  }
  await deleteBatch(taker.database, id);
  return null;
}

interface Kept {
  readonly items: number;
  /** Numbers of those to be calculated. */
  readonly open: readonly number[];
}

async function keepItems(body: ReadableStream<Uint8Array>, id: string, database: Database): Promise<Kept> {
  const limits = { bodyBytesMax: batchMebibytesMax * mebibyte, lineBytesMax: lineMebibytesMax * mebibyte };
  const open: number[] = [];
  let items = 0;
  let held: NewItem[] = [];
  let heldBytes = 0;
  for await (const line of bodyLines(body, limits)) {
    const item = await readItem(line, database);
    if (item === null) continue;
    items += 1;
    if (items > batchItemsMax) throw new TooManyItems("The batch is over its limit");
    if (item.request !== null) open.push(item.number);
    held.push(item);
    heldBytes += line.bytes?.length ?? 0;
    if (held.length < heldItemsMax && heldBytes < mebibyte) continue;
    await addItems(database, id, held);
    held = [];
    heldBytes = 0;
    // Neither what has come already nor the embedded database gives other requests their turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  await addItems(database, id, held);
  return { items, open };
}

const mebibyte = 1024 * 1024;
const heldItemsMax = 25;
