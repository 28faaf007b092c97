import type { Database } from "../../db/database.ts";
import { listSlackRequests, type SlackRequest } from "../../db/slack-audit.ts";

/** What is told of a request: all but the hash of its signature. */
export type ToldRequest = Omit<SlackRequest, "id">;

/** Up to 1,000, the latest first. */
export async function recentRequests(
  database: Database,
  { now, days }: { readonly now: Date; readonly days: number | null },
): Promise<ToldRequest[]> {
  const since = new Date(days === null ? 0 : now.getTime() - days * millisecondsPerDay);
  const found = await listSlackRequests(database, { since, max: 1000 });
  return found.map(({ id: _, ...told }) => told);
}

const millisecondsPerDay = 86_400_000;
