import type { Span } from "../../db/batches.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { jobQueueName, openJobStore } from "../../db/job-store.ts";
import { isUnreachable } from "../../db/unreachable.ts";
import { errorLine, type Log } from "../log.ts";
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
  const log = (error: unknown) => report(error, settings.log);
  const boss = await openJobStore(opened.jobStore, log);
  const workshop = { database: opened.database, calculate: settings.calculate, log: settings.log };
  const ending = new AbortController();
  const work = async ({ data, signal }: { readonly data: Span; readonly signal: AbortSignal }) => {
    try {
      await workOff(data, workshop, AbortSignal.any([signal, ending.signal]));
    } catch (error) {
      log(error);
      throw error;
    }
  };
  const workers: string[] = [];
  while (workers.length < Math.max(1, settings.threads - 1)) {
    const worker: string = await boss.work<Span>(jobQueueName, { pollingIntervalSeconds }, async (jobs) => {
      for (const job of jobs) await work(job);
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
      for (const worker of workers) boss.notifyWorker(worker);
    },
    async stop() {
      ending.abort();
      await boss.stop({ graceful: true, timeout: 1000 }).catch(log);
    },
  };
}

/** How soon jobs are seen that another process has sent, or left behind. */
const pollingIntervalSeconds = 2;

/** That a job is put off, since the server ends or the database does not answer, is no error. */
function report(error: unknown, log: Log): void {
  if (!(error instanceof Error) || error.name === "AbortError" || isUnreachable(error)) return;
  log(errorLine(error, "batches"));
}
