import type { Problem } from "../core/model/problem.ts";
import { hoursTable } from "./csv-hours.ts";
import { unknownOption } from "./csv-known.ts";
import { linesTable } from "./csv-lines.ts";
import { optionsTable } from "./csv-options.ts";
import type { CsvQuery } from "./csv-query.ts";
import { type CsvTable, csvOf, digits } from "./csv-table.ts";
import type { Displayed } from "./exchange.ts";
import { focusTable } from "./focus.ts";
import type { OptionDocument } from "./json.ts";

interface Asked {
  readonly stale: string | null;
  readonly query: CsvQuery;
}

/** The answer for spreadsheets: a row for each option, each line item or each hour of each line item, or a planned bill. */
export function comparisonCsv(document: Displayed, { stale, query }: Asked): ReturnType<typeof csvOf> {
  const table = oddlyAsked(query, document) ?? tableOf(document, { stale, query });
  return "code" in table ? { problem: table } : csvOf(withRate(table, document), query);
}

/** Before the number of pages, which stays the last column. */
function withRate(table: CsvTable, { exchange }: Displayed): CsvTable {
  if (exchange === undefined) return table;
  const { from, rate, date } = exchange;
  return {
    columns: [...table.columns.slice(0, -1), "priced_currency", "exchange_rate", "exchange_rate_date", "pages"],
    groups: table.groups.map(({ count, row }) => ({ count, row: (at) => [...row(at), from, digits(rate), date] })),
  };
}

function tableOf(document: Displayed, asked: Asked): CsvTable | Problem {
  const { query } = asked;
  if (query.format === "focus") return focusTable(document, query);
  const options = optionsAsked(document, query);
  if ("code" in options) return options;
  if (query.rows === "lines") return linesTable(options, document);
  if (query.rows === "hours") return hoursTable(options, document);
  return optionsTable(options, { document, ...asked });
}

/** What is of a planned bill alone, or of everything else. */
function oddlyAsked({ format, rows, per, month, focusVersion }: CsvQuery, { exchange }: Displayed): Problem | null {
  const currency = exchange?.currency ?? null;
  const odd = format === "focus" ? { rows, currency } : { per, month, focusVersion };
  const found = Object.entries(odd).find(([, value]) => value !== null);
  if (found === undefined) return null;
  const [path] = found;
  const message =
    format === "focus" ? `${path} is not for format=focus: leave it out.` : `${path} is for format=focus: add that.`;
  return { code: "conflicting_values", path, message };
}

/** An option that is not feasible has no lines: its total is none. */
function optionsAsked({ options }: Displayed, { option, rows }: CsvQuery): readonly OptionDocument[] | Problem {
  const priced = rows === "lines" || rows === "hours";
  const shown = priced ? options.filter(({ feasible }) => feasible) : options;
  if (option === null) return shown;
  const found = shown.find(({ id }) => id === option);
  return found === undefined ? unknownOption(option, shown) : [found];
}
