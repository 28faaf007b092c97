import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { etag } from "hono/etag";
import type { Database } from "../../db/database.ts";
import { compareAnswers } from "../compare-answers.ts";
import type { DifferenceDocument } from "../present/difference-json.ts";
import { differenceText } from "../present/difference-text.ts";
import { tagged } from "./comparisons.ts";
import { preferred } from "./presentations.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { difference } from "./schemas/difference.ts";
import { refusals } from "./schemas/problem.ts";

/** Sets kept comparisons beside each other. */
export function differences(database: Database): OpenAPIHono {
  const routes = new OpenAPIHono();
  routes.openAPIRegistry.registerPath(differRoute);
  routes.get(differRoute.getRoutingPath(), etag(), (c) => answerDifference(c, database));
  return routes;
}

/** The first is what those get who ask for nothing in particular. */
const presentations = [
  {
    mediaType: "application/json",
    contentType: "application/json",
    present: (document: DifferenceDocument) => JSON.stringify(document),
  },
  { mediaType: "text/plain", contentType: "text/plain; charset=utf-8", present: differenceText },
];

/** Both are kept as they are, and so is what lies between them: it may be cached as they may. */
async function answerDifference(c: Context, database: Database): Promise<Response> {
  const presentation = preferred(c.req.header("accept"), presentations);
  if (presentation === null) {
    const known = presentations.map(({ mediaType }) => mediaType).join(", ");
    const message = `A difference can be had as ${known}; Accept names none of them.`;
    return problemDetails(c, refusal(406, "not_acceptable", message));
  }
  const found = await compareAnswers({ was: c.req.param("a") ?? "", is: c.req.param("b") ?? "" }, database);
  if (!found.ok) {
    const isMissing = found.problems.some(({ code }) => code === "not_found");
    return problemDetails(c, { status: isMissing ? 404 : 422, problems: found.problems });
  }
  return c.body(presentation.present(found.value), 200, {
    "Content-Type": presentation.contentType,
    "Cache-Control": "private, max-age=31536000, immutable",
    Vary: "Accept",
  });
}

const id = (which: string) =>
  z.string().openapi({ description: `Of the ${which} comparison, as \`id\` of its answer says.` });

const differRoute = createRoute({
  method: "get",
  path: "/v1/comparisons/{a}/diff/{b}",
  operationId: "diffComparisons",
  tags: ["Comparisons"],
  summary: "What changed in money from one comparison to another, and why",
  request: { params: z.object({ a: id("first"), b: id("second") }) },
  responses: {
    200: {
      description: "For each option, causes that sum to the difference exactly.",
      headers: tagged,
      content: {
        "application/json": { schema: difference },
        "text/plain": { schema: z.string().openapi({ description: "The same for a terminal of 80 columns." }) },
      },
    },
    304: { description: "Not Modified: If-None-Match names what you have.", headers: tagged },
    ...refusals({
      404: "there is no comparison with the one id or the other; `path` says which (a, b).",
      406: "Accept names no presentation there is.",
      422: "the two are in different currencies.",
    }),
  },
});
