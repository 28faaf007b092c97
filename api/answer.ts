import { storeComparison } from "../db/comparisons.ts";
import type { Database } from "../db/database.ts";
import { readPriceBook } from "../db/price-book.ts";
import { catalogue } from "./aws/catalogue.ts";
import { documentFormats } from "./aws/documents/catalogue.ts";
import { compareOptions, optionIds } from "./core/compare-options.ts";
import type { PriceBook } from "./core/model/price-book.ts";
import type { Problem, Result } from "./core/model/problem.ts";
import type { Workload } from "./core/model/workload.ts";
import { parse } from "./core/parsing/parse.ts";
import { engine, identify } from "./identify.ts";
import { type ComparisonDocument, comparisonDocument } from "./present/json.ts";

/** Documents ─parse→ Workload, priced, set side by side and stored: what every door of the house asks for. */
export async function answer(request: unknown, database: Database): Promise<Result<ComparisonDocument>> {
  const parsed = parse(request, documentFormats);
  if (!parsed.ok) return parsed;
  const workload = parsed.value;
  const book = await readPriceBook(database, { region: workload.region });
  if (!book.ok) return book;
  const problems = problemsOf(workload, book.value);
  if (problems.length > 0) return { ok: false, problems };
  const comparison = compareOptions(workload, { book: book.value, catalogue });
  const document = comparisonDocument(comparison, { id: identify(workload, book.value.snapshot), engine });
  await storeComparison(database, { id: document.id, body: JSON.stringify(document) });
  return { ok: true, value: document };
}

function problemsOf(workload: Workload, book: PriceBook): Problem[] {
  const known = optionIds({ catalogue });
  const unknown = (workload.options ?? []).flatMap((option, at) =>
    known.includes(option)
      ? []
      : [
          {
            code: "option_unknown",
            path: `options[${at}]`,
            message: `There is no option "${option}". Known: ${known.join(", ")}.`,
          },
        ],
  );
  return [...unknown, ...catalogue.check(workload, book)];
}
