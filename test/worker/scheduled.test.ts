import { setTimeout } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../api/price-sources/clock.ts";
import { refreshOnce } from "../../api/refreshing/refresh-timer.ts";
import { storeComparison } from "../../db/comparisons.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { comparison } from "../../db/kept-schema.ts";
import { prepareServer } from "../../db/prepare-server.ts";
import { price, reading, stagedPart } from "../../db/schema.ts";
import { findSnapshot } from "../../db/snapshots.ts";
import { createDatabase, serverUrl } from "../db/engines.ts";
import type { Endpoint } from "../price-sources/endpoint.ts";
import { fakeCredentials } from "../price-sources/test-clock.ts";
import { type Bundle, bundleWorker } from "./bundle.ts";
import { fakeAws } from "./fake-aws.ts";
import { type RunningWorker, startWorker, type WorkerSettings } from "./workerd.ts";

const cron = "*/5 4-5 * * *";
const sources = ["api", "ec2", "savings-plans"];
const settings = { STOWAGE_REFRESH_REGIONS: "us-east-1", STOWAGE_REFRESH_SOURCE: sources.join() };
const secrets = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "of-nobody" };

describe.each(serverUrl === null ? [] : [serverUrl])("the Worker's refresh on a Postgres server", () => {
  let bundle: Bundle;
  let aws: Endpoint;
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let opened: OpenDatabase;
  beforeAll(async () => {
    [bundle, aws, own] = [await bundleWorker(), await fakeAws(), await createDatabase()];
    await prepareServer(own.url);
    opened = await openDatabase({ databaseUrl: own.url });
  }, 120_000);
  afterAll(async () => {
    await opened.close();
    await own.drop();
    await aws[Symbol.asyncDispose]();
  });

  /** The Worker with nothing to connect to but the database and the stand-in for AWS. */
  const start = (more: WorkerSettings) =>
    startWorker(own.url, { ...settings, STOWAGE_PRICE_ENDPOINT: aws.address, ...more }, bundle);

  async function trigger({ workerd, log }: RunningWorker, times = 1): Promise<unknown[]> {
    const before = log.length;
    const { scheduled } = (await workerd.getWorker()) as unknown as {
      scheduled(at: { cron: string }): Promise<object>;
    };
    await Promise.all(Array.from({ length: times }, () => scheduled({ cron })));
    while (log.length < before + times) await setTimeout(20);
    return log.slice(before).map((line) => (line as { refresh: unknown }).refresh);
  }

  test("asks nobody without the secrets, and says which sources need none", async () => {
    await using worker = await start({});
    expect(await trigger(worker)).toEqual(["not started"]);
    expect(worker.log.at(-1)).toMatchObject({
      mistakes: [
        expect.stringMatching(/^The secrets AWS_.*needs them\. .* bulk or savings-plans-files, which need none\.$/),
      ],
    });
    expect(aws.asked).toEqual([]);
  });

  test("erases what is past STOWAGE_RETENTION_DAYS, and nothing where that is no number of days", async () => {
    await storeComparison(opened.database, { id: "old", body: "1", ownPrices: false });
    await opened.database.update(comparison).set({ createdAt: new Date("2026-01-01") });
    for (const [days, line] of [
      ["never", { erased: "nothing", mistakes: [expect.stringContaining("STOWAGE_RETENTION_DAYS must be")] }],
      ["30", { erased: { comparisons: 1, workloads: 0, batches: 0, slackRequests: 0 } }],
    ] as const) {
      await using worker = await start({ STOWAGE_RETENTION_DAYS: days });
      await trigger(worker);
      while (worker.log.length < 2) await setTimeout(20);
      expect(worker.log.at(-1)).toMatchObject(line);
    }
  });

  test("with no time to spare reads one of its 17 parts a run, and makes the very snapshot that one on Node makes", async () => {
    await using worker = await start({ ...secrets, STOWAGE_REFRESH_SECONDS: "0" });
    for (let run = 1; run <= 17; run++) {
      expect(await trigger(worker)).toEqual(["to be continued"]);
      expect(worker.log.at(-1)).toMatchObject({ done: run, all: 17 });
    }
    // Two at once: one of them publishes, or both find that it is done.
    const last = await trigger(worker, 2);
    const published = last.filter((line) => typeof line === "object" && line !== null && "new" in line);
    expect(published).toContainEqual(expect.objectContaining({ notRead: 0, keptBack: expect.any(Number) }));
    expect(await trigger(worker)).toEqual(["done today"]);
    expect([await opened.database.$count(stagedPart), await opened.database.$count(reading)]).toEqual([0, 1]);
    const written = await findSnapshot(opened.database);

    const embedded = await openDatabase({ memory: true });
    const outside = { clock: systemClock, endpoint: aws.address, credentials: fakeCredentials };
    const report = await refreshOnce(embedded.database, { cron, regions: ["us-east-1"], sources }, { outside });
    expect(report).toMatchObject({ failures: [], snapshot: written?.id });
    const held = ({ database }: OpenDatabase) => database.$count(price, eq(price.snapshot, written?.number ?? 0));
    expect(await held(opened)).toBe(await held(embedded));
    expect(await held(embedded)).toBeGreaterThan(20);
    await embedded.close();
  });
});
