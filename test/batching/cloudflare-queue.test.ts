import { afterAll, beforeAll, expect, test } from "vitest";
import { cloudflareQueue, consume } from "../../api/batching/cloudflare-queue.ts";
import { type Calculate, calculateOver } from "../../api/calculating/calculate.ts";
import { addItems, createBatch, findBatch, type Span, sealBatch } from "../../db/batches.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { DatabaseUnreachable } from "../../db/problems.ts";
import { exampleWith } from "../routes/memory-app.ts";

let opened: OpenDatabase;
const id = "c".repeat(32);
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
  await createBatch(opened.database, id);
  const request = JSON.stringify(exampleWith({ request: { options: ["fargate"] } }));
  await addItems(
    opened.database,
    id,
    [1, 2, 3].map((number) => ({ number, key: `${number}`, request })),
  );
  await sealBatch(opened.database, id, 3);
}, 60_000);
afterAll(() => opened.close());

/** What becomes of messages of this queue. */
async function delivered(queue: string, jobs: readonly Span[], calculate: Calculate): Promise<string[]> {
  const outcomes: string[] = [];
  const messages = jobs.map((body) => ({
    body,
    ack: () => outcomes.push("done"),
    retry: ({ delaySeconds }: { delaySeconds: number }) => outcomes.push(`again in ${delaySeconds} s`),
  }));
  await consume({ queue, messages }, { database: opened.database, calculate, log: () => undefined });
  return outcomes;
}

const working: Calculate = (task) => calculateOver(opened.database)(task);
const gone: Calculate = () => Promise.reject(new DatabaseUnreachable(new Error("gone")));

test("a job is acknowledged once its items are answered, and wanted again in 10 s where the database is gone", async () => {
  expect(await delivered("stowage-batches", [{ batch: id, from: 1, to: 1 }], working)).toEqual(["done"]);
  expect(await delivered("stowage-batches", [{ batch: id, from: 2, to: 3 }], gone)).toEqual(["again in 10 s"]);
  expect(await findBatch(opened.database, id)).toEqual({ items: 3, succeeded: 1, failed: 0 });
});

test("what ends up among the dead letters is answered as failed, so that the batch has an end", async () => {
  expect(await delivered("stowage-batches-given-up", [{ batch: id, from: 1, to: 3 }], working)).toEqual(["done"]);
  expect(await findBatch(opened.database, id)).toEqual({ items: 3, succeeded: 1, failed: 2 });
});

test("250 jobs are sent in calls of 100, which is as many as Cloudflare takes", async () => {
  const calls: number[] = [];
  const { enqueue } = cloudflareQueue({ sendBatch: (messages) => Promise.resolve(calls.push(messages.length)) });
  await enqueue(Array.from({ length: 250 }, (_, at) => ({ batch: id, from: at, to: at })));

  expect(calls).toEqual([100, 100, 50]);
});
