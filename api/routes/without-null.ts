import type { MiddlewareHandler } from "hono";
import { problemDetails, refusal } from "./problem-details.ts";

/** Refuses an address with a null character, which no name holds and Postgres takes for a mistake. */
export const withoutNull: MiddlewareHandler = async (c, next) => {
  if (!c.req.url.includes("%00")) return await next();
  const message = "The address holds a null character (%00), and nothing here has one in its name.";
  return problemDetails(c, refusal(400, "null_character", message));
};
