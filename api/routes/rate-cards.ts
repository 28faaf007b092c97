import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Database } from "../../db/database.ts";
import { deleteRateCard, findRateCard, storeRateCard } from "../../db/rate-cards.ts";
import { rateCardFormat } from "../aws/documents/rate-card.ts";
import { readJson } from "../aws/documents/read-json.ts";
import { documentsIn } from "../core/parsing/documents.ts";
import { bodyText, jsonOnly, limitedBody } from "./json-body.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { refusals } from "./schemas/problem.ts";
import { rateCard } from "./schemas/rate-card.ts";

/** Rate cards kept under a name, for `rateCard: "name"` in a request. */
export function rateCards(database: Database): OpenAPIHono {
  const routes = new OpenAPIHono();
  for (const route of [putRoute, getRoute, deleteRoute]) routes.openAPIRegistry.registerPath(route);
  const path = putRoute.getRoutingPath();
  routes.put(path, jsonOnly, limitedBody, (c) => put(c, database));
  routes.get(path, (c) => get(c, database));
  routes.delete(path, (c) => remove(c, database));
  return routes;
}

async function put(c: Context, database: Database): Promise<Response> {
  const name = c.req.param("name") ?? "";
  if (!namePattern.test(name)) return problemDetails(c, refusal(422, "not_a_name", nameRule));
  const text = await bodyText(c);
  if (!text.ok) return problemDetails(c, { status: 400, problems: text.problems });
  const body = readJson(text.value);
  if (!body.ok) return problemDetails(c, { status: 400, problems: body.problems });
  const { problems } = documentsIn({ rateCard: body.value }, [rateCardFormat]);
  if (problems.length > 0) return problemDetails(c, { status: 422, problems });
  await storeRateCard(database, { name, body: JSON.stringify(body.value) });
  return c.body(null, 204);
}

async function get(c: Context, database: Database): Promise<Response> {
  const body = await findRateCard(database, c.req.param("name") ?? "");
  if (body === null) return problemDetails(c, notFound);
  return c.body(body, 200, { "Content-Type": "application/json", "Cache-Control": "no-store" });
}

async function remove(c: Context, database: Database): Promise<Response> {
  const wasThere = await deleteRateCard(database, c.req.param("name") ?? "");
  return wasThere ? c.body(null, 204) : problemDetails(c, notFound);
}

const namePattern = /^[a-z0-9][a-z0-9-]{0,63}$/;
const nameRule = "A rate card's name is up to 64 small letters, digits and hyphens.";
const notFound = refusal(404, "not_found", "There is no rate card of this name.");

const at = {
  path: "/v1/rate-cards/{name}" as const,
  tags: ["Prices"],
  request: { params: z.object({ name: z.string().openapi({ description: nameRule, example: "acme-2026" }) }) },
};

const putRoute = createRoute({
  ...at,
  method: "put",
  operationId: "storeRateCard",
  summary: "Keep a rate card under a name, for rateCard in a request",
  request: { ...at.request, body: { required: true, content: { "application/json": { schema: rateCard } } } },
  responses: {
    204: { description: "It is kept, in place of one that was there before." },
    ...refusals({
      400: "not JSON in UTF-8; says line and column.",
      413: "the body is too large.",
      415: "the body is not sent as application/json.",
      422: "something is wrong in the rate card, each thing with its path.",
    }),
  },
});

const getRoute = createRoute({
  ...at,
  method: "get",
  operationId: "getRateCard",
  summary: "A rate card as it was stored",
  responses: {
    200: { description: "The rate card.", content: { "application/json": { schema: rateCard } } },
    ...refusals({ 404: "there is none of this name." }),
  },
});

const deleteRoute = createRoute({
  ...at,
  method: "delete",
  operationId: "deleteRateCard",
  summary: "Forget a rate card",
  responses: { 204: { description: "It is gone." }, ...refusals({ 404: "there is none of this name." }) },
});
