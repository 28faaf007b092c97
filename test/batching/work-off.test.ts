import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { jobsFor } from "../../api/batching/job-queue.ts";
import { openPostgresQueue } from "../../api/batching/postgres-queue.ts";
import { resultLines } from "../../api/batching/result-lines.ts";
import { giveUp, type Workshop, workOff } from "../../api/batching/work-off.ts";
import { type Calculate, calculateOver, Overloaded } from "../../api/calculating/calculate.ts";
import { addItems, createBatch, findBatch, openNumbers, readAnswers, sealBatch } from "../../db/batches.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { batch } from "../../db/kept-schema.ts";
import { DatabaseUnreachable } from "../../db/problems.ts";
import { exampleWith } from "../routes/memory-app.ts";

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
}, 60_000);
afterAll(() => opened.close());

const id = "b".repeat(32);
const three = { batch: id, from: 1, to: 3 };
beforeEach(async () => {
  await opened.database.delete(batch);
  await createBatch(opened.database, id);
  const requests = [1, 2, 3].map((number) => exampleWith({ request: { options: ["fargate"], hours: 100 * number } }));
  const items = requests.map((request, at) => ({ number: at + 1, key: `${at + 1}`, request: JSON.stringify(request) }));
  await addItems(opened.database, id, items);
  await sealBatch(opened.database, id, 3);
});

const log: object[] = [];
const really: Calculate = (task) => calculateOver(opened.database)(task);

function workshop(calculate: Calculate = really): Workshop {
  return { database: opened.database, calculate, log: (line) => log.push(line) };
}

const answers = async () => (await readAnswers(opened.database, id, [1, 2, 3])).map((line) => JSON.parse(line));

test("a job that is delivered twice at once gives each item one answer, the first", async () => {
  let calculated = 0;
  const counting: Calculate = (task) => {
    calculated += 1;
    return really(task);
  };
  await Promise.all([workOff(three, workshop(counting)), workOff(three, workshop(counting))]);
  const first = await answers();
  await workOff(three, workshop(counting));

  expect(calculated).toBeGreaterThanOrEqual(3);
  expect(first.map(({ number, totals }) => [number, Object.keys(totals).includes("fargate")])).toEqual([
    [1, true],
    [2, true],
    [3, true],
  ]);
  expect(await answers()).toEqual(first);
  expect(await findBatch(opened.database, id)).toEqual({ items: 3, succeeded: 3, failed: 0 });
});

test("an item that took its process along five times is not begun a sixth time, and the others are answered", async () => {
  // As it looks from outside: begun, and never heard of again.
  const neverHeardOf: Calculate = (task, signal) => {
    const isFirst = (task.request as { hours: number }).hours === 100;
    return isFirst ? Promise.reject(new DatabaseUnreachable(new Error("gone"))) : really(task, signal);
  };
  for (let time = 1; time <= 5; time += 1) await expect(workOff(three, workshop(neverHeardOf))).rejects.toThrow();
  expect(await openNumbers(opened.database, three)).toEqual([1, 2, 3]);
  await workOff(three, workshop(neverHeardOf));

  const [first, ...others] = await answers();
  expect(first.problems).toMatchObject([{ code: "calculation_failed", message: expect.stringContaining("5 times") }]);
  expect(others.map(({ number, problems }) => [number, problems])).toEqual([
    [2, undefined],
    [3, undefined],
  ]);
});

test("a mistake of ours is the item's result by its number in the log, and says nothing of itself", async () => {
  log.length = 0;
  await workOff(
    three,
    workshop(() => Promise.reject(new TypeError("secret-42"))),
  );

  const [first] = await answers();
  expect(first.problems).toMatchObject([{ code: "internal_error" }]);
  expect(log).toMatchObject([{ error: "TypeError" }, { error: "TypeError" }, { error: "TypeError" }]);
  expect(first.problems[0].message).toContain((log[0] as { requestId: string }).requestId);
  expect(JSON.stringify([await answers(), log])).not.toContain("secret-42");
});

test("where as many wait as may, an item waits too, and is not lost", async () => {
  let refusals = 3;
  await workOff(
    three,
    workshop((task) => {
      refusals -= 1;
      return refusals >= 0 ? Promise.reject(new Overloaded()) : really(task);
    }),
  );

  expect(await findBatch(opened.database, id)).toMatchObject({ succeeded: 3 });
});

test("an answer that could not be stored is none: the job is to be done again", async () => {
  const unstored: Calculate = async (task) => {
    const calculated = await really(task);
    return calculated.ok ? { ok: true, value: { ...calculated.value, isConfirmed: false } } : calculated;
  };
  await expect(workOff(three, workshop(unstored))).rejects.toThrow(DatabaseUnreachable);

  expect(await openNumbers(opened.database, three)).toEqual([1, 2, 3]);
});

test("what a queue gives up is answered as given up", async () => {
  await workOff({ ...three, to: 1 }, workshop());
  await giveUp(three, workshop());

  expect(await findBatch(opened.database, id)).toEqual({ items: 3, succeeded: 1, failed: 2 });
});

test("a queue that is stopped in the middle of its work leaves the rest to the next that is opened, at once", async () => {
  const settings = { threads: 1, log: () => undefined };
  const begun = Promise.withResolvers<void>();
  const endless: Calculate = (_, signal) => {
    begun.resolve();
    return new Promise((__, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  };
  const first = await openPostgresQueue(opened, { ...settings, calculate: endless });
  await first.enqueue(jobsFor(id, [1, 2, 3], first));
  await begun.promise;
  await first.stop();
  expect(await openNumbers(opened.database, three)).toEqual([1, 2, 3]);

  const second = await openPostgresQueue(opened, { ...settings, calculate: really });
  const started = performance.now();
  while ((await openNumbers(opened.database, three)).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await second.stop();
  expect(performance.now() - started).toBeLessThan(15_000);
}, 30_000);

test("a result that is cut short has no last line, so that nobody takes it for whole; the next one is whole", async () => {
  await opened.database.delete(batch);
  await createBatch(opened.database, id);
  const items = Array.from({ length: 250 }, (_, at) => ({ number: at + 1, key: "", request: null }));
  await addItems(
    opened.database,
    id,
    items.map((item) => ({ ...item, result: `${item.number}`, succeeded: true })),
  );
  await sealBatch(opened.database, id, 250);
  const read = async (countMax: number) => {
    const lines: string[] = [];
    const following = { wait: true, isOver: () => lines.length >= countMax };
    for await (const line of resultLines(opened.database, id, following)) lines.push(line);
    return lines;
  };

  expect((await read(50)).at(-1)).toBe("100");
  const whole = await read(1000);
  expect(whole.slice(0, -1)).toEqual(items.map(({ number }) => `${number}`));
  expect(whole.at(-1)).toBe(`{"batch":"${id}","done":true,"succeeded":250,"failed":0}`);
});

test("jobs: one item each for a batch of 100, 25 for one of 5,000, never more than a queue wants", () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
  const jobs = (count: number, itemsMax: number) =>
    jobsFor(id, numbers(count), { itemsMax, enqueue: () => Promise.resolve() });

  expect(jobs(100, 50)).toHaveLength(100);
  expect(jobs(5000, 50)).toHaveLength(200);
  expect(jobs(5000, 5)).toHaveLength(1000);
  expect(jobs(0, 50)).toEqual([]);
  expect(jobs(5000, 50).at(-1)).toEqual({ batch: id, from: 4976, to: 5000 });
});
