import type { Database } from "../db/database.ts";
import { readPriceBook, rememberedBook } from "../db/price-book.ts";
import { isUnreachable } from "../db/unreachable.ts";
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
import { type Stopwatch, stopwatch } from "./stopwatch.ts";
import { withStoredDocuments } from "./stored-documents.ts";

/** A request in which nothing is wrong, with the prices to answer it from. */
export interface Question extends Priced {
  /** With the names of stored documents written out. */
  readonly request: unknown;
  readonly workload: Workload;
  /** Of the comparison that answers it. */
  readonly id: string;
}

interface Priced {
  readonly book: PriceBook;
  /** False: the database did not answer, and this is what it said last. */
  readonly isConfirmed: boolean;
}

/** Everything that is wrong with a request, or all that it takes to answer it. */
export async function readQuestion(
  asked: unknown,
  database: Database,
  watch: Stopwatch = stopwatch(),
): Promise<Result<Question>> {
  const options = unknownOptions(asked);
  const refused = (problems: readonly Problem[]) => ({ ok: false, problems: [...problems, ...options] }) as const;
  const request = await withStoredDocuments(asked, database);
  if (!request.ok) return refused(request.problems);
  const parsed = parse(request.value, documentFormats);
  if (!parsed.ok) return refused(parsed.problems);
  const workload = parsed.value;
  watch.lap("parse");
  const priced = await pricesFor(workload, database);
  if (!priced.ok) return refused(priced.problems);
  const { book } = priced.value;
  const problems = [...options, ...catalogue.check(workload, book)];
  if (problems.length > 0) return { ok: false, problems };
  watch.lap("prices");
  const id = identify(workload, book.snapshot);
  return { ok: true, value: { request: request.value, workload, ...priced.value, id } };
}

/** Published prices, with the user's own in their place. */
async function pricesFor(workload: Workload, database: Database): Promise<Result<Priced>> {
  const published = await publishedBook(workload, database);
  if (!published.ok || workload.rateCard === null) return published;
  const own = ownPrices(published.value.book, workload.rateCard);
  return own.ok ? { ok: true, value: { ...published.value, book: own.value } } : own;
}

async function publishedBook(workload: Workload, database: Database): Promise<Result<Priced>> {
  try {
    const read = await readPriceBook(database, workload);
    return read.ok ? { ok: true, value: { book: read.value, isConfirmed: true } } : read;
  } catch (error) {
    const book = isUnreachable(error) ? rememberedBook(database, workload) : null;
    if (book === null) throw error;
    return { ok: true, value: { book, isConfirmed: false } };
  }
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
