import type { MiddlewareHandler } from "hono";
import type { RequestIdVariables } from "hono/request-id";
import { type Log, loggedPath } from "../log.ts";

/** Logs every request once it is answered. */
export function requestLog(log: Log): MiddlewareHandler<{ Variables: RequestIdVariables }> {
  return async (c, next) => {
    const start = performance.now();
    await next();
    log({
      requestId: c.get("requestId"),
      method: c.req.method,
      path: loggedPath(c.req.path),
      status: c.res.status,
      milliseconds: Math.round(performance.now() - start),
    });
  };
}
