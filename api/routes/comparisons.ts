import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { etag } from "hono/etag";
import { readJson } from "../aws/documents/read-json.ts";
import { bodyMebibytesMax, bodyText, jsonOnly, limitedBody } from "./json-body.ts";
import { keptComparison } from "./kept-comparison.ts";
import { type Comparing, madeComparison } from "./made-comparison.ts";
import { negotiate, presentations } from "./presentations.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { comparison } from "./schemas/comparison.ts";
import { comparisonRequest } from "./schemas/comparison-request.ts";
import { refusals } from "./schemas/problem.ts";

/** Makes comparisons and reopens them. */
export function comparisons(settings: Comparing): OpenAPIHono {
  const routes = new OpenAPIHono();
  routes.openAPIRegistry.registerPath(makeRoute);
  routes.post(makeRoute.getRoutingPath(), jsonOnly, limitedBody, (c) => make(c, settings));
  routes.openAPIRegistry.registerPath(reopenRoute);
  routes.get(reopenRoute.getRoutingPath(), etag(), (c) => reopen(c, settings));
  return routes;
}

async function make(c: Context, settings: Comparing): Promise<Response> {
  const presentation = negotiate(c.req.header("accept"));
  if (presentation === null) return notAcceptable(c);
  const text = await bodyText(c);
  if (!text.ok) return problemDetails(c, { status: 400, problems: text.problems });
  const request = readJson(text.value);
  if (!request.ok) return problemDetails(c, { status: 400, problems: request.problems });
  return await madeComparison(c, { asked: request.value, presentation }, settings);
}

/** What is kept under an id never changes, so that it may be cached for as long as anybody likes. */
async function reopen(c: Context, { database, freshness }: Comparing): Promise<Response> {
  const presentation = negotiate(c.req.header("accept"));
  if (presentation === null) return notAcceptable(c);
  const shown = await keptComparison(c.req.param("id") ?? "", presentation, { database, freshness: freshness() });
  if (shown === null) return problemDetails(c, refusal(404, "not_found", "There is no comparison with this id."));
  return c.body(shown.body, 200, {
    ...shown.headers,
    "Cache-Control": shown.isKept ? "private, max-age=31536000, immutable" : "private, no-cache",
    Vary: "Accept",
  });
}

function notAcceptable(c: Context): Response {
  const known = presentations.map(({ mediaType }) => mediaType).join(", ");
  return problemDetails(
    c,
    refusal(406, "not_acceptable", `A comparison can be had as ${known}; Accept names none of them.`),
  );
}

const tags = ["Comparisons"];

const answers = {
  description: "The options side by side.",
  content: {
    "application/json": { schema: comparison },
    "text/plain": { schema: z.string().openapi({ description: "The same for a terminal of 80 columns." }) },
  },
};

const makeRoute = createRoute({
  method: "post",
  path: "/v1/comparisons",
  operationId: "makeComparison",
  tags,
  summary: "Compare what task definitions cost on Fargate, Fargate Spot and EC2",
  request: { body: { required: true, content: { "application/json": { schema: comparisonRequest } } } },
  responses: {
    200: {
      ...answers,
      headers: z.object({ Location: z.string().openapi({ description: "Where the comparison can be reopened." }) }),
    },
    ...refusals({
      400: "not JSON in UTF-8; says line and column.",
      406: "Accept names no presentation there is.",
      413: `the body is over ${bodyMebibytesMax} MiB.`,
      415: "the body is not sent as application/json.",
      422: "something is wrong in the documents, each thing with its path, or the calculation takes too long. Nothing is stored.",
      503: "as many comparisons wait as may; Retry-After says in how many seconds to ask again.",
    }),
  },
});

const reopenRoute = createRoute({
  method: "get",
  path: "/v1/comparisons/{id}",
  operationId: "reopenComparison",
  tags,
  summary: "Reopen a comparison, byte for byte as it was answered",
  request: { params: z.object({ id: z.string().openapi({ description: "As `id` of the answer says." }) }) },
  responses: {
    200: answers,
    304: { description: "Not Modified: If-None-Match names what you have." },
    ...refusals({ 404: "there is no such comparison.", 406: "Accept names no presentation there is." }),
  },
});
