import type { Span } from "../../db/batches.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { jobQueueName, openJobStore } from "../../db/job-store.ts";
import { errorLine, type Log } from "../routes/request-log.ts";
import type { JobQueue } from "./job-queue.ts";
import { type Workshop, workOff } from "./work-off.ts";

export interface PostgresQueue extends JobQueue {
  /** Leaves what is in work to the next who opens the queue. */
  stop(): Promise<void>;
}

interface QueueSettings extends Omit<Workshop, "database"> {
  /** That calculate. */
  readonly threads: number;
}

/**
 * Jobs kept in the database itself, and as many at work as there are threads but one, which is left to those who wait for an answer.
 * Throws `DatabaseNotPrepared` and what the database throws.
 */
export async function openPostgresQueue(opened: OpenDatabase, settings: QueueSettings): Promise<PostgresQueue> {
  const boss = await openJobStore(opened.jobStore, (error) => report(error, settings.log));
  const workshop = { database: opened.database, calculate: settings.calculate, log: settings.log };
  const ending = new AbortController();
  const workers: string[] = [];
  const wakeAll = () => {
    for (const worker of workers) boss.notifyWorker(worker);
  };
  while (workers.length < Math.max(1, settings.threads - 1)) {
    const worker: string = await boss.work<Span>(jobQueueName, { pollingIntervalSeconds }, async (jobs) => {
      for (const { data, signal } of jobs) await workOff(data, workshop, AbortSignal.any([signal, ending.signal]));
      // Where there was one job there may be another.
      boss.notifyWorker(worker);
    });
    workers.push(worker);
  }
  return {
    itemsMax: 50,
    async enqueue(jobs) {
      await boss.insert(
        jobQueueName,
        jobs.map((data) => ({ data })),
      );
      wakeAll();
    },
    async stop() {
      ending.abort();
      await boss.stop({ graceful: true, timeout: 1000 });
    },
  };
}

/** How soon jobs are seen that another process has sent, or left behind. */
const pollingIntervalSeconds = 2;

/** That a job is put off because the server ends is no error. */
function report(error: Error, log: Log): void {
  if (error.name !== "AbortError") log(errorLine(error, "batches"));
}
