import { and, between, count, eq, gt, inArray, isNotNull, isNull, lt, notInArray, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { batch, batchItem } from "./kept-schema.ts";

/** An item by its place: a batch's id and the number of its line. */
export interface ItemPlace {
  readonly batch: string;
  readonly number: number;
}

/** Items of a batch whose numbers lie between two, both included. */
export interface Span {
  readonly batch: string;
  readonly from: number;
  readonly to: number;
}

/** A line of JSON, and whether it holds a comparison. */
export interface Outcome {
  readonly result: string;
  readonly succeeded: boolean;
}

/** Which saved workload an item is asked of; null: none. */
interface OfWorkload {
  readonly workload: string | null;
  readonly workloadVersion: number | null;
}

/** As it was taken in: what was found wrong with it then is its answer already. */
export type NewItem = { readonly number: number; readonly key: string } & (
  | ({ readonly request: string } & Partial<OfWorkload>)
  | ({ readonly request: null } & Outcome)
);

export interface BatchCounts {
  readonly items: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Begins a batch that nobody sees before it is sealed. Those that never were, since their sender was cut off, go with the first a day later. */
export async function createBatch(database: Database, id: string): Promise<void> {
  await database.delete(batch).where(and(isNull(batch.items), sql`${batch.createdAt} < now() - interval '1 day'`));
  await database.insert(batch).values({ id });
}

export async function addItems(database: Database, id: string, items: readonly NewItem[]): Promise<void> {
  if (items.length > 0) await database.insert(batchItem).values(items.map((item) => ({ batch: id, ...item })));
}

/** All items are there. */
export async function sealBatch(database: Database, id: string, items: number): Promise<void> {
  await database.update(batch).set({ items }).where(eq(batch.id, id));
}

/** Null where there is none, or it is still being taken in. */
export async function findBatch(database: Database, id: string): Promise<BatchCounts | null> {
  const [found] = await database.select({ items: batch.items }).from(batch).where(eq(batch.id, id));
  if (found === undefined || found.items === null) return null;
  const answered = await database
    .select({ succeeded: batchItem.succeeded, number: count() })
    .from(batchItem)
    .where(and(eq(batchItem.batch, id), isNotNull(batchItem.result)))
    .groupBy(batchItem.succeeded);
  const numberOf = (which: boolean) => answered.find(({ succeeded }) => succeeded === which)?.number ?? 0;
  return { items: found.items, succeeded: numberOf(true), failed: numberOf(false) };
}

/** With everything in it. Whether there was one. */
export async function deleteBatch(database: Database, id: string): Promise<boolean> {
  return (await database.delete(batch).where(eq(batch.id, id)).returning({ id: batch.id })).length > 0;
}

/** Numbers of the items that wait for an answer, in order. */
export async function openNumbers(database: Database, { batch: id, from, to }: Span): Promise<number[]> {
  const found = await database
    .select({ number: batchItem.number })
    .from(batchItem)
    .where(and(eq(batchItem.batch, id), between(batchItem.number, from, to), isNull(batchItem.result)))
    .orderBy(batchItem.number);
  return found.map(({ number }) => number);
}

/** How many items of all batches wait for an answer. */
export async function countOpenItems(database: Database): Promise<number> {
  return await database.$count(batchItem, isNotNull(batchItem.request));
}

export interface TakenItem extends OfWorkload {
  readonly key: string;
  /** JSON; with a workload, of what is laid over it. */
  readonly request: string;
  /** With this one. */
  readonly attempts: number;
}

/** Notes that an item's calculation begins; null where it is answered, or gone. */
export async function takeItem(database: Database, place: ItemPlace): Promise<TakenItem | null> {
  const [taken] = await database
    .update(batchItem)
    .set({ attempts: sql`${batchItem.attempts} + 1` })
    .where(and(at(place), isNotNull(batchItem.request)))
    .returning({
      key: batchItem.key,
      request: batchItem.request,
      workload: batchItem.workload,
      workloadVersion: batchItem.workloadVersion,
      attempts: batchItem.attempts,
    });
  return taken === undefined || taken.request === null ? null : { ...taken, request: taken.request };
}

/** The first answer stays, however often one is given. Its request is forgotten. */
export async function answerItem(database: Database, place: ItemPlace, outcome: Outcome): Promise<void> {
  await database
    .update(batchItem)
    .set({ ...outcome, request: null })
    .where(and(at(place), isNull(batchItem.result)));
}

/** Numbers of the answered items after one, in order. */
export async function answeredNumbers(database: Database, id: string, after: number): Promise<number[]> {
  const found = await database
    .select({ number: batchItem.number })
    .from(batchItem)
    .where(and(eq(batchItem.batch, id), gt(batchItem.number, after), isNotNull(batchItem.result)))
    .orderBy(batchItem.number);
  return found.map(({ number }) => number);
}

/** The answers of these items, in order. */
export async function readAnswers(database: Database, id: string, numbers: readonly number[]): Promise<string[]> {
  const found = await database
    .select({ result: batchItem.result })
    .from(batchItem)
    .where(and(eq(batchItem.batch, id), inArray(batchItem.number, [...numbers])))
    .orderBy(batchItem.number);
  return found.flatMap(({ result }) => result ?? []);
}

/** Puts in the place of what is kept of a workload's items, and of what was made from it, that it is gone. */
export async function eraseItemsOf(transaction: Database, name: string): Promise<void> {
  const message = "The workload that this was asked of was erased.";
  const problems = JSON.stringify([{ code: "workload_erased", path: "workload", message }]);
  const place = sql`'{"number":' || ${batchItem.number} || ',"key":' || to_json(${batchItem.key})`;
  const result = sql`${place} || ${`,"problems":${problems}}`}::text`;
  await transaction
    .update(batchItem)
    .set({ request: null, result, succeeded: false, workload: null, workloadVersion: null })
    .where(eq(batchItem.workload, name));
}

/** Erases batches that were sent before a moment, and of which nothing is to be done any more. How many. */
export async function eraseFinishedBatches(database: Database, before: Date): Promise<number> {
  const open = database.select({ id: batchItem.batch }).from(batchItem).where(isNotNull(batchItem.request));
  const erased = await database
    .delete(batch)
    .where(and(lt(batch.createdAt, before), isNotNull(batch.items), notInArray(batch.id, open)))
    .returning({ id: batch.id });
  return erased.length;
}

function at(place: ItemPlace) {
  return and(eq(batchItem.batch, place.batch), eq(batchItem.number, place.number));
}
