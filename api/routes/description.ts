import type { OpenAPIHono } from "@hono/zod-openapi";
import { type Env, Hono } from "hono";
import { engine } from "../identify.ts";
import { accessRules } from "./access-rules.ts";

/** `/openapi.json`: what the API can do, for programs, generated from the schemas of its routes and the rules of who may ask. */
export function description<E extends Env>(api: OpenAPIHono<E>): Hono {
  let text: string | null = null;
  const routes = new Hono();
  routes.get("/openapi.json", (c) => {
    text ??= JSON.stringify(described(api));
    return c.body(text, 200, { "Content-Type": "application/json", "Cache-Control": "no-cache" });
  });
  return routes;
}

function described<E extends Env>(api: OpenAPIHono<E>): object {
  const { paths = {}, components, ...rest } = api.getOpenAPI31Document(head);
  const secured = Object.entries(paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [
        method,
        { ...operation, security: securityOf(`${method.toUpperCase()} ${path}`) },
      ]),
    ),
  ]);
  return { ...rest, paths: Object.fromEntries(secured), components: { ...components, securitySchemes } };
}

function securityOf(operation: string): object[] {
  const rule = accessRules[operation];
  if (rule === "signed") return [{ slackSignature: [] }];
  return rule === "open" ? [] : [{ apiKey: [rule] }];
}

const securitySchemes = {
  slackSignature: {
    type: "apiKey",
    ...{ in: "header", name: "X-Slack-Signature" },
    description: "With X-Slack-Request-Timestamp: https://docs.slack.dev/authentication/verifying-requests-from-slack",
  },
  apiKey: {
    type: "http",
    scheme: "bearer",
    description:
      "An API key, stw_…. With scope read, write or admin, each of which allows what those before it do; purging takes admin. Until the first key is made, a server on a loopback address needs none.",
  },
};

const head = {
  openapi: "3.1.1",
  info: {
    title: "Stowage",
    version: engine,
    description: "What ECS task definitions cost on Fargate, Fargate Spot and EC2, and which to run.",
    license: { name: "MIT", identifier: "MIT" },
  },
};
