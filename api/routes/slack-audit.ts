import { OpenAPIHono } from "@hono/zod-openapi";
import type { Database } from "../../db/database.ts";
import { recentRequests } from "../slack/recent-requests.ts";
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
    const requests = await recentRequests(database, { now: now(), days: read.value.days });
    return c.json({ requests }, 200, { "Cache-Control": "no-store" });
  });
  return routes;
}
