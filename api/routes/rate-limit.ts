import type { Context, MiddlewareHandler } from "hono";
import { rateLimiter } from "hono-rate-limiter";
import { callerOf } from "./access.ts";
import { problemDetails, refusal } from "./problem-details.ts";

/** Counts on behalf of all isolates of a place, as Cloudflare's rate limiting does. */
export interface RateLimitBinding {
  limit(asked: { readonly key: string }): Promise<{ readonly success: boolean }>;
}

/** So many requests a minute of each caller that this process has seen; or as many as the binding says. */
export type RateLimit = ({ readonly perMinute: number } | { readonly binding: RateLimitBinding }) & {
  /** Of the machine that asks. */
  addressOf(c: Context): string | undefined;
};

/** Refuses a key, or an address that comes with a link, that asks too often. Whoever needs no key is not counted. */
export function rateLimit(limit: RateLimit): MiddlewareHandler {
  const isLink = (c: Context) => c.req.path.startsWith("/v1/sheets/");
  const asked = {
    keyGenerator: (c: Context) => callerOf(c).keyId ?? limit.addressOf(c) ?? "unknown",
    skip: (c: Context) => callerOf(c).keyId === null && !isLink(c),
    handler: tooMany,
  };
  if ("binding" in limit) return rateLimiter({ ...asked, binding: limit.binding });
  return rateLimiter({ ...asked, windowMs: 60_000, limit: limit.perMinute, standardHeaders: "draft-7" });
}

function tooMany(c: Context): Response {
  if (c.res.headers.get("Retry-After") === null) c.header("Retry-After", "60");
  const message = "Too many requests within a minute. Retry-After says in how many seconds to ask again.";
  return problemDetails(c, refusal(429, "too_many_requests", message));
}
