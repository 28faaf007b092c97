import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addItems,
  answerItem,
  countOpenItems,
  createBatch,
  deleteBatch,
  eraseFinishedBatches,
  findBatch,
  readAnswers,
  sealBatch,
  takeItem,
} from "../../db/batches.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { batch, batchItem } from "../../db/kept-schema.ts";
import { engines } from "./engines.ts";

describe.each(engines)("on $name", (engine) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await engine.open();
  }, 60_000);
  afterAll(() => opened.close());

  const place = { batch: "one", number: 7 };

  test("an item's first answer stays, its request is forgotten, and it is not to be taken again", async () => {
    const { database } = opened;
    await createBatch(database, "one");
    await addItems(database, "one", [{ number: 7, key: "web", request: "{}" }]);
    expect(await findBatch(database, "one")).toBeNull();
    await sealBatch(database, "one", 1);
    expect(await takeItem(database, place)).toMatchObject({ key: "web", request: "{}", attempts: 1 });
    expect(await takeItem(database, place)).toMatchObject({ attempts: 2 });

    const answering = [1, 2, 3].map((nth) => answerItem(database, place, { result: `${nth}`, succeeded: nth === 1 }));
    await Promise.all(answering);
    const [first] = await readAnswers(database, "one", [7]);
    await answerItem(database, place, { result: "late", succeeded: false });

    expect(await readAnswers(database, "one", [7])).toEqual([first]);
    expect(await database.select({ request: batchItem.request }).from(batchItem)).toEqual([{ request: null }]);
    expect(await takeItem(database, place)).toBeNull();
    expect(await findBatch(database, "one")).toMatchObject({ items: 1 });
  });

  test("an item is open with a request or answered with a result, nothing between", async () => {
    const half = { batch: "one", number: 8, key: "8", request: null, result: null };
    await expect(opened.database.insert(batchItem).values(half)).rejects.toThrow();
  });

  test("a batch takes its items along; one that was never sealed is gone after a day, with the next that begins", async () => {
    const { database } = opened;
    expect([await deleteBatch(database, "one"), await deleteBatch(database, "one")]).toEqual([true, false]);
    expect(await database.$count(batchItem)).toBe(0);
    for (const id of ["cut off", "under way"]) await createBatch(database, id);
    await database.execute(sql`update batch set created_at = now() - interval '25 hours' where id = 'cut off'`);
    await createBatch(database, "next");

    expect((await database.select({ id: batch.id }).from(batch)).map(({ id }) => id).toSorted()).toEqual([
      "next",
      "under way",
    ]);
  });

  test("after 30 days a batch is erased once it is finished, not before", async () => {
    const { database } = opened;
    for (const id of ["done long ago", "open", "done lately"]) {
      await createBatch(database, id);
      await addItems(database, id, [{ number: 1, key: "1", request: "{}" }]);
      await sealBatch(database, id, 1);
    }
    for (const id of ["done long ago", "done lately"])
      await answerItem(database, { batch: id, number: 1 }, { result: "{}", succeeded: true });
    await database.execute(sql`update batch set created_at = now() - interval '31 days' where id <> 'done lately'`);
    const limit = new Date(Date.now() - 30 * 86_400_000);

    expect(await eraseFinishedBatches(database, limit)).toBe(1);
    expect([await findBatch(database, "done long ago"), await countOpenItems(database)]).toEqual([null, 1]);
    await answerItem(database, { batch: "open", number: 1 }, { result: "{}", succeeded: false });
    expect(await eraseFinishedBatches(database, limit)).toBe(1);
    expect(await findBatch(database, "done lately")).toMatchObject({ items: 1, succeeded: 1 });
    expect(await countOpenItems(database)).toBe(0);
  });
});
