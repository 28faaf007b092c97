import { eq } from "drizzle-orm";
import type { Database } from "./database.ts";
import { comparison } from "./kept-schema.ts";

/** Keeps an answer as it was given. The id is a hash of what decides the answer, so one that is there already is the same. */
export async function storeComparison(database: Database, { id, body }: { id: string; body: string }): Promise<void> {
  await database.insert(comparison).values({ id, body }).onConflictDoNothing();
}

/** The same bytes again; null where no answer has this id. */
export async function findComparison(database: Database, id: string): Promise<string | null> {
  const found = await database.select({ body: comparison.body }).from(comparison).where(eq(comparison.id, id));
  return found[0]?.body ?? null;
}
