import { desc, eq, gte, lt } from "drizzle-orm";
import type { Database } from "./database.ts";
import { slackAudit } from "./slack-schema.ts";

/** What somebody asked, and what came of it. */
export type SlackRequest = typeof slackAudit.$inferSelect;

/** Whether it is the first of its id, of all processes' on this database. Those that come while others are being written go together. */
export async function noteSlackRequest(database: Database, request: SlackRequest): Promise<boolean> {
  const group = waiting.get(database) ?? newGroup(database);
  if (group.requests.has(request.id)) return false;
  group.requests.set(request.id, request);
  return (await group.noted).has(request.id);
}

interface Group {
  readonly requests: Map<string, SlackRequest>;
  /** Ids that were not there before. */
  readonly noted: Promise<ReadonlySet<string>>;
}

const waiting = new WeakMap<Database, Group>();
const writing = new WeakMap<Database, Promise<unknown>>();

function newGroup(database: Database): Group {
  const requests: Group["requests"] = new Map();
  const write = async () => {
    await writing.get(database);
    waiting.delete(database);
    const into = database
      .insert(slackAudit)
      .values([...requests.values()])
      .onConflictDoNothing();
    // A query is sent each time that it is awaited, a promise is not.
    const noted = into.returning({ id: slackAudit.id }).then((rows) => new Set(rows.map(({ id }) => id)));
    writing.set(
      database,
      noted.catch(() => undefined),
    );
    return await noted;
  };
  const group = { requests, noted: write() };
  waiting.set(database, group);
  return group;
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
