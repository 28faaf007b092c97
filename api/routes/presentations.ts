import { parseAccept } from "hono/utils/accept";
import type { Problem } from "../core/model/problem.ts";
import { comparisonCsv } from "../present/csv.ts";
import type { Displayed } from "../present/exchange.ts";
import type { ComparisonDocument } from "../present/json.ts";
import { comparisonText } from "../present/text.ts";
import { comparisonWorkbook } from "../present/workbook.ts";
import { csvParameters, readCsvQuery } from "./csv-parameters.ts";
import { exchangeParameters } from "./exchange-parameters.ts";
import type { Parameters } from "./query.ts";

/** One way to show a comparison: a file under `present/` and a line here. */
export interface Presentation {
  readonly mediaType: string;
  /** What an address ends in that asks for it: `json`. */
  readonly extension: string;
  /** `mediaType` with its parameters. */
  readonly contentType: string;
  /** What of the query it understands; left out: nothing. */
  readonly parameters?: Parameters;
  /** It is kept as a file rather than read on the spot. */
  readonly isFile?: boolean;
  present(document: Displayed, asked: AskedFor): Presented | Promise<Presented>;
}

export interface AskedFor {
  /** A sentence for those who ask today, where the prices are stale. */
  readonly stale: string | null;
  /** By the names of `parameters`; null: not given. */
  readonly query: Readonly<Record<string, unknown>>;
}

/** The whole of it; one page of it and how many there are; or why what the query asks for cannot be had of this comparison. */
export type Presented = Body | { readonly page: string; readonly pages: number } | { readonly problem: Problem };

export type Body = string | Uint8Array<ArrayBuffer>;

export const workbookMediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The first is what those get who ask for nothing in particular. */
export const presentations: readonly Presentation[] = [
  {
    ...{ mediaType: "application/json", contentType: "application/json", extension: "json" },
    present: (document) => JSON.stringify(document),
  },
  {
    ...{ mediaType: "text/plain", contentType: "text/plain; charset=utf-8", extension: "txt" },
    parameters: exchangeParameters,
    present: (document, { stale }) => comparisonText(document, stale),
  },
  {
    ...{ mediaType: "text/csv", contentType: "text/csv; charset=utf-8", extension: "csv" },
    parameters: csvParameters,
    present: (document, { stale, query }) => comparisonCsv(document, { stale, query: readCsvQuery(query) }),
  },
  {
    ...{ mediaType: workbookMediaType, contentType: workbookMediaType, extension: "xlsx", isFile: true },
    parameters: exchangeParameters,
    present: (document, { stale }) => workbookProblem(document) ?? comparisonWorkbook(document, stale),
  },
];

/** An isolate of Workers has 128 MB: within a heap of 110 MB, 10,600 lines could be written and 15,900 could not. */
const workbookLinesMax = 8000;

function workbookProblem({ options }: ComparisonDocument): { readonly problem: Problem } | null {
  const lines = options.reduce((sum, { lineItems }) => sum + lineItems.length, 0);
  if (lines <= workbookLinesMax) return null;
  const message = `The comparison has ${lines} line items, and a workbook holds ${workbookLinesMax}. Take it as CSV (rows=lines), or ask for fewer options.`;
  return { problem: { code: "too_many_lines", path: "", message } };
}

/** The presentation that an Accept header prefers; null: it accepts none of them. */
export function negotiate(accept: string | undefined): Presentation | null {
  return preferred(accept, presentations);
}

/** Of things that can be had, the one that an Accept header prefers (RFC 9110, section 12.5.1), or the first; null: none of them. */
export function preferred<T extends { readonly mediaType: string }>(
  accept: string | undefined,
  all: readonly T[],
): T | null {
  if (accept === undefined || accept.trim() === "") return all[0] ?? null;
  const ranges = parseAccept(accept).map(({ type, q }) => ({ type: type.toLowerCase(), quality: q }));
  let best: { readonly one: T; readonly quality: number } | null = null;
  for (const one of all) {
    const quality = qualityOf(one.mediaType, ranges);
    if (quality > (best?.quality ?? 0)) best = { one, quality };
  }
  return best?.one ?? null;
}

/** Of the range that names the media type most closely, whatever a wider range says. */
function qualityOf(mediaType: string, ranges: readonly { readonly type: string; readonly quality: number }[]): number {
  for (const name of [mediaType, `${mediaType.split("/")[0]}/*`, "*/*"]) {
    const range = ranges.find(({ type }) => type === name);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
