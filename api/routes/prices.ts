import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Database } from "../../db/database.ts";
import { listPrices, type PriceListQuestion } from "../../db/price-list.ts";
import { isBlank, isDay, isSnapshotId } from "../core/model/field.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import { problemDetails } from "./problem-details.ts";
import { misusedParameters, wrongParameter } from "./query.ts";
import { priceList } from "./schemas/price-list.ts";
import { refusals } from "./schemas/problem.ts";

const limitDefault = 100;
const limitMax = 1000;

/** The unit prices that answers are made of. */
export function prices(database: Database): OpenAPIHono {
  const routes = new OpenAPIHono();
  routes.openAPIRegistry.registerPath(listRoute);
  routes.get(listRoute.getRoutingPath(), (c) => list(c, database));
  return routes;
}

async function list(c: Context, database: Database): Promise<Response> {
  const question = readQuery(c.req.queries());
  if (!question.ok) return problemDetails(c, { status: 400, problems: question.problems });
  const listed = await listPrices(database, question.value);
  if (!listed.ok) return problemDetails(c, { status: 422, problems: listed.problems });
  const { last, ...page } = listed.value;
  const next = last === null ? null : `${page.snapshot}.${last}`;
  return c.json({ ...page, next }, 200, { "Cache-Control": "no-cache" });
}

const parameters = ["region", "sku", "asOf", "snapshot", "cursor", "limit"] as const;

/** Each parameter once. What is set to nothing counts as not set. */
function readQuery(query: Readonly<Record<string, readonly string[]>>): Result<PriceListQuestion> {
  const problems = misusedParameters(query, parameters);
  const [region, sku, asOf, snapshot, cursor, limit] = parameters.map((name) => query[name]?.[0] || null);
  const check = (isFine: boolean, problem: Problem) => isFine || problems.push(problem);
  const page = /^([0-9a-f]{16})\.([A-Za-z0-9._/-]{1,200})$/.exec(cursor ?? "");
  check(!isBlank(region), wrongParameter("missing_field", "region", "say which, such as us-east-1"));
  check(
    /^[A-Za-z0-9._/-]{0,200}\*?$/.test(sku ?? "*"),
    wrongParameter("not_a_sku", "sku", "an SKU, with * at its end at most"),
  );
  check(asOf === null || isDay(asOf), wrongParameter("not_a_day", "asOf", "a day such as 2026-10-01"));
  check(
    isBlank(snapshot) || isSnapshotId(snapshot),
    wrongParameter("not_a_snapshot", "snapshot", "an id of GET /v1/snapshots"),
  );
  const follows = page !== null && (isBlank(snapshot) || snapshot === page[1]);
  check(
    cursor === null || follows,
    wrongParameter("not_a_cursor", "cursor", "`next` of the page before, with its other parameters"),
  );
  const isLimit = /^[1-9]\d{0,3}$/.test(limit ?? "1") && Number(limit) <= limitMax;
  check(isLimit, wrongParameter("out_of_range", "limit", `a whole number from 1 to ${limitMax}`));
  if (problems.length > 0) return { ok: false, problems };
  const place = { region: region ?? "", sku: sku === "*" ? null : (sku ?? null), asOf: asOf ?? null };
  return {
    ok: true,
    value: {
      ...place,
      snapshot: page?.[1] ?? snapshot ?? null,
      after: page?.[2] ?? null,
      limit: Number(limit ?? limitDefault),
    },
  };
}

const query = z.object({
  region: z.string().openapi({ example: "us-east-1" }),
  sku: z.string().optional().openapi({ description: "An SKU, or what it begins with and *.", example: "fargate/*" }),
  asOf: z.iso.date().optional().openapi({ description: "Prices in force on this day; the newest known unless told." }),
  snapshot: z.string().optional().openapi({ description: "As known at this snapshot; the latest unless told." }),
  cursor: z.string().optional().openapi({ description: "`next` of the page before." }),
  limit: z
    .int()
    .min(1)
    .max(limitMax)
    .optional()
    .openapi({ description: `SKUs of a page; ${limitDefault} unless told.` }),
});

const listRoute = createRoute({
  method: "get",
  path: "/v1/prices",
  operationId: "listPrices",
  tags: ["Prices"],
  summary: "Unit prices of a region with source and date, as published or observed",
  request: { query },
  responses: {
    200: {
      description: "A page of prices, by SKU and tier.",
      content: { "application/json": { schema: priceList } },
    },
    ...refusals({
      400: "a parameter is missing, unknown or malformed.",
      422: "there is no such region or snapshot, or no price is known for so early a day.",
    }),
  },
});
