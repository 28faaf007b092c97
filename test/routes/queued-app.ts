import { openPostgresQueue } from "../../api/batching/postgres-queue.ts";
import { calculateOver } from "../../api/calculating/calculate.ts";
import { openDatabase } from "../../db/connect.ts";
import { appOver } from "./memory-app.ts";

export type QueuedApp = Awaited<ReturnType<typeof openQueuedApp>>;

/** The app on a database in memory, with a queue at work; `idle` keeps the same things and has nobody work on them. */
export async function openQueuedApp() {
  const opened = await openDatabase({ memory: true });
  const calculate = calculateOver(opened.database);
  const queue = await openPostgresQueue(opened, { calculate, threads: 2, log: () => undefined });
  const close = async () => {
    await queue.stop();
    await opened.close();
  };
  return { opened, queue, app: appOver(opened.database, { queue }), idle: appOver(opened.database), close };
}
