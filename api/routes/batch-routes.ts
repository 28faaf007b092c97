import { createRoute, z } from "@hono/zod-openapi";
import { batchItemsMax, batchMebibytesMax } from "../batching/take-in.ts";
import { batchCounts, batchRequestLine, batchResultLine } from "./schemas/batch.ts";
import { refusals } from "./schemas/problem.ts";

const tags = ["Batches"];
const resultLines = { "application/jsonl": { schema: batchResultLine } };
const id = z.string().openapi({ description: "As `batch` of the first line says." });
const none = "there is no such batch.";

export const makeRoute = createRoute({
  method: "post",
  path: "/v1/batches",
  operationId: "makeBatch",
  tags,
  summary: "Compare workloads by the thousand",
  description:
    "JSON Lines in, JSON Lines out: each line of the body is a request as POST /v1/comparisons takes it, or names a saved workload " +
    '(`{"workload": "web", "version": 3, "hours": 8760}`) with other fields laid over it, and the answer has a ' +
    "line for each as soon as it is done, in that order. The first line, sent once everything is kept, says where the result can be " +
    "had again: what is being calculated goes on when the connection ends, and when the server does and is started anew. What is " +
    "wrong with one line is that item's result. With `Prefer: respond-async` the first line is all there is: 202.",
  request: { body: { required: true, content: { "application/jsonl": { schema: batchRequestLine } } } },
  responses: {
    200: { description: "The batch, its items and its end.", content: resultLines },
    202: {
      description: "It is kept and being worked on.",
      headers: z.object({ Location: z.string().openapi({ description: "Where it says how far it is." }) }),
      content: { "application/json": { schema: batchResultLine } },
    },
    ...refusals({
      406: "Accept does not name application/jsonl.",
      413: `the body is over ${batchMebibytesMax} MiB or ${batchItemsMax} items.`,
      415: "the body is not sent as application/jsonl.",
      422: "there is no request in the body.",
    }),
  },
});

export const stateRoute = createRoute({
  method: "get",
  path: "/v1/batches/{id}",
  operationId: "getBatch",
  tags,
  summary: "How far a batch is",
  request: { params: z.object({ id }) },
  responses: {
    200: { description: "Its counts.", content: { "application/json": { schema: batchCounts } } },
    ...refusals({ 404: none }),
  },
});

export const resultsRoute = createRoute({
  method: "get",
  path: "/v1/batches/{id}/results",
  operationId: "getBatchResults",
  tags,
  summary: "The result of a batch from its first item on, each item once",
  request: {
    params: z.object({ id }),
    query: z.object({
      wait: z.enum(["true", "false"]).optional().openapi({
        description: "`true`, as if left out: until every item is done. `false`: what is done.",
      }),
    }),
  },
  responses: {
    200: { description: "The items, and the end.", content: resultLines },
    ...refusals({ 404: none, 406: "Accept does not name application/jsonl.", 422: "wait is something else." }),
  },
});

export const deleteRoute = createRoute({
  method: "delete",
  path: "/v1/batches/{id}",
  operationId: "deleteBatch",
  tags,
  summary: "Stop a batch and forget it",
  description: "What of it is not calculated yet never is. Its comparisons stay.",
  request: { params: z.object({ id }) },
  responses: { 204: { description: "It is gone." }, ...refusals({ 404: none }) },
});
