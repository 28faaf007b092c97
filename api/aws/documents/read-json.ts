import type { Result } from "../../core/model/problem.ts";
import { readValues } from "./json-text.ts";

/**
 * One JSON value. Problems say line and column, never what stands there: `empty_text`, `not_json`, `too_deep`, `duplicate_field`
 * (with its path). A byte order mark and CRLF are fine.
 */
export function readJson(text: string): Result<unknown> {
  const { values, problem } = readValues(text, 2);
  if (problem !== null) return { ok: false, problems: [{ ...problem, path: "" }] };
  const [first, second] = values;
  if (first === undefined) {
    return { ok: false, problems: [{ code: "empty_text", path: "", message: "There is nothing to read." }] };
  }
  if (second !== undefined) {
    const message = `Line ${second.line}: a second value begins here; one is expected.`;
    return { ok: false, problems: [{ code: "not_json", path: "", message }] };
  }
  if (first.duplicates.length > 0) return { ok: false, problems: first.duplicates };
  return { ok: true, value: first.value };
}
