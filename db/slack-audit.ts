import { desc, eq, gte, lt } from "drizzle-orm";
import type { Database } from "./database.ts";
import { slackAudit } from "./slack-schema.ts";

/** What somebody asked, and what came of it. */
export type SlackRequest = typeof slackAudit.$inferSelect;

/** Whether it is the first of its id, of all processes' on this database. */
export async function noteSlackRequest(database: Database, request: SlackRequest): Promise<boolean> {
  const noted = await database
    .insert(slackAudit)
    .values(request)
    .onConflictDoNothing()
    .returning({ id: slackAudit.id });
  return noted.length > 0;
}

export async function noteSlackOutcome(database: Database, id: string, outcome: string): Promise<void> {
  await database.update(slackAudit).set({ outcome }).where(eq(slackAudit.id, id));
}

/** The latest first. */
export async function listSlackRequests(
  database: Database,
  { since, max }: { readonly since: Date; readonly max: number },
): Promise<SlackRequest[]> {
  const asked = database.select().from(slackAudit).where(gte(slackAudit.at, since));
  return await asked.orderBy(desc(slackAudit.at), slackAudit.id).limit(max);
}

/** How many there were from before. */
export async function eraseSlackRequests(database: Database, before: Date): Promise<number> {
  const erased = await database.delete(slackAudit).where(lt(slackAudit.at, before)).returning({
    id: slackAudit.id,
  });
  return erased.length;
}
