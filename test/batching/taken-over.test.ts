import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { openPostgresQueue } from "../../api/batching/postgres-queue.ts";
import { calculateOver } from "../../api/calculating/calculate.ts";
import { addItems, createBatch, findBatch, sealBatch } from "../../db/batches.ts";
import { openDatabase } from "../../db/connect.ts";
import { jobQueueName, openJobStore } from "../../db/job-store.ts";
import { engines, serverUrl } from "../db/engines.ts";
import { exampleWith } from "../routes/memory-app.ts";

const id = "d".repeat(32);

describe.each(serverUrl === null ? [] : engines.slice(1))("on a $name", (engine) => {
  test("a job whose process is heard of no more is another one's within a minute", async () => {
    const opened = await engine.open();
    const { database, jobStore } = opened;
    await createBatch(database, id);
    const request = JSON.stringify(exampleWith({ request: { options: ["fargate"] } }));
    await addItems(
      database,
      id,
      [1, 2].map((number) => ({ number, key: `${number}`, request })),
    );
    await sealBatch(database, id, 2);
    const silent = await openJobStore(jobStore, () => undefined);
    await silent.insert(jobQueueName, [{ data: { batch: id, from: 1, to: 2 } }]);
    expect(await silent.fetch(jobQueueName)).toHaveLength(1);
    await silent.stop({ graceful: false });

    const log: object[] = [];
    const settings = { threads: 1, log: (line: object) => log.push(line) };
    const queue = await openPostgresQueue(opened, { ...settings, calculate: calculateOver(database) });
    const started = performance.now();
    while ((await findBatch(database, id))?.succeeded !== 2) await setTimeout(200);
    const seconds = (performance.now() - started) / 1000;
    await queue.stop();
    await opened.close();
    expect(seconds).toBeLessThan(60);
    expect(log).toEqual([]);
  }, 120_000);
});

test("the embedded database has its own job queue made when it is opened, and a second opening finds it there", async () => {
  const opened = await openDatabase({ memory: true });
  for (const _ of ["first", "second"]) {
    const boss = await openJobStore(opened.jobStore, () => undefined);
    expect((await boss.getQueue(jobQueueName))?.heartbeatSeconds).toBe(20);
    await boss.stop({ graceful: false });
  }
  await opened.close();
}, 60_000);
