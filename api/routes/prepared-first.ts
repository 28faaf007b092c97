import type { Context, MiddlewareHandler } from "hono";
import { DatabaseNotPrepared, DatabaseProblem } from "../../db/problems.ts";
import { problemDetails, refusal } from "./problem-details.ts";

/** Refuses as long as the database cannot answer; `require` throws a `DatabaseProblem` then. */
export function preparedFirst(require: () => Promise<void>): MiddlewareHandler {
  return async (c, next) => {
    try {
      await require();
    } catch (error) {
      if (!(error instanceof DatabaseProblem)) throw error;
      return unavailable(c, error);
    }
    return await next();
  };
}

/** Why a server cannot be reached is nobody's business but its owner's. */
export function unavailable(c: Context, problem: DatabaseProblem): Response {
  c.header("Retry-After", `${databaseRetrySeconds}`);
  const refused =
    problem instanceof DatabaseNotPrepared
      ? refusal(503, "database_not_prepared", `${problem.message}.`)
      : refusal(503, "database_unreachable", "The database does not answer.");
  return problemDetails(c, refused);
}

/** When it is worth asking again where the database did not answer. */
export const databaseRetrySeconds = 5;
