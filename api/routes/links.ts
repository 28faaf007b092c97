import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Database } from "../../db/database.ts";
import { listLinks, revokeLink } from "../../db/links.ts";
import { linkDays, type MadeLink, makeLink } from "../make-link.ts";
import { callerOf } from "./access.ts";
import { bodyJson, jsonOnly, limitedBody } from "./json-body.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { refusals } from "./schemas/problem.ts";
import type { Same } from "./schemas/same.ts";

interface Given {
  readonly database: Database;
  readonly now: () => Date;
}

/** Makes, lists and revokes links: addresses that show one thing to people and spreadsheets without a key. */
export function links(given: Given): OpenAPIHono {
  const routes = new OpenAPIHono();
  for (const route of [makeRoute, listRoute, revokeRoute]) routes.openAPIRegistry.registerPath(route);
  routes.post(makeRoute.getRoutingPath(), jsonOnly, limitedBody, (c) => make(c, given));
  routes.get(listRoute.getRoutingPath(), async (c) => {
    const all = await listLinks(given.database);
    const shown = all.map(({ kind, target, ...rest }) => ({ ...rest, [kind]: target }));
    return c.json({ links: shown }, 200, { "Cache-Control": "no-store" });
  });
  routes.delete(revokeRoute.getRoutingPath(), (c) => revoke(c, given));
  return routes;
}

async function make(c: Context, { database, now }: Given): Promise<Response> {
  const asked = await bodyJson(c);
  if (!asked.ok) return problemDetails(c, { status: 400, problems: asked.problems });
  const made = await makeLink(asked.value, { database, createdBy: callerOf(c).keyId, now: now() });
  if (!made.ok) return problemDetails(c, { status: 422, problems: made.problems });
  return c.json(made.value, 201, { "Cache-Control": "no-store" });
}

async function revoke(c: Context, { database, now }: Given): Promise<Response> {
  const wasThere = await revokeLink(database, c.req.param("id") ?? "", now());
  return wasThere ? c.body(null, 204) : problemDetails(c, refusal(404, "not_found", "There is no link of this id."));
}

const moment = z.iso.datetime();
const comparisonId = z.string().openapi({ description: "As `id` of the answer says." });

const workloadName = z
  .string()
  .openapi({ description: "Of a saved workload: compared at the latest prices each time." });

const madeLink = z
  .object({
    id: z.string().openapi({ description: "To list and revoke it by; no secret." }),
    url: z.string().openapi({
      description:
        "Where it shows, with the secret in it: told here and never again. Append .json, .txt or .csv, else Accept decides.",
    }),
    expiresAt: moment,
  })
  .openapi("MadeLink");

true satisfies Same<z.infer<typeof madeLink>, MadeLink>;

const listedLink = z
  .object({
    ...{
      id: z.string(),
      comparison: comparisonId.optional(),
      workload: workloadName.optional(),
      ownPrices: z.boolean(),
    },
    createdBy: z.string().nullable().openapi({ description: "Id of a key; null: made where none was needed." }),
    ...{ createdAt: moment, lastUsedAt: moment.nullable(), expiresAt: moment, revokedAt: moment.nullable() },
  })
  .openapi("Link", { description: "A link, without its address." });

const linkRequest = z
  .object({
    comparison: comparisonId.optional(),
    workload: workloadName.optional(),
    expiresInDays: z.int().min(1).max(linkDays.max).default(linkDays.usual),
    ownPrices: z.boolean().default(false).openapi({
      description:
        "Whether it may show prices of your own. Without, a comparison made with a rate card is refused, and a workload is compared at list prices.",
    }),
  })
  .openapi("LinkRequest");

const tags = ["Links"];

const makeRoute = createRoute({
  method: "post",
  path: "/v1/links",
  operationId: "makeLink",
  tags,
  summary: "Make an address that shows a comparison to whoever has it",
  request: { body: { required: true, content: { "application/json": { schema: linkRequest } } } },
  responses: {
    201: { description: "It shows at once.", content: { "application/json": { schema: madeLink } } },
    ...refusals({
      400: "not JSON in UTF-8; says line and column.",
      413: "the body is too large.",
      415: "the body is not sent as application/json.",
      422: "something is wrong, each thing with its path: no such comparison, or one with own prices.",
    }),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/v1/links",
  operationId: "listLinks",
  tags,
  summary: "All links, expired and revoked ones too",
  responses: {
    200: {
      description: "As they were made.",
      content: { "application/json": { schema: z.object({ links: z.array(listedLink) }) } },
    },
    ...refusals({}),
  },
});

const revokeRoute = createRoute({
  method: "delete",
  path: "/v1/links/{id}",
  operationId: "revokeLink",
  tags,
  summary: "Revoke a link",
  request: { params: z.object({ id: z.string() }) },
  responses: {
    204: { description: "It shows nothing from now on." },
    ...refusals({ 404: "there is no such link." }),
  },
});
