import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startErasing } from "../../api/retention.ts";
import { findComparison, storeComparison } from "../../db/comparisons.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { comparison } from "../../db/kept-schema.ts";

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
}, 60_000);
afterAll(() => opened.close());

/** An answer of 31 days ago. */
async function storeOld(id: string): Promise<void> {
  await storeComparison(opened.database, { id, body: "1", ownPrices: false });
  await opened.database.update(comparison).set({ createdAt: sql`now() - interval '31 days'` }).where(sql`id = ${id}`);
}

test("with 30 days set what is 31 days old is erased at the start and once a day, each time a line in the log", async () => {
  const log: object[] = [];
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  await storeOld("first");
  const end = startErasing(opened.database, 30, (line) => log.push(line));
  await vi.waitFor(() => expect(log).toHaveLength(1));
  await storeOld("second");
  vi.advanceTimersByTime(23 * 3_600_000);
  expect(await findComparison(opened.database, "second")).toBe("1");
  vi.advanceTimersByTime(3_600_000);
  await end();
  vi.advanceTimersByTime(48 * 3_600_000);
  vi.useRealTimers();

  const line = { erased: { comparisons: 1, workloads: 0, batches: 0, slackRequests: 0 }, olderThanDays: 30 };
  expect(log).toEqual([line, line]);
  expect(await findComparison(opened.database, "second")).toBeNull();
});

test("with nothing set nothing is erased, and nothing logged", async () => {
  const log: object[] = [];
  await storeOld("kept");
  await startErasing(opened.database, null, (line) => log.push(line))();

  expect([log, await findComparison(opened.database, "kept")]).toEqual([[], "1"]);
});

test("a database in trouble is a line in the log that quotes nothing", async () => {
  const log: object[] = [];
  const broken = {
    ...opened.database,
    select: () => {
      throw new TypeError("select secret");
    },
  };
  await startErasing(broken as never, 30, (line) => log.push(line))();

  expect(log).toEqual([{ erased: "failed", error: "TypeError" }]);
});
