import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { etag } from "hono/etag";
import type { Database } from "../../db/database.ts";
import {
  deleteWorkload,
  findWorkload,
  listVersions,
  listWorkloads,
  type Page,
  purgeWorkload,
  type SavedWorkload,
  storeWorkload,
  type WorkloadVersion,
} from "../../db/workloads.ts";
import { toBeSaved } from "../saved-workload.ts";
import { bodyJson, jsonOnly, limitedBody } from "./json-body.ts";
import { conditionOf, etagOf, preconditionFailed } from "./preconditions.ts";
import type { Comparing } from "./presented.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { countUpTo, type Parameter, readParameters } from "./query.ts";
import { workloadComparisons } from "./workload-comparisons.ts";
import { nameRule, pageLimitDefault, pageLimitMax, workloadRoutes } from "./workload-routes.ts";

/** Requests that are kept under names, version by version, and what is compared from them. */
export function workloads(comparing: Comparing): OpenAPIHono {
  const { database } = comparing;
  const routes = new OpenAPIHono();
  const { store, list, latest, versions, version, remove } = workloadRoutes;
  for (const route of Object.values(workloadRoutes)) routes.openAPIRegistry.registerPath(route);
  routes.put(store.getRoutingPath(), jsonOnly, limitedBody, (c) => put(c, database));
  routes.get(list.getRoutingPath(), (c) => listAll(c, database));
  routes.get(latest.getRoutingPath(), etag(), async (c) => {
    return document(c, await findWorkload(database, c.req.param("name") ?? ""));
  });
  routes.get(versions.getRoutingPath(), (c) => listOf(c, database));
  routes.get(version.getRoutingPath(), etag(), async (c) => {
    const number = versionNumber.read(c.req.param("version") ?? "");
    const found = number === undefined ? null : await findWorkload(database, c.req.param("name") ?? "", number);
    return document(c, found);
  });
  routes.delete(remove.getRoutingPath(), (c) => erase(c, database));
  routes.route("/", workloadComparisons(comparing));
  return routes;
}

async function put(c: Context, database: Database): Promise<Response> {
  const name = c.req.param("name") ?? "";
  if (!namePattern.test(name)) return problemDetails(c, refusal(422, "not_a_name", nameRule));
  const request = await bodyJson(c);
  if (!request.ok) return problemDetails(c, { status: 400, problems: request.problems });
  const saved = await toBeSaved(request.value, database);
  if (!saved.ok) return problemDetails(c, { status: 422, problems: saved.problems });
  const stored = await storeWorkload(database, { name, ...saved.value }, conditionOf(c));
  if (stored === null) return problemDetails(c, preconditionFailed);
  const { outcome, latest } = stored;
  return c.json(shown(latest), outcome === "created" ? 201 : 200, {
    ...(outcome === "created" ? { Location: addressOf(latest.name) } : {}),
    ETag: etagOf(latest),
    "Cache-Control": "no-store",
  });
}

function document(c: Context, found: SavedWorkload | null): Response {
  if (found === null) return problemDetails(c, notFound);
  return c.body(found.body, 200, {
    "Content-Type": "application/json",
    "Content-Location": `${addressOf(found.name)}/versions/${found.version}`,
    ETag: etagOf(found),
    "Cache-Control": "private, no-cache",
  });
}

async function listAll(c: Context, database: Database): Promise<Response> {
  const read = readParameters(c, { limit: pageLimit, cursor: cursorOf((text) => namePattern.test(text)) });
  if (!read.ok) return problemDetails(c, { status: 400, problems: read.problems });
  const { limit, cursor } = read.value;
  const page = await pageOf(limit, (size) => listWorkloads(database, { after: cursor, limit: size }));
  const next = page.last === null ? null : cursorTo(page.last.name);
  return listed(c, { workloads: page.items.map(shown), next });
}

async function listOf(c: Context, database: Database): Promise<Response> {
  const name = c.req.param("name") ?? "";
  const read = readParameters(c, { limit: pageLimit, cursor: cursorOf((text) => /^[1-9]\d{0,8}$/.test(text)) });
  if (!read.ok) return problemDetails(c, { status: 400, problems: read.problems });
  if ((await findWorkload(database, name)) === null) return problemDetails(c, notFound);
  const { limit, cursor } = read.value;
  const after = cursor === null ? null : Number(cursor);
  const page = await pageOf(limit, (size) => listVersions(database, name, { after, limit: size }));
  const next = page.last === null ? null : cursorTo(String(page.last.version));
  return listed(c, { versions: page.items.map(shown), next });
}

/** One more than fits is read, to tell whether there is another page; `last` is what that one goes on after. */
async function pageOf(
  limit: Page<never>["limit"] | null,
  read: (limit: number) => Promise<readonly WorkloadVersion[]>,
): Promise<{ readonly items: readonly WorkloadVersion[]; readonly last: WorkloadVersion | null }> {
  const size = limit ?? pageLimitDefault;
  const found = await read(size + 1);
  const items = found.slice(0, size);
  return { items, last: found.length > size ? (items.at(-1) ?? null) : null };
}

/** With the next page as a link too (RFC 8288). */
function listed<Body extends { readonly next: string | null }>(c: Context, body: Body): Response {
  if (body.next !== null) {
    const limit = c.req.query("limit");
    const query = new URLSearchParams({ ...(limit ? { limit } : {}), cursor: body.next });
    c.header("Link", `<${c.req.path}?${query}>; rel="next"`);
  }
  return c.json(body, 200, { "Cache-Control": "no-cache" });
}

async function erase(c: Context, database: Database): Promise<Response> {
  const read = readParameters(c, { purge: yesOrNo });
  if (!read.ok) return problemDetails(c, { status: 400, problems: read.problems });
  const act = read.value.purge ? purgeWorkload : deleteWorkload;
  const outcome = await act(database, c.req.param("name") ?? "", conditionOf(c));
  if (outcome === "refused") return problemDetails(c, preconditionFailed);
  return outcome === "missing" ? problemDetails(c, notFound) : c.body(null, 204);
}

const namePattern = /^[a-z0-9][a-z0-9-]{0,63}$/;
const notFound = refusal(404, "not_found", "There is no workload of this name, or no such version of it.");

function addressOf(name: string): string {
  return `/v1/workloads/${name}`;
}

function shown({ name, version, storedAt }: WorkloadVersion) {
  return { name, version, storedAt };
}

const pageLimit = countUpTo(pageLimitMax);
const versionNumber = countUpTo(2_147_483_647);
const yesOrNo: Parameter<boolean> = {
  read: (text) => (text === "true" || text === "false" ? text === "true" : undefined),
  should: "true or false",
};

/** Opaque to those who hand it back. */
function cursorTo(text: string): string {
  return Buffer.from(text).toString("base64url");
}

function cursorOf(isPlace: (text: string) => boolean): Parameter<string> {
  return {
    read: (cursor) => {
      const text = Buffer.from(cursor, "base64url").toString();
      return isPlace(text) ? text : undefined;
    },
    should: "`next` of the page before",
  };
}
