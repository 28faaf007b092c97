import { createRoute, z } from "@hono/zod-openapi";
import { answers, extension, tagged as taggedAnswer } from "./comparisons.ts";
import { csvQuery } from "./csv-parameters.ts";
import { bodyMebibytesMax } from "./json-body.ts";
import { comparisonRequest } from "./schemas/comparison-request.ts";
import { refusals } from "./schemas/problem.ts";
import { versionList, workloadList, workloadOverlay, workloadVersion } from "./schemas/workload.ts";

export const nameRule =
  "A workload's name is up to 64 small letters, digits and hyphens, and begins with none of these.";

export const pageLimitDefault = 100;
export const pageLimitMax = 1000;

const tags = ["Workloads"];
const name = z.string().openapi({ description: nameRule, example: "checkout" });
const at = { path: "/v1/workloads/{name}" as const, tags, request: { params: z.object({ name }) } };

const page = z.object({
  limit: z
    .int()
    .min(1)
    .max(pageLimitMax)
    .optional()
    .openapi({ description: `${pageLimitDefault} unless told.` }),
  cursor: z.string().optional().openapi({ description: "`next` of the page before; so is the address in Link." }),
});
const version = z.int().min(1).optional().openapi({ description: "The latest unless told." });
const ifMatch = z.object({
  "If-Match": z.string().optional().openapi({ description: "ETag of the version that is thought to be the latest." }),
});
const ifNoneMatch = z.object({ "If-None-Match": z.string().optional() });

const tagged = z.object({ ETag: z.string().openapi({ description: "Of the version, strong." }) });
const unchanged = { 304: { description: "Not Modified: If-None-Match names what you have.", headers: tagged } };
const located = z.object({ Location: z.string().openapi({ description: "Of the workload." }) });
const saved = {
  description: "What is read of the request as it was stored: secrets and whatever costs nothing are not kept.",
  content: { "application/json": { schema: comparisonRequest } },
  headers: tagged,
};
const none = "there is no such workload, or no such version.";
const misused = "a parameter is unknown or malformed.";
const failed = "the workload is not what If-Match or If-None-Match say.";
const badBody = {
  400: "not JSON in UTF-8; says line and column.",
  413: `the body is over ${bodyMebibytesMax} MiB.`,
  415: "the body is not sent as application/json.",
};
const stored = { content: { "application/json": { schema: workloadVersion } }, headers: tagged };

export const workloadRoutes = {
  store: createRoute({
    ...at,
    method: "put",
    operationId: "storeWorkload",
    summary: "Keep a request under a name, as a new version where it says anything new",
    request: {
      ...at.request,
      headers: ifMatch.extend({ "If-None-Match": z.string().optional().openapi({ description: "*: only if new." }) }),
      body: { required: true, content: { "application/json": { schema: comparisonRequest } } },
    },
    responses: {
      200: { description: "It is kept; the version is the same where nothing has changed.", ...stored },
      201: {
        description: "It is kept, and there was none of this name.",
        ...stored,
        headers: tagged.extend(located.shape),
      },
      ...refusals({ ...badBody, 412: failed, 422: "something is wrong in the request. Nothing is stored." }),
    },
  }),
  list: createRoute({
    path: "/v1/workloads",
    tags,
    method: "get",
    operationId: "listWorkloads",
    summary: "Saved workloads by name, each with its latest version",
    request: { query: page },
    responses: {
      200: { description: "A page of them.", content: { "application/json": { schema: workloadList } } },
      ...refusals({ 400: misused }),
    },
  }),
  latest: createRoute({
    ...at,
    method: "get",
    operationId: "getWorkload",
    summary: "A saved workload as it is now",
    request: { ...at.request, headers: ifNoneMatch },
    responses: { 200: saved, ...unchanged, ...refusals({ 404: none }) },
  }),
  versions: createRoute({
    ...at,
    path: `${at.path}/versions`,
    method: "get",
    operationId: "listWorkloadVersions",
    summary: "The versions of a workload, the latest first",
    request: { ...at.request, query: page },
    responses: {
      200: { description: "A page of them.", content: { "application/json": { schema: versionList } } },
      ...refusals({ 400: misused, 404: none }),
    },
  }),
  version: createRoute({
    ...at,
    path: `${at.path}/versions/{version}`,
    method: "get",
    operationId: "getWorkloadVersion",
    summary: "A saved workload as it was",
    request: { params: z.object({ name, version: z.int().min(1) }), headers: ifNoneMatch },
    responses: { 200: saved, ...unchanged, ...refusals({ 404: none }) },
  }),
  remove: createRoute({
    ...at,
    method: "delete",
    operationId: "deleteWorkload",
    summary: "Delete a workload, or erase it with all that was made from it alone",
    request: {
      ...at.request,
      headers: ifMatch,
      query: z.object({
        purge: z.boolean().optional().openapi({
          description:
            "Every version and every comparison that was made from nothing else is erased, also of a deleted one.",
        }),
      }),
    },
    responses: { 204: { description: "It is gone." }, ...refusals({ 400: misused, 404: none, 412: failed }) },
  }),
};

const latest = {
  ...at,
  method: "get",
  responses: {
    200: {
      ...answers,
      headers: taggedAnswer.extend({
        "Content-Location": z.string().optional().openapi({ description: "Where the comparison can be reopened." }),
      }),
    },
    304: { ...unchanged[304], headers: taggedAnswer },
  },
} as const;
const unanswerable = "the saved request cannot be answered any more, for instance because its rate card is gone.";

export const comparisonRoutes = {
  make: createRoute({
    ...at,
    path: `${at.path}/comparisons`,
    method: "post",
    operationId: "compareWorkload",
    summary: "Compare a saved workload, with other fields laid over its own",
    request: {
      ...at.request,
      query: csvQuery.extend({ version }),
      body: { required: false, content: { "application/json": { schema: workloadOverlay } } },
    },
    responses: {
      200: {
        ...answers,
        headers: z.object({ Location: z.string().openapi({ description: "Where the comparison can be reopened." }) }),
      },
      ...refusals({
        ...badBody,
        404: none,
        406: "Accept names no presentation there is.",
        422: "something is wrong in what is laid over it. Nothing is stored.",
      }),
    },
  }),
  latest: createRoute({
    ...latest,
    path: `${at.path}/comparison`,
    operationId: "getWorkloadComparison",
    summary: "What a saved workload costs at the latest prices",
    request: { ...at.request, query: csvQuery.extend({ version }) },
    responses: {
      ...latest.responses,
      ...refusals({ 400: misused, 404: none, 406: "Accept names no presentation there is.", 422: unanswerable }),
    },
  }),
  latestAs: createRoute({
    ...latest,
    path: `${at.path}/comparison.{extension}`,
    operationId: "getWorkloadComparisonAs",
    summary: "The same in the presentation that the address ends in, for browsers and spreadsheets",
    request: { params: z.object({ name, extension }), query: csvQuery.extend({ version }) },
    responses: { ...latest.responses, ...refusals({ 400: misused, 404: none, 422: unanswerable }) },
  }),
};
