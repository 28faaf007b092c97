import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { stream } from "hono/streaming";
import { deleteBatch, findBatch } from "../../db/batches.ts";
import type { Database } from "../../db/database.ts";
import { BodyIncomplete, BodyTooLarge } from "../batching/body-lines.ts";
import type { JobQueue } from "../batching/job-queue.ts";
import { resultLines } from "../batching/result-lines.ts";
import { batchItemsMax, batchMebibytesMax, TooManyItems, takeIn } from "../batching/take-in.ts";
import { deleteRoute, makeRoute, resultsRoute, stateRoute } from "./batch-routes.ts";
import { incomplete, jsonLinesOnly } from "./json-body.ts";
import { preferencesOf } from "./prefer.ts";
import { preferred } from "./presentations.ts";
import { problemDetails, type Refusal, refusal } from "./problem-details.ts";

export interface BatchesSettings {
  readonly database: Database;
  readonly queue: JobQueue;
  /** Once it aborts, nobody is kept waiting for a result any longer. Left out: never. */
  readonly ending?: AbortSignal;
}

/** Takes requests by the thousand, and hands out what comes of them. */
export function batches(settings: BatchesSettings): OpenAPIHono {
  const routes = new OpenAPIHono();
  for (const route of [makeRoute, stateRoute, resultsRoute, deleteRoute]) routes.openAPIRegistry.registerPath(route);
  routes.post(makeRoute.getRoutingPath(), jsonLinesOnly, (c) => make(c, settings));
  routes.get(stateRoute.getRoutingPath(), (c) => state(c, settings));
  routes.get(resultsRoute.getRoutingPath(), (c) => results(c, settings));
  routes.delete(deleteRoute.getRoutingPath(), (c) => remove(c, settings));
  return routes;
}

async function make(c: Context, settings: BatchesSettings): Promise<Response> {
  const { respondAsync } = preferencesOf(c);
  if (!respondAsync && !acceptsLines(c)) return problemDetails(c, notAcceptable);
  if (Number(c.req.header("content-length") ?? 0) > batchMebibytesMax * 1024 * 1024) return problemDetails(c, tooLarge);
  try {
    const taken = c.req.raw.body === null ? null : await takeIn(c.req.raw.body, settings);
    if (taken === null) return problemDetails(c, empty);
    const { id, items } = taken;
    const begun = { batch: id, items, resume: `/v1/batches/${id}/results` };
    if (!respondAsync) return lines(c, settings, { id, wait: true, first: JSON.stringify(begun) });
    return c.json(begun, 202, { Location: `/v1/batches/${id}`, "Preference-Applied": "respond-async" });
  } catch (error) {
    if (error instanceof BodyTooLarge) return problemDetails(c, tooLarge);
    if (error instanceof TooManyItems) return problemDetails(c, tooMany);
    if (error instanceof BodyIncomplete) return problemDetails(c, { status: 400, problems: [incomplete] });
    throw error;
  }
}

async function state(c: Context, { database }: BatchesSettings): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const counts = await findBatch(database, id);
  if (counts === null) return problemDetails(c, notFound);
  const { items, succeeded, failed } = counts;
  const shown = { batch: id, items, done: succeeded + failed === items, succeeded, failed };
  return c.json({ ...shown, results: `/v1/batches/${id}/results` }, 200, { "Cache-Control": "no-store" });
}

async function results(c: Context, settings: BatchesSettings): Promise<Response> {
  if (!acceptsLines(c)) return problemDetails(c, notAcceptable);
  const id = c.req.param("id") ?? "";
  const wait = c.req.query("wait") ?? "true";
  if (wait !== "true" && wait !== "false") return problemDetails(c, notAWait);
  if ((await findBatch(settings.database, id)) === null) return problemDetails(c, notFound);
  return lines(c, settings, { id, wait: wait === "true" });
}

async function remove(c: Context, { database }: BatchesSettings): Promise<Response> {
  const wasThere = await deleteBatch(database, c.req.param("id") ?? "");
  return wasThere ? c.body(null, 204) : problemDetails(c, notFound);
}

interface Lines {
  readonly id: string;
  readonly wait: boolean;
  readonly first?: string;
}

function lines(c: Context, { database, ending }: BatchesSettings, { id, wait, first }: Lines): Response {
  c.header("Content-Type", mediaType);
  c.header("Cache-Control", "no-store");
  if (c.req.method === "HEAD") return c.body(null);
  return stream(
    c,
    async (out) => {
      if (first !== undefined) await out.write(`${first}\n`);
      const isOver = () => out.aborted || ending?.aborted === true;
      for await (const line of resultLines(database, id, { wait, isOver })) await out.write(`${line}\n`);
    },
    // Headers are gone already: the missing last line says that this is not the end.
    async (_, out) => out.close(),
  );
}

const mediaType = "application/jsonl";

function acceptsLines(c: Context): boolean {
  const spellings = [mediaType, "application/x-ndjson", "application/x-jsonlines"];
  return (
    preferred(
      c.req.header("accept"),
      spellings.map((each) => ({ mediaType: each })),
    ) !== null
  );
}

const notAcceptable = refusal(406, "not_acceptable", `A result can be had as ${mediaType}; Accept does not name it.`);
const notFound = refusal(404, "not_found", "There is no batch with this id.");
const empty = refusal(422, "empty_batch", "There is no request in the body: each line of it is to be one.");
const notAWait = refusal(422, "not_a_wait", "wait is true, to be sent items until all are done, or false.");

const tooLarge: Refusal = refusal(
  413,
  "body_too_large",
  `The body is over ${batchMebibytesMax} MiB. Send several batches.`,
);

const tooMany: Refusal = refusal(
  413,
  "too_many_items",
  `The batch has more than ${batchItemsMax} items. Send several batches.`,
);
