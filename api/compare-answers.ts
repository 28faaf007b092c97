import { findComparison } from "../db/comparisons.ts";
import type { Database } from "../db/database.ts";
import { differ } from "./core/difference/differ.ts";
import type { Sides } from "./core/model/difference.ts";
import type { Problem, Result } from "./core/model/problem.ts";
import { type DifferenceDocument, differenceDocument } from "./present/difference-json.ts";
import type { ComparisonDocument } from "./present/json.ts";
import { recorded } from "./present/recorded.ts";

const idPattern = /^[0-9a-f]{32}$/;

/** Two kept comparisons side by side. Problems: each id that nothing is kept under; or that amounts are in two currencies. */
export async function compareAnswers(ids: Sides<string>, database: Database): Promise<Result<DifferenceDocument>> {
  const was = await keptAt(ids.was, database);
  const is = ids.is === ids.was ? was : await keptAt(ids.is, database);
  if (was === null || is === null) {
    const missing = { a: was === null ? ids.was : null, b: is === null ? ids.is : null };
    return {
      ok: false,
      problems: Object.entries(missing).flatMap(([path, id]) => (id === null ? [] : [notFound(path, id)])),
    };
  }
  if (was.currency !== is.currency) return { ok: false, problems: [twoCurrencies(was, is)] };
  return { ok: true, value: differenceDocument(differ({ was: recorded(was), is: recorded(is) })) };
}

async function keptAt(id: string, database: Database): Promise<ComparisonDocument | null> {
  const body = idPattern.test(id) ? await findComparison(database, id) : null;
  return body === null ? null : (JSON.parse(body) as ComparisonDocument);
}

function notFound(path: string, id: string): Problem {
  const what = idPattern.test(id)
    ? `There is no comparison ${id}`
    : "This is no id of a comparison, which has 32 hexadecimal digits";
  const which = path === "a" ? "the first of the two" : "the second of the two";
  return {
    code: "not_found",
    path,
    message: `${what} (${which}). Make it with POST /v1/comparisons: its answer says the id.`,
  };
}

function twoCurrencies(was: ComparisonDocument, is: ComparisonDocument): Problem {
  const message = `One is in ${was.currency} (${was.region}), the other in ${is.currency} (${is.region}): amounts of two currencies have no difference. Choose two comparisons in one currency.`;
  return { code: "currency_differs", path: "b", message };
}
