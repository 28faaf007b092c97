import type { Database } from "../db/database.ts";
import { readPriceBook } from "../db/price-book.ts";
import { catalogue } from "./aws/catalogue.ts";
import { documentFormats } from "./aws/documents/catalogue.ts";
import { optionIds } from "./core/compare-options.ts";
import { isObject } from "./core/model/field.ts";
import type { PriceBook } from "./core/model/price-book.ts";
import type { Problem, Result } from "./core/model/problem.ts";
import type { Workload } from "./core/model/workload.ts";
import { ownPrices } from "./core/own-prices.ts";
import { parse } from "./core/parsing/parse.ts";
import { identify } from "./identify.ts";
import { withStoredDocuments } from "./stored-documents.ts";

/** A request in which nothing is wrong, with the prices to answer it from. */
export interface Question {
  /** With the names of stored documents written out. */
  readonly request: unknown;
  readonly workload: Workload;
  readonly book: PriceBook;
  /** Of the comparison that answers it. */
  readonly id: string;
}

/** Everything that is wrong with a request, or all that it takes to answer it. */
export async function readQuestion(asked: unknown, database: Database): Promise<Result<Question>> {
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
  const id = identify(workload, book.value.snapshot);
  return { ok: true, value: { request: request.value, workload, book: book.value, id } };
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
