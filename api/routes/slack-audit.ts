import { OpenAPIHono } from "@hono/zod-openapi";
import type { Database } from "../../db/database.ts";
import { listSlackRequests } from "../../db/slack-audit.ts";
import { problemDetails } from "./problem-details.ts";
import { countUpTo, readParameters } from "./query.ts";
import { auditRoute } from "./slack-routes.ts";

/** Lists what Slack's users have asked. */
export function slackAudit({ database, now }: { readonly database: Database; readonly now: () => Date }): OpenAPIHono {
  const routes = new OpenAPIHono();
  routes.openAPIRegistry.registerPath(auditRoute);
  routes.get(auditRoute.path, async (c) => {
    const read = readParameters(c, { days: countUpTo(36_500) });
    if (!read.ok) return problemDetails(c, { status: 400, problems: read.problems });
    return c.json({ requests: await recentRequests(database, now(), read.value.days) }, 200, noStore);
  });
  return routes;
}

/** Of so many days, or of all, without the ids of signatures. */
export async function recentRequests(database: Database, now: Date, days: number | null) {
  const since = new Date(days === null ? 0 : now.getTime() - days * millisecondsPerDay);
  return (await listSlackRequests(database, { since, max: 1000 })).map(({ id: _, ...request }) => request);
}

const millisecondsPerDay = 86_400_000;
const noStore = { "Cache-Control": "no-store" };
