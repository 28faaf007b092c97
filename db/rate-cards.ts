import { eq } from "drizzle-orm";
import type { Database } from "./database.ts";
import { rateCard } from "./kept-schema.ts";

/** Keeps a rate card under a name; one that was there before is replaced. `body` is JSON. */
export async function storeRateCard(database: Database, { name, body }: { name: string; body: string }): Promise<void> {
  await database
    .insert(rateCard)
    .values({ name, body })
    .onConflictDoUpdate({ target: rateCard.name, set: { body, storedAt: new Date() } });
}

/** JSON; null where there is none of this name. */
export async function findRateCard(database: Database, name: string): Promise<string | null> {
  const found = await database.select({ body: rateCard.body }).from(rateCard).where(eq(rateCard.name, name));
  return found[0]?.body ?? null;
}

/** Whether there was one. */
export async function deleteRateCard(database: Database, name: string): Promise<boolean> {
  const deleted = await database.delete(rateCard).where(eq(rateCard.name, name)).returning({ name: rateCard.name });
  return deleted.length > 0;
}
