import type { OpenAPIHono } from "@hono/zod-openapi";
import { type Env, Hono } from "hono";
import { engine } from "../identify.ts";

/** `/openapi.json`: what the API can do, for programs, generated from the schemas of its routes. */
export function description<E extends Env>(api: OpenAPIHono<E>): Hono {
  let text: string | null = null;
  const routes = new Hono();
  routes.get("/openapi.json", (c) => {
    text ??= JSON.stringify(api.getOpenAPI31Document(head));
    return c.body(text, 200, { "Content-Type": "application/json", "Cache-Control": "no-cache" });
  });
  return routes;
}

const head = {
  openapi: "3.1.1",
  info: {
    title: "Stowage",
    version: engine,
    description: "What ECS task definitions cost on Fargate, Fargate Spot and EC2, and which to run.",
    license: { name: "MIT", identifier: "MIT" },
  },
};
