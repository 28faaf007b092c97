import { PgBoss } from "pg-boss";
import type { JobStore } from "./database.ts";
import { DatabaseNotPrepared } from "./problems.ts";
import { isUnreachable } from "./unreachable.ts";

export const jobQueueName = "batches";

/** A schema of its own, since a server's database may have another pg-boss in it. */
const schema = "stowage_jobs";

/**
 * Jobs of a process that was killed go to another one half a minute later. How often one may be given out again is no matter: it is the
 * items that count how often they were begun.
 */
const queue = {
  heartbeatSeconds: 20,
  expireInSeconds: 4 * 60 * 60,
  retryLimit: 10_000,
  deleteAfterSeconds: 60 * 60,
  retentionSeconds: 365 * 24 * 60 * 60,
};

const upkeep = { superviseIntervalSeconds: 10, monitorIntervalSeconds: 10, schedule: false, reindex: false };

/**
 * Opens the jobs of a database. In the embedded one their tables are made here; on a server it throws `DatabaseNotPrepared` where
 * `prepareJobStore` has not run for this version.
 */
export async function openJobStore(store: JobStore, onError: (error: Error) => void): Promise<PgBoss> {
  const backend = store.isEmbedded ? "pglite" : "postgres";
  const boss = new PgBoss({ db: store, backend, migrate: store.isEmbedded, schema, ...upkeep });
  boss.on("error", (error) => onError(thrown(error)));
  try {
    await boss.start();
    if (!store.isEmbedded) return boss;
    await settleQueue(boss);
    await takeBack(boss);
    return boss;
  } catch (cause) {
    await boss.stop({ graceful: false });
    if (store.isEmbedded || isUnreachable(cause)) throw cause;
    throw new DatabaseNotPrepared("its job queue is missing or of another version", { cause });
  }
}

/** No other process has an embedded database open: what is in work was in work of one that is no more. */
async function takeBack(boss: PgBoss): Promise<void> {
  const jobs = await boss.findJobs(jobQueueName, { limit: 100_000 });
  const lost = jobs.filter(({ state }) => state === "active").map(({ id }) => id);
  if (lost.length > 0) await boss.fail(jobQueueName, lost);
}

/** Makes the jobs' tables on a server, or brings them up to date. */
export async function prepareJobStore(store: JobStore): Promise<void> {
  const boss = new PgBoss({ db: store, supervise: false, schedule: false, schema });
  const errors: Error[] = [];
  boss.on("error", (error) => errors.push(thrown(error)));
  await boss.start();
  await settleQueue(boss);
  await boss.stop({ graceful: false });
  for (const error of errors) throw error;
}

async function settleQueue(boss: PgBoss): Promise<void> {
  if ((await boss.getQueue(jobQueueName)) === null) await boss.createQueue(jobQueueName, queue);
  else await boss.updateQueue(jobQueueName, queue);
}

/** Errors of its workers pg-boss tells as copies, which are no errors any more. */
function thrown(error: Error): Error {
  return error instanceof Error ? error : Object.assign(new Error("An error of the job queue"), error);
}
