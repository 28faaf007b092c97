import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { stream } from "hono/streaming";
import { type BatchCounts, deleteBatch, findBatch } from "../../db/batches.ts";
import type { Database } from "../../db/database.ts";
import { findImport } from "../../db/imports.ts";
import { BodyIncomplete, BodyTooLarge } from "../batching/body-lines.ts";
import type { JobQueue } from "../batching/job-queue.ts";
import { listedServices } from "../importing/listed-services.ts";
import { readList } from "../importing/read-list.ts";
import { type ImportContent, takeInList } from "../importing/take-in-list.ts";
import { tally } from "../importing/tally.ts";
import { templateCsv, templateWorkbook } from "../importing/template.ts";
import { listTooLarge, sentList } from "./import-body.ts";
import { type ImportPresentation, importPresentations, negotiateImport } from "./import-presentations.ts";
import {
  deleteRoute,
  makeRoute,
  resultAsRoute,
  resultRoute,
  templateCsvRoute,
  templateRoute,
} from "./import-routes.ts";
import { incomplete } from "./json-body.ts";
import { preferencesOf } from "./prefer.ts";
import { problemDetails, refusal } from "./problem-details.ts";

export interface ImportsSettings {
  readonly database: Database;
  readonly queue: JobQueue;
  /** Once it aborts, nobody is kept waiting for a result any longer. Left out: never. */
  readonly ending?: AbortSignal;
}

/** Takes lists of services, and hands out what they cost. */
export function imports(settings: ImportsSettings): OpenAPIHono {
  const routes = new OpenAPIHono();
  const described = [makeRoute, templateRoute, templateCsvRoute, resultRoute, resultAsRoute, deleteRoute];
  for (const route of described) routes.openAPIRegistry.registerPath(route);
  routes.post(makeRoute.getRoutingPath(), (c) => make(c, settings));
  routes.get(templateRoute.getRoutingPath(), async (c) => template(c, "xlsx", await templateWorkbook()));
  routes.get(templateCsvRoute.getRoutingPath(), (c) => template(c, "csv", templateCsv()));
  routes.get(resultRoute.getRoutingPath(), (c) => result(c, settings));
  routes.delete(deleteRoute.getRoutingPath(), (c) => remove(c, settings));
  return routes;
}

async function make(c: Context, settings: ImportsSettings): Promise<Response> {
  const { respondAsync } = preferencesOf(c);
  const presentation = negotiateImport(c.req.header("accept"));
  if (presentation === null && !respondAsync) return problemDetails(c, notAcceptable);
  const sent = await sentList(c, settings.database);
  if ("status" in sent) return problemDetails(c, sent);
  const { database, queue } = settings;
  try {
    const taken = await takeInList(readList(sent.body, sent.format), { database, queue, partial: sent.partial });
    if (!taken.ok) return problemDetails(c, { status: 422, problems: taken.problems });
    const isSettled = await settled(c, settings, taken.value);
    if (isSettled && presentation !== null) return await presented(c, database, { id: taken.value, presentation });
    return await accepted(c, database, taken.value);
  } catch (error) {
    if (error instanceof BodyTooLarge) return problemDetails(c, listTooLarge);
    if (error instanceof BodyIncomplete) return problemDetails(c, { status: 400, problems: [incomplete] });
    throw error;
  }
}

/** Longer than many proxies wait for an answer. */
const waitSecondsMax = 60;
const pollMilliseconds = 300;

/** Whether everything is calculated by the time that the client wants to wait for it. */
async function settled(c: Context, { database, ending }: ImportsSettings, id: string): Promise<boolean> {
  const { respondAsync, waitSeconds } = preferencesOf(c);
  if (respondAsync && waitSeconds === null) return false;
  const seconds = Math.min(waitSeconds ?? waitSecondsMax, waitSecondsMax);
  const isOver = () => c.req.raw.signal.aborted || ending?.aborted === true;
  for (let left = seconds * 1000; !isOver(); left -= pollMilliseconds) {
    const counts = await findBatch(database, id);
    if (counts === null || isDone(counts) || left <= 0) return counts !== null && isDone(counts);
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, pollMilliseconds)));
  }
  return false;
}

function isDone({ items, succeeded, failed }: BatchCounts): boolean {
  return succeeded + failed === items;
}

async function accepted(c: Context, database: Database, id: string): Promise<Response> {
  const { respondAsync, waitSeconds } = preferencesOf(c);
  const applied = [
    ...(respondAsync ? ["respond-async"] : []),
    ...(waitSeconds === null ? [] : [`wait=${waitSeconds}`]),
  ];
  const far = await progress(database, id);
  // Deleted since.
  if (far === null) return problemDetails(c, notFound);
  return c.json(far, 202, {
    Location: `/v1/imports/${id}`,
    ...(applied.length > 0 ? { "Preference-Applied": applied.join(", ") } : {}),
  });
}

/** Null where there is no such import. */
async function progress(database: Database, id: string) {
  const [kept, counts] = [await findImport(database, id), await findBatch(database, id)];
  if (kept === null || counts === null) return null;
  const { rows, clusters }: ImportContent = JSON.parse(kept);
  const { succeeded, failed } = counts;
  return { import: id, rows, clusters, done: isDone(counts), succeeded, failed };
}

/** How far it is, until it is done, and from then on what it comes to; with an extension, that alone. */
async function result(c: Context, settings: ImportsSettings): Promise<Response> {
  const { database } = settings;
  const [, id, extension] = /^([0-9a-f]{32})(?:\.([a-z]+))?$/.exec(c.req.param("id") ?? "") ?? [];
  const presentation = importPresentations.find((one) => one.extension === (extension ?? "json"));
  if (id === undefined || presentation === undefined) return problemDetails(c, notFound);
  const isSettled = extension !== undefined && (await settled(c, settings, id));
  const far = await progress(database, id);
  if (far === null) return problemDetails(c, notFound);
  if (isSettled || far.done) return await presented(c, database, { id, presentation });
  if (extension === undefined) return c.json(far, 200, { "Cache-Control": "no-store" });
  c.header("Retry-After", "1");
  const message = `The import is not done yet: ${far.succeeded + far.failed} of ${far.clusters} clusters are. Ask again in a moment.`;
  return problemDetails(c, refusal(503, "not_done", message));
}

async function presented(
  c: Context,
  database: Database,
  { id, presentation }: { readonly id: string; readonly presentation: ImportPresentation },
): Promise<Response> {
  const tallied = await tally(database, id);
  if (tallied === null) return problemDetails(c, notFound);
  const { rows } = tallied.document;
  if (c.req.method === "POST") c.header("Location", `/v1/imports/${id}`);
  if (rows > presentation.rowsMax) return problemDetails(c, tooManyRows(c, rows, presentation));
  const parts = presentation.present(tallied.document, listedServices(database, tallied))[Symbol.asyncIterator]();
  // Before the headers go: what fails here can be told.
  const first = await parts.next();
  c.header("Content-Type", presentation.contentType);
  c.header("Cache-Control", "no-store");
  if (presentation.extension !== "json") {
    c.header("Content-Disposition", `attachment; filename="stowage-${id}.${presentation.extension}"`);
  }
  if (c.req.method === "HEAD") return c.body(null);
  return stream(
    c,
    async (out) => {
      for (let part = first; part.done !== true && !out.aborted; part = await parts.next()) await out.write(part.value);
    },
    // Headers are gone already: that it breaks off says that this is not the end.
    async (_, out) => out.close(),
  );
}

/** There is no such presentation of it. */
function tooManyRows(c: Context, rows: number, { rowsMax }: ImportPresentation) {
  const message = `The list has ${rows} rows, and a workbook holds ${rowsMax}. Take it as CSV: the same address with .csv.`;
  return refusal(c.req.method === "POST" ? 422 : 404, "too_many_rows", message);
}

function template(c: Context, extension: "xlsx" | "csv", body: Uint8Array<ArrayBuffer> | string): Response {
  return c.body(body, 200, {
    "Content-Type": importPresentations.find((one) => one.extension === extension)?.contentType ?? "",
    "Content-Disposition": `attachment; filename="stowage-template.${extension}"`,
  });
}

async function remove(c: Context, { database }: ImportsSettings): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const isThere = (await findImport(database, id)) !== null && (await deleteBatch(database, id));
  return isThere ? c.body(null, 204) : problemDetails(c, notFound);
}

const notFound = refusal(404, "not_found", "There is no import with this id, or no such presentation of one.");

const notAcceptable = refusal(
  406,
  "not_acceptable",
  `An import can be had as ${importPresentations.map(({ mediaType }) => mediaType).join(", ")}; Accept names none of them.`,
);
