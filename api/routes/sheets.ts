import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { etag } from "hono/etag";
import type { Database } from "../../db/database.ts";
import { findLink, type KeptLink, noteLinkUse } from "../../db/links.ts";
import { isInForce, readCredential } from "../credential.ts";
import type { Freshness } from "../present/staleness.ts";
import { keptComparison } from "./kept-comparison.ts";
import { negotiate, type Presentation, presentations } from "./presentations.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { comparison } from "./schemas/comparison.ts";
import { openRefusals } from "./schemas/problem.ts";

interface Given {
  readonly database: Database;
  readonly freshness: () => Freshness;
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
  const presentation = presentationOf(extension.join("."), c.req.header("accept"));
  const link = await linkOf(token, given);
  const shown = link === null || presentation === null ? null : await shownBy(link, presentation, given);
  if (link === null || shown === null) return problemDetails(c, nothing);
  await noteUse(link, given);
  // Asked for anew each time, since the link may have ended.
  return c.body(shown.body, 200, { ...shown.headers, "Cache-Control": "private, no-cache", Vary: "Accept" });
}

/** By the extension, and without one by Accept; null: there is none such. */
function presentationOf(extension: string, accept: string | undefined): Presentation | null {
  if (extension === "") return negotiate(accept);
  return presentations.find((presentation) => presentation.extension === extension) ?? null;
}

async function linkOf(token: string, { database, now }: Given): Promise<KeptLink | null> {
  const credential = readCredential("stl", token);
  const link = credential === null ? null : await findLink(database, credential.id);
  return credential !== null && link !== null && isInForce(credential, link, now()) ? link : null;
}

async function shownBy({ kind, target }: KeptLink, presentation: Presentation, { database, freshness }: Given) {
  switch (kind) {
    case "comparison":
      return await keptComparison(target, presentation, { database, freshness: freshness() });
  }
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
  },
  responses: {
    200: {
      description: "The comparison.",
      content: { "application/json": { schema: comparison }, "text/plain": { schema: z.string() } },
    },
    304: { description: "Not Modified: If-None-Match names what you have." },
    ...openRefusals({ 404: "there is no such link, it has ended or was revoked, or there is no such extension." }),
  },
});
