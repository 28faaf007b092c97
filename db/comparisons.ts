import { and, eq, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { comparison, workload, workloadComparison } from "./kept-schema.ts";
import { lockWorkload } from "./workload-lock.ts";

export interface KeptComparison {
  /** A hash of what decides the answer, so that one that is there already is the same. */
  readonly id: string;
  /** Kept as it was given. */
  readonly body: string;
  /** Whether a rate card had a part in it. */
  readonly ownPrices: boolean;
}

/** Keeps an answer to a question that somebody asked without a saved workload. */
export async function storeComparison(database: Database, kept: KeptComparison): Promise<void> {
  await insert(database, { ...kept, isDirect: true });
}

/** Keeps an answer that was made from a saved workload, for as long as the workload is; one that is gone leaves nothing behind. */
export async function storeWorkloadComparison(database: Database, name: string, kept: KeptComparison): Promise<void> {
  await database.transaction(async (transaction) => {
    await lockWorkload(transaction, name);
    const found = await transaction.select({ name: workload.name }).from(workload).where(eq(workload.name, name));
    if (found.length === 0) return;
    await insert(transaction, { ...kept, isDirect: false });
    await transaction.insert(workloadComparison).values({ workload: name, comparison: kept.id }).onConflictDoNothing();
  });
}

/** In place already, it is noted who asked for it, and that it was asked for again. */
async function insert(database: Database, kept: KeptComparison & { readonly isDirect: boolean }): Promise<void> {
  const isOlder = sql`${comparison.createdAt} < now() - interval '1 hour'`;
  await database
    .insert(comparison)
    .values(kept)
    .onConflictDoUpdate({
      target: comparison.id,
      set: {
        isDirect: sql`${comparison.isDirect} or excluded.is_direct`,
        ownPrices: sql`excluded.own_prices`,
        createdAt: sql`now()`,
      },
      setWhere: sql`(excluded.is_direct and not ${comparison.isDirect}) or ${comparison.ownPrices} is null or ${isOlder}`,
    });
}

/** The same bytes again; null where no answer has this id. */
export async function findComparison(database: Database, id: string): Promise<string | null> {
  const found = await database.select({ body: comparison.body }).from(comparison).where(eq(comparison.id, id));
  return found[0]?.body ?? null;
}

/** Whether prices of the user's own may show in it, which holds for what was kept before that was noted; null: there is no such answer. */
export async function hasOwnPrices(database: Database, id: string): Promise<boolean | null> {
  const found = await database.select({ own: comparison.ownPrices }).from(comparison).where(eq(comparison.id, id));
  return found[0] === undefined ? null : (found[0].own ?? true);
}

/** Forgets what was made from the workload and from no other one, nor without any. */
export async function eraseComparisonsOf(transaction: Database, name: string): Promise<void> {
  const links = transaction.select({ id: workloadComparison.comparison }).from(workloadComparison);
  const own = links.where(eq(workloadComparison.workload, name));
  // Whoever is noting another origin of one has done so by the next statement, or begins anew after it.
  await transaction
    .select({ id: comparison.id })
    .from(comparison)
    .where(sql`${comparison.id} in ${own}`)
    .orderBy(comparison.id)
    .for("update");
  const isOthers = sql`exists (select 1 from ${workloadComparison} where ${workloadComparison.comparison} = ${comparison.id} and ${workloadComparison.workload} <> ${name})`;
  await transaction
    .delete(comparison)
    .where(and(sql`${comparison.id} in ${own}`, eq(comparison.isDirect, false), sql`not ${isOthers}`));
}
