import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { readJson } from "../aws/documents/read-json.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import { problemDetails, type Refusal, refusal } from "./problem-details.ts";

/** Some 2,000 task definitions of the usual size. */
export const bodyMebibytesMax = 5;

/** Refuses what is not JSON, which also keeps out the forms and plain-text posts that browsers send across origins unasked. */
export const jsonOnly = bodyOnly(
  /^application\/json\s*(;|$)/i,
  refusal(415, "not_json", "The body must be JSON: send it with Content-Type: application/json."),
);

/** The same for JSON Lines. */
export const jsonLinesOnly = bodyOnly(
  /^application\/(jsonl|x-ndjson|x-jsonlines)\s*(;|$)/i,
  refusal(415, "not_json_lines", "The body must be JSON Lines: send it with Content-Type: application/jsonl."),
);

/** The same for what a form of HTML or Slack sends. */
export const formOnly = bodyOnly(
  /^application\/x-www-form-urlencoded\s*(;|$)/i,
  refusal(415, "not_a_form", "The body must be a form: send it with Content-Type: application/x-www-form-urlencoded."),
);

function bodyOnly(mediaTypes: RegExp, otherwise: Refusal): MiddlewareHandler {
  return async (c, next) => {
    const contentType = c.req.header("content-type") ?? "";
    const refused = mediaTypes.test(contentType)
      ? unsupported(contentType, c.req.header("content-encoding"))
      : otherwise;
    return refused === null ? await next() : problemDetails(c, refused);
  };
}

function unsupported(contentType: string, contentEncoding: string | undefined): Refusal | null {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    return refusal(415, "not_utf8", "The body must be in UTF-8, as JSON always is.");
  }
  if (contentEncoding !== undefined && !/^identity$/i.test(contentEncoding.trim())) {
    return refusal(415, "compressed", "The body must not be compressed: send it without Content-Encoding.");
  }
  return null;
}

/** Refuses what is too large, by its Content-Length or, without one, once it has sent too much. */
export const limitedBody = limitedTo(
  bodyMebibytesMax * 1024 * 1024,
  `The body is over ${bodyMebibytesMax} MiB. Send fewer documents at a time.`,
);

export function limitedTo(maxSize: number, message: string): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize,
    onError: (c) => problemDetails(c, refusal(413, "body_too_large", message)),
  });
  return async (c, next) => {
    let isRead = false;
    const proceed = () => {
      isRead = true;
      return next();
    };
    try {
      return await limit(c, proceed);
    } catch (error) {
      if (isRead) throw error;
      return problemDetails(c, { status: 400, problems: [incomplete] });
    }
  };
}

/** The body as JSON, or where it is none, with line and column. */
export async function bodyJson(c: Context): Promise<Result<unknown>> {
  const text = await bodyText(c);
  return text.ok ? readJson(text.value) : text;
}

/** A byte order mark is dropped. */
async function bodyText(c: Context): Promise<Result<string>> {
  const bytes = await c.req.arrayBuffer().catch(() => null);
  if (bytes === null) return { ok: false, problems: [incomplete] };
  try {
    return { ok: true, value: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    const message = "The body is not UTF-8, as JSON always is: save the file anew in UTF-8.";
    return { ok: false, problems: [{ code: "not_utf8", path: "", message }] };
  }
}

/** The client hung up: nobody will read this, but it is no mistake of ours. */
export const incomplete: Problem = {
  code: "body_incomplete",
  path: "",
  message: "The connection ended before the body did.",
};
