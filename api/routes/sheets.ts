import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { etag } from "hono/etag";
import { findComparison } from "../../db/comparisons.ts";
import { findLink, type KeptLink, noteLinkUse } from "../../db/links.ts";
import { findWorkload } from "../../db/workloads.ts";
import { isInForce, readCredential } from "../credential.ts";
import type { ComparisonDocument } from "../present/json.ts";
import { answers, tagged } from "./comparisons.ts";
import { csvQueryWithVersion } from "./csv-parameters.ts";
import { presentations } from "./presentations.ts";
import { type Comparing, presented, presentedNow, type Wanted, wanted } from "./presented.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { openRefusals } from "./schemas/problem.ts";

interface Given extends Comparing {
  readonly now: () => Date;
}

/** What links show, to whoever has their address. */
export function sheets(given: Given): OpenAPIHono {
  const routes = new OpenAPIHono();
  routes.openAPIRegistry.registerPath(sheetRoute);
  routes.get(sheetRoute.getRoutingPath(), etag(), (c) => show(c, given));
  return routes;
}

async function show(c: Context, given: Given): Promise<Response> {
  const [token = "", ...extension] = (c.req.param("file") ?? "").split(".");
  const asked = wanted(c, extension.join(".") || null);
  const link = await linkOf(token, given);
  if (link !== null && "status" in asked && asked.status === 400) return problemDetails(c, asked);
  const shown = link === null || "status" in asked ? null : await shownBy(c, { link, wanted: inPages(asked) }, given);
  if (link === null || shown === null) return problemDetails(c, nothing);
  await noteUse(link, given);
  return shown;
}

/** Spreadsheets take a megabyte or two at once. */
function inPages(asked: Wanted): Wanted {
  return { ...asked, query: { ...asked.query, page: asked.query.page ?? 1 } };
}

async function linkOf(token: string, { database, now }: Given): Promise<KeptLink | null> {
  const credential = readCredential("stl", token);
  const link = credential === null ? null : await findLink(database, credential.id);
  return credential !== null && link !== null && isInForce(credential, link, now()) ? link : null;
}

interface Showing {
  readonly link: KeptLink;
  readonly wanted: Wanted;
}

/** Null: it is gone. */
async function shownBy(c: Context, { link, wanted: how }: Showing, given: Given): Promise<Response | null> {
  const { kind, target, ownPrices } = link;
  // Asked for anew each time, since the link may have ended.
  const headers = { "Cache-Control": "private, no-cache" };
  if (kind === "comparison") {
    const kept = await findComparison(given.database, target);
    if (kept === null) return null;
    return await presented(c, { kept, document: JSON.parse(kept) as ComparisonDocument, wanted: how, headers }, given);
  }
  const saved = await findWorkload(given.database, target);
  if (saved === null) return null;
  const { rateCard, ...listed } = JSON.parse(saved.body);
  const request = ownPrices ? { ...listed, rateCard } : listed;
  return await presentedNow(c, { asked: { request, workload: target }, wanted: how, headers: () => headers }, given);
}

/** Once in a while only, and whether it succeeds decides nothing. */
async function noteUse({ id, lastUsedAt }: KeptLink, { database, now }: Given): Promise<void> {
  if (lastUsedAt !== null && now().getTime() - lastUsedAt.getTime() < 60_000) return;
  await noteLinkUse(database, id, now()).catch(() => undefined);
}

/** The same for a link that never was, has ended or was revoked. */
const nothing = refusal(
  404,
  "not_found",
  "This link shows nothing, or no longer. Whoever made it can make another with POST /v1/links.",
);

const sheetRoute = createRoute({
  method: "get",
  path: "/v1/sheets/{file}",
  operationId: "showSheet",
  tags: ["Links"],
  summary: "What a link shows, without a key",
  request: {
    params: z.object({
      file: z.string().openapi({
        description: `The link's token, and an extension: ${presentations.map(({ extension }) => `.${extension}`).join(", ")}. Without one Accept decides.`,
      }),
    }),
    query: csvQueryWithVersion,
  },
  responses: {
    200: {
      ...answers,
      description: "The comparison. CSV comes in pages of less than 1 MB: Link names the next.",
      headers: tagged,
    },
    304: { description: "Not Modified: If-None-Match names what you have.", headers: tagged },
    ...openRefusals({
      400: "a parameter of the presentation is unknown or malformed, or names what this comparison does not have.",
      422: "the workload cannot be compared any more, such as for want of a rate card that it names.",
      429: "the address has asked too often within a minute; Retry-After says in how many seconds to ask again.",
      503: "the database does not answer, or too many comparisons wait; Retry-After says when to ask again.",
      404: "there is no such link, it has ended or was revoked, or there is no such extension.",
    }),
  },
});
