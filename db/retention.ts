import { lt } from "drizzle-orm";
import { eraseFinishedBatches } from "./batches.ts";
import type { Database } from "./database.ts";
import { comparison, workload } from "./kept-schema.ts";
import { purgeWorkload } from "./workloads.ts";

const millisecondsPerDay = 86_400_000;

/**
 * Erases comparisons that nobody has asked for anew for so many days, workloads that were deleted so long ago, and batches that were sent
 * then and are finished. How many of each.
 */
export async function eraseExpired(
  database: Database,
  now: Date,
  days: number,
): Promise<{ readonly comparisons: number; readonly workloads: number; readonly batches: number }> {
  const limit = new Date(now.getTime() - days * millisecondsPerDay);
  const deleted = await database.select({ name: workload.name }).from(workload).where(lt(workload.deletedAt, limit));
  let workloads = 0;
  for (const { name } of deleted) {
    // One that has been stored anew in the meantime stays.
    const outcome = await purgeWorkload(database, name, (latest) => latest === null);
    if (outcome === "done") workloads++;
  }
  const comparisons = await database
    .delete(comparison)
    .where(lt(comparison.createdAt, limit))
    .returning({ id: comparison.id });
  return { comparisons: comparisons.length, workloads, batches: await eraseFinishedBatches(database, limit) };
}
