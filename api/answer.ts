import { storeComparison } from "../db/comparisons.ts";
import type { Database } from "../db/database.ts";
import { readPriceBook } from "../db/price-book.ts";
import { catalogue } from "./aws/catalogue.ts";
import { documentFormats } from "./aws/documents/catalogue.ts";
import { compareOptions, optionIds } from "./core/compare-options.ts";
import { isObject } from "./core/model/field.ts";
import type { Problem, Result } from "./core/model/problem.ts";
import { ownPrices } from "./core/own-prices.ts";
import { parse } from "./core/parsing/parse.ts";
import { engine, identify } from "./identify.ts";
import { type ComparisonDocument, comparisonDocument } from "./present/json.ts";
import { withStoredDocuments } from "./stored-documents.ts";

/** Documents ─parse→ Workload, priced, set side by side and stored: what every door of the house asks for. */
export async function answer(asked: unknown, database: Database): Promise<Result<ComparisonDocument>> {
  const options = unknownOptions(asked);
  const request = await withStoredDocuments(asked, database);
  if (!request.ok) return { ok: false, problems: [...request.problems, ...options] };
  const parsed = parse(request.value, documentFormats);
  if (!parsed.ok) return { ok: false, problems: [...parsed.problems, ...options] };
  const workload = parsed.value;
  const published = await readPriceBook(database, workload);
  if (!published.ok) return { ok: false, problems: [...published.problems, ...options] };
  const book = workload.rateCard === null ? published : ownPrices(published.value, workload.rateCard);
  if (!book.ok) return { ok: false, problems: [...book.problems, ...options] };
  const problems = [...options, ...catalogue.check(workload, book.value)];
  if (problems.length > 0) return { ok: false, problems };
  const comparison = compareOptions(workload, { book: book.value, catalogue });
  const document = comparisonDocument(comparison, { id: identify(workload, book.value.snapshot), engine });
  const ownPricesShow = workload.rateCard !== null;
  await storeComparison(database, { id: document.id, body: JSON.stringify(document), ownPrices: ownPricesShow });
  return { ok: true, value: document };
}

/** Ids of options that there are none of; what is no id at all is parsing's business. */
function unknownOptions(request: unknown): Problem[] {
  const asked = isObject(request) && Array.isArray(request.options) ? request.options : [];
  const known = optionIds({ catalogue });
  return asked.flatMap((option, at) => {
    if (typeof option !== "string" || !/^[a-z0-9-]{1,64}$/.test(option) || known.includes(option)) return [];
    const message = `There is no option "${option}". Known: ${known.join(", ")}.`;
    return [{ code: "option_unknown", path: `options[${at}]`, message }];
  });
}
