import type { Problem, Result } from "../../api/core/model/problem.ts";
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
  try {
    const response = await fetch(new URL(path, url), {
      method: "POST",
      headers: { ...keyHeader(), "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(request),
    });
    // A server of ours: it holds the data directory, and wrote its address there.
    if (response.ok) {
      const document = (await response.json()) as ComparisonDocument;
      return { ok: true, value: { document, stale: response.headers.get("Stowage-Prices") } };
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
