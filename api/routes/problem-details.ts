import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Problem } from "../core/model/problem.ts";

/** Names of the statuses that are answered with problems (RFC 9110, section 15). */
export const titles = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;

export type ProblemStatus = keyof typeof titles & ContentfulStatusCode;

export interface Refusal {
  readonly status: ProblemStatus;
  /** Every problem found, not only the first. */
  readonly problems: readonly Problem[];
}

export const problemMediaType = "application/problem+json";

export function problemDetails(c: Context, refused: Refusal): Response {
  const headers = { "Content-Type": problemMediaType, "Cache-Control": "no-store" };
  return c.body(problemBody(refused), refused.status, headers);
}

/**
 * A refusal as RFC 9457 says it. `type` is `about:blank`, which stands for the status itself: the codes of `problems` tell one problem
 * from another.
 */
export function problemBody({ status, problems }: Refusal): string {
  return JSON.stringify({ type: "about:blank", title: titles[status], status, problems });
}

/** A refusal of the request itself, not of anything in its documents. */
export function refusal(status: ProblemStatus, code: string, message: string): Refusal {
  return { status, problems: [{ code, path: "", message }] };
}
