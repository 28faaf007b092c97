import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import { findWorkload } from "../../db/workloads.ts";
import { laidOver } from "../saved-workload.ts";
import { bodyJson, jsonOnly, limitedBody } from "./json-body.ts";
import { type Comparing, presentedNow, type Wanted, wanted } from "./presented.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { countUpTo } from "./query.ts";
import { comparisonRoutes } from "./workload-routes.ts";

/** Compares what is saved: with other fields laid over it, or as it is with the latest prices. */
export function workloadComparisons(comparing: Comparing): OpenAPIHono {
  const routes = new OpenAPIHono();
  const { make, latest } = comparisonRoutes;
  for (const route of Object.values(comparisonRoutes)) routes.openAPIRegistry.registerPath(route);
  routes.post(make.getRoutingPath(), jsonIfAny, limitedBody, (c) => compare(c, comparing));
  routes.get(`${latest.getRoutingPath()}`, etag(), (c) => compareLatest(c, comparing));
  routes.get(`${latest.getRoutingPath().replace("/comparison", "/:file{comparison\\.[a-z]+}")}`, etag(), (c) =>
    compareLatest(c, comparing),
  );
  return routes;
}

const ownParameters = { version: countUpTo(2_147_483_647) };

/** A body may be left out; without a length there is none (RFC 9112, section 6.3). */
const jsonIfAny: MiddlewareHandler = async (c, next) => {
  return hasBody(c) ? await jsonOnly(c, next) : await next();
};

function hasBody(c: Context): boolean {
  const said = [c.req.header("content-type"), c.req.header("transfer-encoding")].some((value) => value !== undefined);
  return said || (c.req.header("content-length") ?? "0") !== "0";
}

async function compare(c: Context, comparing: Comparing): Promise<Response> {
  const asked = wanted(c, null, ownParameters);
  if ("status" in asked) return problemDetails(c, asked);
  const over = hasBody(c) ? await bodyJson(c) : { ok: true as const, value: {} };
  if (!over.ok) return problemDetails(c, { status: 400, problems: over.problems });
  return await answerFrom(c, { version: asked.own.version, over: over.value, asked }, comparing);
}

async function compareLatest(c: Context, comparing: Comparing): Promise<Response> {
  const asked = wanted(c, c.req.param("file")?.split(".")[1] ?? null, ownParameters);
  if ("status" in asked) return problemDetails(c, asked);
  return await answerFrom(c, { version: asked.own.version, over: {}, asked }, comparing);
}

interface SavedQuestion {
  /** Null: the latest. */
  readonly version: number | null;
  readonly over: unknown;
  readonly asked: Wanted;
}

async function answerFrom(
  c: Context,
  { version, over, asked }: SavedQuestion,
  comparing: Comparing,
): Promise<Response> {
  const found = await findWorkload(comparing.database, c.req.param("name") ?? "", version ?? undefined);
  if (found === null) {
    return problemDetails(c, refusal(404, "not_found", "There is no workload of this name, or no such version of it."));
  }
  const request = laidOver(found.body, over);
  if (!request.ok) return problemDetails(c, { status: 422, problems: request.problems });
  const isMade = c.req.method === "POST";
  const headers = (address: string): Record<string, string> =>
    isMade ? { Location: address } : { "Content-Location": address, "Cache-Control": "private, no-cache" };
  const making = { asked: { request: request.value, workload: found.name }, wanted: asked, headers };
  return await presentedNow(c, making, comparing);
}
