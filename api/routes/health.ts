import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context, Handler } from "hono";
import type { Database } from "../../db/database.ts";
import { findSnapshot } from "../../db/snapshots.ts";
import { isUnreachable } from "../../db/unreachable.ts";
import { databaseRetrySeconds } from "./prepared-first.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { openRefusals, refusals } from "./schemas/problem.ts";

export interface HealthSettings {
  readonly database: Database;
  /** Undefined: nothing is counted, as on Workers, where each isolate would count its own requests. */
  readonly metrics: Handler | undefined;
}

/** Whether the process answers, whether it can be asked, and what it has done. */
export function health({ database, metrics }: HealthSettings): OpenAPIHono {
  const routes = new OpenAPIHono();
  routes.openAPIRegistry.registerPath(healthRoute);
  // It asks nobody else, so that a database in trouble does not get the process killed.
  routes.get(healthRoute.path, (c) => c.json({ status: "ok" }, 200, noStore));
  routes.openAPIRegistry.registerPath(readyRoute);
  routes.get(readyRoute.path, async (c) => {
    const snapshot = await findSnapshot(database).catch((error: unknown) => {
      if (isUnreachable(error)) return null;
      throw error;
    });
    if (snapshot !== null) return c.json({ status: "ready", snapshot: snapshot.id }, 200, noStore);
    c.header("Retry-After", `${databaseRetrySeconds}`);
    return problemDetails(c, refusal(503, "database_unreachable", "The database does not answer, or holds no prices."));
  });
  routes.openAPIRegistry.registerPath(metricsRoute);
  routes.get(metricsRoute.path, metrics ?? nothingCounted);
  return routes;
}

function nothingCounted(c: Context): Response {
  return problemDetails(
    c,
    refusal(404, "not_found", "Nothing is counted here: on Workers, Cloudflare's own metrics do."),
  );
}

const noStore = { "Cache-Control": "no-store" };
const tags = ["Server"];

const healthRoute = createRoute({
  method: "get",
  path: "/healthz",
  operationId: "health",
  tags,
  summary: "Whether the server is up",
  responses: {
    200: {
      description: "It is.",
      content: { "application/json": { schema: z.object({ status: z.literal("ok") }) } },
    },
    ...openRefusals({}),
  },
});

const readyRoute = createRoute({
  method: "get",
  path: "/readyz",
  operationId: "ready",
  tags,
  summary: "Whether the server can store and reopen comparisons",
  responses: {
    200: {
      description: "It can.",
      content: {
        "application/json": {
          schema: z.object({
            status: z.literal("ready"),
            snapshot: z.string().openapi({ description: "Id of the newest price snapshot." }),
          }),
        },
      },
    },
    ...openRefusals({ 503: "the database does not answer, or holds no prices." }),
  },
});

const metricsRoute = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "metrics",
  tags,
  summary: "Requests, comparisons and the process, as Prometheus reads them",
  responses: {
    200: { description: "Since the start.", content: { "text/plain": { schema: z.string() } } },
    ...refusals({ 404: "nothing is counted here, as on Workers." }),
  },
});
