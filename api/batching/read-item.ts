import type { NewItem } from "../../db/batches.ts";
import type { Database } from "../../db/database.ts";
import { readJson } from "../aws/documents/read-json.ts";
import { isObject } from "../core/model/field.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import type { BodyLine } from "./body-lines.ts";
import { problemLine } from "./item-line.ts";
import { redactedRequest } from "./redacted-request.ts";
import { type Overlay, readOverlay } from "./workload-item.ts";

/** Of one line; some 2,000 task definitions of the usual size. */
export const lineMebibytesMax = 5;

export const keyLengthMax = 128;

/**
 * A line as it is kept: the request with nothing in it but what is read of it, or what is wrong with it. Null: the line is empty. What
 * the request names (a rate card, a load profile) is written out as it stands now.
 */
export async function readItem({ number, bytes }: BodyLine, database: Database): Promise<NewItem | null> {
  const failed = (key: string, problems: readonly Problem[]): NewItem => {
    return { number, key, request: null, ...problemLine({ number, key }, problems) };
  };
  if (bytes === null) return failed(`${number}`, [lineTooLong]);
  const text = textOf(bytes);
  if (text?.trim() === "") return null;
  const read = text === null ? ({ ok: false, problems: [notUtf8] } as const) : readLine(text, number);
  if (!read.ok) return failed(`${number}`, read.problems);
  const { key, request } = withoutKey(read.value, number);
  if (!key.ok) return failed(`${number}`, key.problems);
  const kept = await readRequest(request, database);
  return kept.ok ? { number, key: key.value, ...kept.value } : failed(key.value, kept.problems);
}

async function readRequest(
  request: unknown,
  database: Database,
): Promise<Result<Overlay | { readonly request: string }>> {
  if (isObject(request) && request.workload !== undefined) return await readOverlay(request, database);
  const redacted = await redactedRequest(request, database);
  return redacted.ok ? { ok: true, value: { request: JSON.stringify(redacted.value) } } : redacted;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Problems name the line as it is in the body. */
function readLine(text: string, number: number): Result<unknown> {
  const read = readJson(text);
  return read.ok ? read : readJson("\n".repeat(number - 1) + text);
}

function withoutKey(value: unknown, number: number): { readonly key: Result<string>; readonly request: unknown } {
  if (!isObject(value) || value.key === undefined) return { key: { ok: true, value: `${number}` }, request: value };
  const { key, ...request } = value;
  const isFine = typeof key === "string" && key !== "" && key.length <= keyLengthMax;
  return { key: isFine ? { ok: true, value: key } : { ok: false, problems: [notAKey] }, request };
}

const notAKey: Problem = {
  code: "not_a_key",
  path: "key",
  message: `An item's key is a text of 1 to ${keyLengthMax} characters. Left out, it is the number of the line.`,
};

const lineTooLong: Problem = {
  code: "line_too_long",
  path: "",
  message: `The line is over ${lineMebibytesMax} MiB. Divide its services among several lines.`,
};

const notUtf8: Problem = {
  code: "not_utf8",
  path: "",
  message: "The line is not UTF-8, as JSON always is: save the file anew in UTF-8.",
};
