import { type KeptComparison, storeComparison } from "../db/comparisons.ts";
import type { Database } from "../db/database.ts";
import { readPriceBook, rememberedBook } from "../db/price-book.ts";
import { isUnreachable } from "../db/unreachable.ts";
import { catalogue } from "./aws/catalogue.ts";
import { documentFormats } from "./aws/documents/catalogue.ts";
import { compareOptions, optionIds } from "./core/compare-options.ts";
import { isObject } from "./core/model/field.ts";
import type { PriceBook } from "./core/model/price-book.ts";
import type { Problem, Result } from "./core/model/problem.ts";
import type { Workload } from "./core/model/workload.ts";
import { ownPrices } from "./core/own-prices.ts";
import { parse } from "./core/parsing/parse.ts";
import { engine, identify } from "./identify.ts";
import { type ComparisonDocument, comparisonDocument } from "./present/json.ts";
import { type Stage, stopwatch } from "./stopwatch.ts";
import { withStoredDocuments } from "./stored-documents.ts";

export interface Answered {
  readonly document: ComparisonDocument;
  /** False: the database could not be asked. The prices are the last ones it gave, and the comparison is not stored. */
  readonly isStored: boolean;
  readonly stages: readonly Stage[];
}

/** Documents ─parse→ Workload, priced, set side by side and stored: what every door of the house asks for. */
export async function answer(asked: unknown, database: Database): Promise<Result<Answered>> {
  const watch = stopwatch();
  const options = unknownOptions(asked);
  const refused = (problems: readonly Problem[]) => ({ ok: false, problems: [...problems, ...options] }) as const;
  const request = await withStoredDocuments(asked, database);
  if (!request.ok) return refused(request.problems);
  const parsed = parse(request.value, documentFormats);
  if (!parsed.ok) return refused(parsed.problems);
  watch.lap("parse");
  const priced = await priceBookFor(parsed.value, database);
  if (!priced.ok) return refused(priced.problems);
  const { workload, book, isConfirmed } = priced.value;
  const problems = [...options, ...catalogue.check(workload, book)];
  if (problems.length > 0) return { ok: false, problems };
  watch.lap("prices");
  const comparison = compareOptions(workload, { book, catalogue });
  watch.lap("compare");
  const document = comparisonDocument(comparison, { id: identify(workload, book.snapshot), engine });
  const kept = { id: document.id, body: JSON.stringify(document), ownPrices: workload.rateCard !== null };
  const isStored = isConfirmed && (await isKept(kept, database));
  watch.lap("store");
  return { ok: true, value: { document, isStored, stages: watch.stages } };
}

interface Priced {
  readonly workload: Workload;
  readonly book: PriceBook;
  /** False: the database did not answer, and this is what it said last. */
  readonly isConfirmed: boolean;
}

/** Published prices, with the user's own in their place. */
async function priceBookFor(workload: Workload, database: Database): Promise<Result<Priced>> {
  const published = await publishedBook(workload, database);
  if (!published.ok) return published;
  const { book, isConfirmed } = published.value;
  const own = workload.rateCard === null ? ({ ok: true, value: book } as const) : ownPrices(book, workload.rateCard);
  return own.ok ? { ok: true, value: { workload, book: own.value, isConfirmed } } : own;
}

async function publishedBook(workload: Workload, database: Database): Promise<Result<Omit<Priced, "workload">>> {
  try {
    const read = await readPriceBook(database, workload);
    return read.ok ? { ok: true, value: { book: read.value, isConfirmed: true } } : read;
  } catch (error) {
    const book = isUnreachable(error) ? rememberedBook(database, workload) : null;
    if (book === null) throw error;
    return { ok: true, value: { book, isConfirmed: false } };
  }
}

/** A comparison that cannot be stored is one all the same. */
async function isKept(kept: KeptComparison, database: Database): Promise<boolean> {
  try {
    await storeComparison(database, kept);
    return true;
  } catch (error) {
    if (isUnreachable(error)) return false;
    throw error;
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
