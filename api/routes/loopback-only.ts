import type { MiddlewareHandler } from "hono";
import { problemDetails, refusal } from "./problem-details.ts";

/**
 * Refuses requests that do not name this machine as their host. Without it any web page could have a name of its own resolve to
 * 127.0.0.1 and read the answers as its own (DNS rebinding).
 */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const { host } = new URL(c.req.url);
  if ([host, c.req.header("host") ?? host].every(isLoopback)) return await next();
  const message = "This server answers requests to localhost, 127.0.0.1 and [::1] only; the Host header names another.";
  return problemDetails(c, refusal(403, "host_not_allowed", message));
};

function isLoopback(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}
