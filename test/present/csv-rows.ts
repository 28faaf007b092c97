import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { comparisonCsv } from "../../api/present/csv.ts";
import type { CsvQuery } from "../../api/present/csv-query.ts";
import { type ComparisonDocument, comparisonDocument } from "../../api/present/json.ts";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf } from "../core/comparison-of.ts";

const [book] = await bundledBooks("us-east-1");

/** The answer to the request of a golden case, with other fields laid over it. */
export function goldenDocument(name: string, over: object = {}): ComparisonDocument {
  const input = readFileSync(new URL(`../golden/${name}/input.json`, import.meta.url), "utf8");
  const request = { ...JSON.parse(input), ...over };
  return comparisonDocument(comparisonOf(request, book), { id: "0123456789abcdef", engine: "1.0.0" });
}

const unasked: CsvQuery = {
  ...{ rows: null, format: null, option: null, bom: false, page: null, per: null, month: null, focusVersion: null },
};

/** What comes of it, whole or refused. */
export function csvOf(document: ComparisonDocument, query: Partial<CsvQuery> = {}) {
  return comparisonCsv(document, { stale: null, query: { ...unasked, ...query } });
}

export type Row = Readonly<Record<string, string>>;

export function rowsOf(text: unknown): Row[] {
  if (typeof text !== "string") throw new Error(`No CSV: ${JSON.stringify(text)}`);
  return parse(text, { columns: true, record_delimiter: "\r\n" }) as Row[];
}
