import type { Result } from "../../api/core/model/problem.ts";
import type { ComparisonDocument } from "../../api/present/json.ts";

/** The same question asked of the process that holds the data directory; a sentence where it does not answer. */
export async function askServer(url: string, request: unknown): Promise<Result<ComparisonDocument> | string> {
  try {
    const response = await fetch(new URL("/v1/comparisons", url), {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(request),
    });
    const body = await response.json();
    if (response.ok) return { ok: true, value: body };
    if (Array.isArray(body.problems) && response.status < 500) return { ok: false, problems: body.problems };
    return `The server at ${url} answered ${response.status}. Stop it, or set STOWAGE_DATA to another directory.`;
  } catch {
    return `The server at ${url} holds the data directory and does not answer. Stop it, or set STOWAGE_DATA to another directory.`;
  }
}
