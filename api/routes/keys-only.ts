import type { MiddlewareHandler } from "hono";
import { problemDetails, refusal } from "./problem-details.ts";

/** Refuses everybody but a monitor: where the whole world can ask, only API keys could tell who may, and there are none yet. */
export const keysOnly: MiddlewareHandler = async (c, next) => {
  if (c.req.path === "/healthz") return await next();
  const message = "Requests need an API key, and this version has none to give: on Workers only /healthz answers.";
  c.header("WWW-Authenticate", "Bearer");
  return problemDetails(c, refusal(401, "api_key_missing", message));
};
