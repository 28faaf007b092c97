import type { Sides } from "../../api/core/model/difference.ts";
import type { Problem, Result } from "../../api/core/model/problem.ts";
import type { DifferenceDocument } from "../../api/present/difference-json.ts";
import type { ComparisonDocument } from "../../api/present/json.ts";
import { keyHeader, keyHint } from "../server-key.ts";

interface Refusal {
  readonly problems: readonly Problem[];
}

/** An answer, and the sentence that says so where its prices are stale today. */
export interface Answered {
  readonly document: ComparisonDocument;
  readonly stale: string | null;
}

/** A request, and the resource of the API that it is posted to. */
export interface Posted {
  readonly path: string;
  readonly request: Readonly<Record<string, unknown>>;
}

/** The same question asked of the process that holds the data directory; a sentence where it does not answer. */
export async function askServer(url: string, { path, request }: Posted): Promise<Result<Answered> | string> {
  const asked = await ask<ComparisonDocument>(url, path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(request),
  });
  if (typeof asked === "string" || !asked.ok) return asked;
  const { document, headers } = asked.value;
  return { ok: true, value: { document, stale: headers.get("Stowage-Prices") } };
}

/** The same for two comparisons that it keeps. */
export async function askServerToCompare(
  url: string,
  ids: Sides<string>,
): Promise<Result<DifferenceDocument> | string> {
  const [a, b] = [encodeURIComponent(ids.was), encodeURIComponent(ids.is)];
  const headers = { accept: "application/json" };
  const asked = await ask<DifferenceDocument>(url, `/v1/comparisons/${a}/diff/${b}`, { headers });
  return typeof asked === "string" || !asked.ok ? asked : { ok: true, value: asked.value.document };
}

interface Init {
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server of ours: it holds the data directory, and wrote its address there. */
async function ask<Document>(
  url: string,
  path: string,
  init: Init,
): Promise<Result<{ readonly document: Document; readonly headers: Headers }> | string> {
  try {
    const response = await fetch(new URL(path, url), { ...init, headers: { ...keyHeader(), ...init.headers } });
    if (response.ok) {
      return { ok: true, value: { document: (await response.json()) as Document, headers: response.headers } };
    }
    if (response.status === 401 || response.status === 403) {
      const { problems } = (await response.json()) as Refusal;
      return [...problems, keyHint].map(({ message }) => message).join("\n");
    }
    if (response.status < 500) return { ok: false, problems: ((await response.json()) as Refusal).problems };
    return `The server at ${url} answered ${response.status}. Stop it, or set STOWAGE_DATA to another directory.`;
  } catch {
    return `The server at ${url} holds the data directory and does not answer. Stop it, or set STOWAGE_DATA to another directory.`;
  }
}
