import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Database } from "../../db/database.ts";
import { type ListedSnapshot, listSnapshots, rowKinds } from "../../db/snapshot-list.ts";
import { refusals } from "./schemas/problem.ts";
import type { Same } from "./schemas/same.ts";

/** What became known when. */
export function snapshots(database: Database): OpenAPIHono {
  const routes = new OpenAPIHono();
  routes.openAPIRegistry.registerPath(listRoute);
  routes.get(listRoute.getRoutingPath(), async (c) => {
    return c.json({ snapshots: await listSnapshots(database) }, 200, { "Cache-Control": "no-cache" });
  });
  return routes;
}

const snapshot = z
  .object({
    id: z.string().openapi({ description: "As answers name it." }),
    parent: z.string().nullable().openapi({ description: "Id of the snapshot before; null: the first." }),
    description: z.string(),
    loadedAt: z.string().openapi({ format: "date-time" }),
    rows: z.record(z.enum(rowKinds), z.int()).openapi({ description: "What came with it, by kind." }),
    regions: z.array(z.string()).openapi({ description: "Whose prices came with it." }),
    sources: z.array(z.string()).openapi({ description: "Where they were read." }),
  })
  .openapi("Snapshot", { description: "A later one adds to what is known; nothing earlier is changed or lost." });

true satisfies Same<z.infer<typeof snapshot>, ListedSnapshot>;

const listRoute = createRoute({
  method: "get",
  path: "/v1/snapshots",
  operationId: "listSnapshots",
  tags: ["Prices"],
  summary: "Price snapshots, the latest first",
  responses: {
    200: {
      description: "All of them.",
      content: { "application/json": { schema: z.object({ snapshots: z.array(snapshot) }) } },
    },
    ...refusals({}),
  },
});
