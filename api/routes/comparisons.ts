import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { etag } from "hono/etag";
import { setMetric } from "hono/timing";
import type { Database } from "../../db/database.ts";
import type { Answered } from "../answer.ts";
import { readJson } from "../aws/documents/read-json.ts";
import type { Calculate } from "../calculating/calculate.ts";
import type { Freshness } from "../present/staleness.ts";
import { stalePrices } from "../stale-prices.ts";
import { bodyMebibytesMax, bodyText, jsonOnly, limitedBody } from "./json-body.ts";
import { keptComparison, staleHeader } from "./kept-comparison.ts";
import { negotiate, presentations } from "./presentations.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { comparison } from "./schemas/comparison.ts";
import { comparisonRequest } from "./schemas/comparison-request.ts";
import { refusals } from "./schemas/problem.ts";

export interface ComparisonsSettings {
  readonly database: Database;
  readonly freshness: () => Freshness;
  readonly calculate: Calculate;
}

/** Makes comparisons and reopens them. */
export function comparisons(settings: ComparisonsSettings): OpenAPIHono {
  const routes = new OpenAPIHono();
  routes.openAPIRegistry.registerPath(makeRoute);
  routes.post(makeRoute.getRoutingPath(), jsonOnly, limitedBody, (c) => make(c, settings));
  routes.openAPIRegistry.registerPath(reopenRoute);
  routes.get(reopenRoute.getRoutingPath(), etag(), (c) => reopen(c, settings));
  return routes;
}

async function make(c: Context, settings: ComparisonsSettings): Promise<Response> {
  const presentation = negotiate(c.req.header("accept"));
  if (presentation === null) return notAcceptable(c);
  const text = await bodyText(c);
  if (!text.ok) return problemDetails(c, { status: 400, problems: text.problems });
  const request = readJson(text.value);
  if (!request.ok) return problemDetails(c, { status: 400, problems: request.problems });
  const answered = await settings.calculate(request.value, c.req.raw.signal);
  if (!answered.ok) return problemDetails(c, { status: 422, problems: answered.problems });
  const { document, isStored, stages } = answered.value;
  for (const { name, milliseconds } of stages) setMetric(c, name, milliseconds);
  const stale = await staleness(answered.value, settings);
  return c.body(presentation.present(document, stale), 200, {
    ...staleHeader(stale),
    "Content-Type": presentation.contentType,
    ...(isStored ? { Location: `/v1/comparisons/${document.id}` } : {}),
    Vary: "Accept",
  });
}

async function staleness({ document, isStored }: Answered, { database, freshness }: ComparisonsSettings) {
  const stale = await stalePrices(database, document, freshness());
  if (isStored) return stale;
  const unconfirmed = "Stale: the database does not answer, so prices are those it gave last, and nothing is stored.";
  return stale === null ? unconfirmed : `${unconfirmed} ${stale}`;
}

/** What is kept under an id never changes, so that it may be cached for as long as anybody likes. */
async function reopen(c: Context, { database, freshness }: ComparisonsSettings): Promise<Response> {
  const presentation = negotiate(c.req.header("accept"));
  if (presentation === null) return notAcceptable(c);
  const given = { database, freshness: freshness() };
  const shown = await keptComparison(c.req.param("id") ?? "", presentation, given);
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
      422: "something is wrong in the documents, each thing with its path. Nothing is stored.",
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
