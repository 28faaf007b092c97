import { createHash } from "node:crypto";
import type { Database } from "../db/database.ts";
import { isObject, kindOf, unknownFields } from "./core/model/field.ts";
import type { Result } from "./core/model/problem.ts";
import { readQuestion } from "./question.ts";
import { redact } from "./redact.ts";
import { withNames } from "./stored-documents.ts";

/** A request as it is saved. */
export interface Saved {
  /** JSON of what is read of it; stored documents stay names. */
  readonly body: string;
  /** Of what it says: the same for the same fields in another order. */
  readonly digest: string;
}

/** What of a request is to be saved, or everything that is wrong with it. */
export async function toBeSaved(asked: unknown, database: Database): Promise<Result<Saved>> {
  const question = await readQuestion(asked, database);
  if (!question.ok) return question;
  const kept = withNames(redact(question.value.request), asked);
  const digest = createHash("sha256")
    .update(JSON.stringify(sorted(kept)))
    .digest("hex");
  return { ok: true, value: { body: JSON.stringify(kept), digest } };
}

/** With the fields of each object in the order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const fields = Object.entries(value).map(([name, below]): [string, unknown] => [name, sorted(below)]);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What can be asked anew of the same workload: all but its documents and its cluster. */
const overlayFields = [
  ...["region", "hours", "monthHours", "period", "asOf", "snapshot", "options", "effort", "seed", "simulations"],
  ...["commitments", "rateCard", "usage"],
];

/** A saved request with other fields laid over its own. */
export function laidOver(body: string, over: unknown): Result<unknown> {
  if (!isObject(over)) {
    const message = `What is laid over a workload must be an object, not ${kindOf(over)}.`;
    return { ok: false, problems: [{ code: "wrong_type", path: "", message }] };
  }
  const problems = unknownFields(over, "", overlayFields);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { ...JSON.parse(body), ...over } };
}
