import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startThreads, type Threads } from "../../api/calculating/threads.ts";
import { refresh } from "../../api/refreshing/refresh.ts";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { openDatabase } from "../../db/connect.ts";
import type { Database, OpenDatabase } from "../../db/database.ts";
import { readPriceBook } from "../../db/price-book.ts";
import { DatabaseUnreachable } from "../../db/problems.ts";
import { price } from "../../db/schema.ts";
import { fakeSource, priceRow } from "../db/fake-source.ts";

let opened: OpenDatabase;
let threads: Threads;
let isGone = false;
const settings = { threads: 1, queueMax: 9, secondsMax: 60 };
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
  const run: OpenDatabase["run"] = (statement) =>
    isGone ? Promise.reject(new DatabaseUnreachable(new Error("gone"))) : opened.run(statement);
  threads = startThreads({ run }, settings);
});
afterAll(async () => {
  await threads.close();
  await opened.close();
});

const ask = async (seed: number) => {
  const request = { ...comparisonExample, options: ["fargate"], seed };
  const said = await threads.calculate({ request, mayReopen: false });
  return said.ok ? said.value : null;
};

test("ten askers of one region at once read its prices once", async () => {
  let asked = 0;
  const counting = new Proxy(opened.database, {
    get(target, name) {
      if (name === "select") asked += 1;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  }) as Database;
  await readPriceBook(counting, { region: "eu-west-1" });
  const alone = asked;
  asked = 0;
  const books = await Promise.all(Array.from({ length: 10 }, () => readPriceBook(counting, { region: "eu-west-2" })));

  expect(new Set(books.map((book) => book.ok && book.value)).size).toBe(1);
  // Each asks which snapshot is the latest.
  expect(asked).toBe(alone + 9);
});

test("a price that is published is in the next comparison, and then in those made while the database is gone", async () => {
  const before = await ask(1);
  const sku = "fargate/linux/x86_64/vcpu";
  const [old] = await opened.database.select().from(price).where(eq(price.sku, sku)).limit(1);
  const rows = [
    priceRow({
      sku,
      unit: "vCPU-Hour",
      unitPrice: "0.05",
      effectiveDate: "2026-11-20T00:00:00Z",
      effectiveFrom: "2026-11-20",
    }),
  ];
  await refresh(opened.database, { regions: ["us-east-1"], sources: [fakeSource({ one: rows })], today: "2026-11-23" });
  const after = await ask(2);
  isGone = true;
  const cut = await ask(3);
  isGone = false;

  expect(old).toBeDefined();
  expect(after?.document.prices.snapshot).not.toBe(before?.document.prices.snapshot);
  expect(JSON.stringify(after?.document)).toContain('"unitPrice":"0.05"');
  expect(JSON.stringify(before?.document)).not.toContain('"unitPrice":"0.05"');
  expect([after?.isConfirmed, cut?.isConfirmed]).toEqual([true, false]);
  expect(cut?.document.prices).toEqual(after?.document.prices);
});

test("a thread that never read a region has its prices from those that did, once the database is gone", async () => {
  let isCut = false;
  const run: OpenDatabase["run"] = (statement) =>
    isCut ? Promise.reject(new DatabaseUnreachable(new Error("gone"))) : opened.run(statement);
  const two = startThreads({ run }, { ...settings, threads: 2 });
  const request = { ...comparisonExample, options: ["fargate"] };
  const compare = (seed: number) => two.calculate({ request: { ...request, seed }, mayReopen: false });
  await compare(1);
  isCut = true;
  const said = await Promise.all([2, 3, 4, 5, 6, 7].map(compare));
  const elsewhere = await two
    .calculate({ request: { ...request, region: "eu-west-1" }, mayReopen: false })
    .catch((error: unknown) => error);
  await two.close();

  expect(said.map((one) => one.ok && one.value.isConfirmed)).toEqual([false, false, false, false, false, false]);
  expect(elsewhere).toBeInstanceOf(DatabaseUnreachable);
});
