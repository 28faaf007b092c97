import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Database } from "../../db/database.ts";
import { listKeys, revokeKey } from "../../db/keys.ts";
import { scopes } from "../../db/scope.ts";
import type { Keyring } from "../keyring.ts";
import { type MadeKey, makeKey } from "../make-key.ts";
import { bodyJson, jsonOnly, limitedBody } from "./json-body.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { refusals } from "./schemas/problem.ts";
import type { Same } from "./schemas/same.ts";

interface Given {
  readonly database: Database;
  readonly keys: Keyring;
  readonly now: () => Date;
}

/** Makes, lists and revokes API keys. */
export function keys(given: Given): OpenAPIHono {
  const routes = new OpenAPIHono();
  for (const route of [makeRoute, listRoute, revokeRoute]) routes.openAPIRegistry.registerPath(route);
  routes.post(makeRoute.getRoutingPath(), jsonOnly, limitedBody, (c) => make(c, given));
  routes.get(listRoute.getRoutingPath(), async (c) => {
    return c.json({ keys: await listKeys(given.database) }, 200, { "Cache-Control": "no-store" });
  });
  routes.delete(revokeRoute.getRoutingPath(), (c) => revoke(c, given));
  return routes;
}

async function make(c: Context, { database, keys, now }: Given): Promise<Response> {
  const asked = await bodyJson(c);
  if (!asked.ok) return problemDetails(c, { status: 400, problems: asked.problems });
  const made = await makeKey(asked.value, database, now());
  if (!made.ok) return problemDetails(c, { status: 422, problems: made.problems });
  keys.forget();
  return c.json(made.value, 201, { "Cache-Control": "no-store" });
}

async function revoke(c: Context, { database, keys, now }: Given): Promise<Response> {
  const wasThere = await revokeKey(database, c.req.param("id") ?? "", now());
  if (!wasThere) return problemDetails(c, refusal(404, "not_found", "There is no key of this id."));
  keys.forget();
  return c.body(null, 204);
}

const moment = z.iso.datetime();

const keyFields = {
  id: z.string().openapi({ description: "To list and revoke it by; no secret.", example: "0123456789ab" }),
  name: z.string(),
  scope: z.enum(scopes),
  createdAt: moment,
  expiresAt: moment.nullable().openapi({ description: "From when on it no longer counts; null: it always does." }),
};

const madeKey = z
  .object({ ...keyFields, key: z.string().openapi({ description: "The key. It is told here and never again." }) })
  .openapi("MadeKey");

true satisfies Same<z.infer<typeof madeKey>, MadeKey>;

const listedKey = z
  .object({ ...keyFields, lastUsedAt: moment.nullable(), revokedAt: moment.nullable() })
  .openapi("Key", { description: "An API key, without the key." });

const keyRequest = z
  .object({
    name: z.string().openapi({ description: "Whose it is, or what for.", example: "ci" }),
    scope: z.enum(scopes).openapi({
      description:
        "`read`: prices, comparisons, and what is kept under names; `write`: also to keep and remove that, and links; `admin`: also keys.",
    }),
    expires: z.iso.date().optional().openapi({ description: "The day (UTC) from which on it no longer counts." }),
  })
  .openapi("KeyRequest");

const tags = ["Keys"];

const makeRoute = createRoute({
  method: "post",
  path: "/v1/keys",
  operationId: "makeKey",
  tags,
  summary: "Make an API key; the first one closes the server to everybody without",
  request: { body: { required: true, content: { "application/json": { schema: keyRequest } } } },
  responses: {
    201: { description: "It counts at once.", content: { "application/json": { schema: madeKey } } },
    ...refusals({
      400: "not JSON in UTF-8; says line and column.",
      413: "the body is too large.",
      415: "the body is not sent as application/json.",
      422: "something is wrong, each thing with its path.",
    }),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/v1/keys",
  operationId: "listKeys",
  tags,
  summary: "All API keys, expired and revoked ones too",
  responses: {
    200: {
      description: "As they were made.",
      content: { "application/json": { schema: z.object({ keys: z.array(listedKey) }) } },
    },
    ...refusals({}),
  },
});

const revokeRoute = createRoute({
  method: "delete",
  path: "/v1/keys/{id}",
  operationId: "revokeKey",
  tags,
  summary: "Revoke an API key",
  request: { params: z.object({ id: z.string() }) },
  responses: {
    204: { description: "It no longer counts: here at once, in other processes within a minute." },
    ...refusals({ 404: "there is no such key." }),
  },
});
