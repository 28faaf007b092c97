import { eq, isNull } from "drizzle-orm";
import type { Database } from "./database.ts";
import { comparison } from "./kept-schema.ts";

/** Keeps an answer as it was given. The id is a hash of what decides the answer, so one that is there already is the same. */
export async function storeComparison(database: Database, kept: KeptComparison): Promise<void> {
  const { ownPrices } = kept;
  await database
    .insert(comparison)
    .values(kept)
    .onConflictDoUpdate({ target: comparison.id, set: { ownPrices }, setWhere: isNull(comparison.ownPrices) });
}

export interface KeptComparison {
  readonly id: string;
  readonly body: string;
  /** Whether a rate card had a part in it. */
  readonly ownPrices: boolean;
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
