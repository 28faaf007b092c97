import { findComparison, storeComparison, storeWorkloadComparison } from "../db/comparisons.ts";
import type { Database } from "../db/database.ts";
import { catalogue } from "./aws/catalogue.ts";
import { compareOptions } from "./core/compare-options.ts";
import type { Result } from "./core/model/problem.ts";
import { engine } from "./identify.ts";
import { type ComparisonDocument, comparisonDocument } from "./present/json.ts";
import { type Question, readQuestion } from "./question.ts";

/** Documents ─parse→ Workload, priced, set side by side and stored: what every door of the house asks for. */
export async function answer(asked: unknown, database: Database): Promise<Result<ComparisonDocument>> {
  const question = await readQuestion(asked, database);
  if (!question.ok) return question;
  const document = compared(question.value);
  await storeComparison(database, { id: document.id, body: JSON.stringify(document) });
  return { ok: true, value: document };
}

/** The same for the request of a saved workload; where it has been answered from these prices before, that answer. */
export async function answerSaved(
  asked: unknown,
  database: Database,
  workloadName: string,
): Promise<Result<ComparisonDocument>> {
  const question = await readQuestion(asked, database);
  if (!question.ok) return question;
  const { id } = question.value;
  const body = (await findComparison(database, id)) ?? JSON.stringify(compared(question.value));
  await storeWorkloadComparison(database, workloadName, { id, body });
  return { ok: true, value: JSON.parse(body) as ComparisonDocument };
}

function compared({ workload, book, id }: Question): ComparisonDocument {
  return comparisonDocument(compareOptions(workload, { book, catalogue }), { id, engine });
}
