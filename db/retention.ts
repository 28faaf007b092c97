import { lt } from "drizzle-orm";
import { eraseFinishedBatches } from "./batches.ts";
import type { Database } from "./database.ts";
import { comparison, workload } from "./kept-schema.ts";
import { eraseSlackRequests } from "./slack-audit.ts";
import { purgeWorkload } from "./workloads.ts";

const millisecondsPerDay = 86_400_000;

/**
 * Erases comparisons that nobody has asked for anew for so many days, workloads that were deleted so long ago, batches that were sent
 * then and are finished, and who asked what in Slack. How many of each.
 */
export async function eraseExpired(
  database: Database,
  now: Date,
  days: number,
): Promise<Readonly<Record<"comparisons" | "workloads" | "batches" | "slackRequests", number>>> {
  const limit = new Date(now.getTime() - days * millisecondsPerDay);
  const deleted = await database.select({ name: workload.name }).from(workload).where(lt(workload.deletedAt, limit));
  let workloads = 0;
  for (const { name } of deleted) {
    // One that has been stored anew in the meantime stays.
    const outcome = await purgeWorkload(database, name, (latest) => latest === null);
    if (outcome === "done") workloads++;
  }
  // In transactions, whose statements may take longer: there may be much to erase.
  const comparisons = await database.transaction((transaction) =>
    transaction.delete(comparison).where(lt(comparison.createdAt, limit)).returning({ id: comparison.id }),
  );
  const batches = await database.transaction((transaction) => eraseFinishedBatches(transaction, limit));
  const slackRequests = await database.transaction((transaction) => eraseSlackRequests(transaction, limit));
  return { comparisons: comparisons.length, workloads, batches, slackRequests };
}
