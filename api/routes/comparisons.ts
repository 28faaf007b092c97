import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { etag } from "hono/etag";
import { findComparison } from "../../db/comparisons.ts";
import type { ComparisonDocument } from "../present/json.ts";
import { csvQueryWithVersion } from "./csv-parameters.ts";
import { bodyJson, bodyMebibytesMax, jsonOnly, limitedBody } from "./json-body.ts";
import { presentations, workbookMediaType } from "./presentations.ts";
import { type Comparing, keptMediaType, presented, presentedNow, wanted } from "./presented.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { comparison } from "./schemas/comparison.ts";
import { comparisonRequest } from "./schemas/comparison-request.ts";
import { refusals } from "./schemas/problem.ts";

/** Makes comparisons and reopens them. */
export function comparisons(comparing: Comparing): OpenAPIHono {
  const routes = new OpenAPIHono();
  routes.openAPIRegistry.registerPath(makeRoute);
  routes.post(makeRoute.getRoutingPath(), jsonOnly, limitedBody, (c) => make(c, comparing));
  routes.openAPIRegistry.registerPath(reopenRoute);
  routes.openAPIRegistry.registerPath(reopenAsRoute);
  routes.get(reopenRoute.getRoutingPath(), etag(), (c) => reopen(c, comparing));
  return routes;
}

async function make(c: Context, comparing: Comparing): Promise<Response> {
  const asked = wanted(c, null);
  if ("status" in asked) return problemDetails(c, asked);
  const request = await bodyJson(c);
  if (!request.ok) return problemDetails(c, { status: 400, problems: request.problems });
  const headers = (address: string) => ({ Location: address });
  return await presentedNow(c, { asked: { request: request.value }, wanted: asked, headers }, comparing);
}

/** What is kept under an id never changes, so that it may be cached for as long as anybody likes. */
async function reopen(c: Context, comparing: Comparing): Promise<Response> {
  const [, id, extension = null] = /^([0-9a-f]{32})(?:\.([a-z]+))?$/.exec(c.req.param("id") ?? "") ?? [];
  const asked = wanted(c, extension);
  if ("status" in asked) return problemDetails(c, asked);
  const kept = id === undefined ? null : await findComparison(comparing.database, id);
  if (kept === null) return problemDetails(c, refusal(404, "not_found", "There is no comparison with this id."));
  const document = JSON.parse(kept) as ComparisonDocument;
  // Other presentations say how old the prices are on the day they are asked for.
  const isKept = asked.presentation.mediaType === keptMediaType;
  const headers = { "Cache-Control": isKept ? "private, max-age=31536000, immutable" : "private, no-cache" };
  return await presented(c, { document, kept, wanted: asked, headers }, comparing);
}

const tags = ["Comparisons"];

export const answers = {
  description: "The options side by side.",
  content: {
    "application/json": { schema: comparison },
    "text/plain": { schema: z.string().openapi({ description: "The same for a terminal of 80 columns." }) },
    "text/csv": {
      schema: z.string().openapi({
        description:
          "The same for spreadsheets: UTF-8, a heading with the columns' names, CRLF, plain decimals. Text that a spreadsheet would take for a formula begins with an apostrophe.",
      }),
    },
    [workbookMediaType]: {
      schema: z.string().openapi({
        format: "binary",
        description: "The same as a workbook: prices, counts and hours are inputs, amounts are formulas over them.",
      }),
    },
  },
};

const makeRoute = createRoute({
  method: "post",
  path: "/v1/comparisons",
  operationId: "makeComparison",
  tags,
  summary: "Compare what task definitions cost on Fargate, Fargate Spot and EC2",
  request: {
    query: csvQueryWithVersion,
    body: { required: true, content: { "application/json": { schema: comparisonRequest } } },
  },
  responses: {
    200: {
      ...answers,
      headers: z.object({ Location: z.string().openapi({ description: "Where the comparison can be reopened." }) }),
    },
    ...refusals({
      400: "not JSON in UTF-8; says line and column. Or a parameter is unknown or malformed.",
      406: "Accept names no presentation there is.",
      413: `the body is over ${bodyMebibytesMax} MiB.`,
      415: "the body is not sent as application/json.",
      422: "something is wrong in the documents, each thing with its path, or the calculation takes too long. Nothing is stored.",
      503: "as many comparisons wait as may, or the database does not answer; Retry-After says when to ask again.",
    }),
  },
});

const misused = "a parameter of the presentation is unknown or malformed, or names what this comparison does not have.";

const id = z.string().openapi({ description: "As `id` of the answer says." });

/** Of what is not sent again to who has it. */
export const tagged = z.object({ ETag: z.string().openapi({ description: "For If-None-Match." }) });

export const extension = z.enum(presentations.map((one) => one.extension));

const reopened = {
  method: "get",
  tags,
  responses: {
    200: { ...answers, headers: tagged },
    304: { description: "Not Modified: If-None-Match names what you have.", headers: tagged },
  },
} as const;

const reopenRoute = createRoute({
  ...reopened,
  path: "/v1/comparisons/{id}",
  operationId: "reopenComparison",
  summary: "Reopen a comparison, byte for byte as it was answered",
  request: { params: z.object({ id }), query: csvQueryWithVersion },
  responses: {
    ...reopened.responses,
    ...refusals({ 400: misused, 404: "there is no such comparison.", 406: "Accept names no presentation there is." }),
  },
});

/** For those who cannot set a header: browsers, spreadsheets. */
const reopenAsRoute = createRoute({
  ...reopened,
  path: "/v1/comparisons/{id}.{extension}",
  operationId: "reopenComparisonAs",
  summary: "Reopen a comparison in the presentation that the address ends in",
  request: { params: z.object({ id, extension }), query: csvQueryWithVersion },
  responses: {
    ...reopened.responses,
    ...refusals({ 400: misused, 404: "there is no such comparison, or no such presentation." }),
  },
});
