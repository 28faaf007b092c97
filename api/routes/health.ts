import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { openRefusals } from "./schemas/problem.ts";

/** Whether the process answers at all. It asks nobody else, so that a database in trouble does not get the process killed. */
export function health(): OpenAPIHono {
  const routes = new OpenAPIHono();
  routes.openAPIRegistry.registerPath(healthRoute);
  routes.get(healthRoute.path, (c) => c.json({ status: "ok" }, 200, { "Cache-Control": "no-store" }));
  return routes;
}

const healthRoute = createRoute({
  method: "get",
  path: "/healthz",
  operationId: "health",
  tags: ["Server"],
  summary: "Whether the server is up",
  responses: {
    200: {
      description: "It is.",
      content: { "application/json": { schema: z.object({ status: z.literal("ok") }) } },
    },
    ...openRefusals({}),
  },
});
