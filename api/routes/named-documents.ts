import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Database } from "../../db/database.ts";
import {
  type DocumentKind,
  deleteDocument,
  findDocument,
  listDocuments,
  storeDocument,
} from "../../db/named-documents.ts";
import type { Problem } from "../core/model/problem.ts";
import { bodyJson, jsonOnly, limitedBody } from "./json-body.ts";
import { problemDetails, refusal } from "./problem-details.ts";
import { refusals } from "./schemas/problem.ts";

/** A kind of document that users keep under names, to refer to it in requests. */
export interface NamedDocument {
  readonly kind: DocumentKind;
  /** Of the resource: `/v1/rate-cards`. */
  readonly path: `/v1/${string}`;
  /** `rate card`, as it is called in a sentence. */
  readonly what: string;
  /** `RateCard`, as it is called in operation ids. */
  readonly noun: string;
  /** Where in a request it is referred to. */
  readonly usedIn: string;
  readonly tag: string;
  readonly schema: z.ZodType;
  readonly exampleName: string;
  /** Everything that is wrong with one. */
  check(body: unknown): readonly Problem[];
}

/** `PUT`, `GET` and `DELETE` of a document by its name, and `GET` of all names. */
export function namedDocuments(document: NamedDocument, database: Database): OpenAPIHono {
  const routes = new OpenAPIHono();
  for (const route of [...routesOf(document), listRouteOf(document)]) routes.openAPIRegistry.registerPath(route);
  const path = `${document.path}/:name`;
  routes.put(path, jsonOnly, limitedBody, (c) => put(c, document, database));
  routes.get(path, (c) => get(c, document, database));
  routes.delete(path, (c) => remove(c, document, database));
  routes.get(document.path, async (c) => c.json({ names: await listDocuments(database, document.kind) }));
  return routes;
}

async function put(c: Context, { kind, what, check }: NamedDocument, database: Database): Promise<Response> {
  const name = c.req.param("name") ?? "";
  if (!namePattern.test(name)) return problemDetails(c, refusal(422, "not_a_name", nameRule(what)));
  const body = await bodyJson(c);
  if (!body.ok) return problemDetails(c, { status: 400, problems: body.problems });
  const problems = check(body.value);
  if (problems.length > 0) return problemDetails(c, { status: 422, problems });
  await storeDocument(database, kind, { name, body: JSON.stringify(body.value) });
  return c.body(null, 204);
}

async function get(c: Context, { kind, what }: NamedDocument, database: Database): Promise<Response> {
  const body = await findDocument(database, kind, c.req.param("name") ?? "");
  if (body === null) return problemDetails(c, notFound(what));
  return c.body(body, 200, { "Content-Type": "application/json", "Cache-Control": "no-store" });
}

async function remove(c: Context, { kind, what }: NamedDocument, database: Database): Promise<Response> {
  const wasThere = await deleteDocument(database, kind, c.req.param("name") ?? "");
  return wasThere ? c.body(null, 204) : problemDetails(c, notFound(what));
}

const namePattern = /^[a-z0-9][a-z0-9-]{0,63}$/;

function nameRule(what: string): string {
  return `A ${what}'s name is up to 64 small letters, digits and hyphens.`;
}

function notFound(what: string) {
  return refusal(404, "not_found", `There is no ${what} of this name.`);
}

function routesOf({ path, what, noun, usedIn, tag, schema, exampleName }: NamedDocument) {
  const name = z.string().openapi({ description: nameRule(what), example: exampleName });
  const at = { path: `${path}/{name}` as const, tags: [tag], request: { params: z.object({ name }) } };
  const content = { "application/json": { schema } };
  const none = { 404: "there is none of this name." };
  return [
    createRoute({
      ...at,
      method: "put",
      operationId: `store${noun}`,
      summary: `Keep a ${what} under a name, for ${usedIn} in a request`,
      request: { ...at.request, body: { required: true, content } },
      responses: {
        204: { description: "It is kept, in place of one that was there before." },
        ...refusals({
          400: "not JSON in UTF-8; says line and column.",
          413: "the body is too large.",
          415: "the body is not sent as application/json.",
          422: `something is wrong in the ${what}, each thing with its path.`,
        }),
      },
    }),
    createRoute({
      ...at,
      method: "get",
      operationId: `get${noun}`,
      summary: `A ${what} as it was stored`,
      responses: { 200: { description: `The ${what}.`, content }, ...refusals(none) },
    }),
    createRoute({
      ...at,
      method: "delete",
      operationId: `delete${noun}`,
      summary: `Forget a ${what}`,
      responses: { 204: { description: "It is gone." }, ...refusals(none) },
    }),
  ] as const;
}

function listRouteOf({ path, what, noun, tag }: NamedDocument) {
  return createRoute({
    path,
    tags: [tag],
    method: "get",
    operationId: `list${noun}s`,
    summary: `The names of all ${what}s`,
    responses: {
      200: {
        description: "In order.",
        content: { "application/json": { schema: z.object({ names: z.array(z.string()) }) } },
      },
      ...refusals({}),
    },
  });
}
