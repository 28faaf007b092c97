import { stringify } from "csv-stringify/sync";
import type { Problem } from "../core/model/problem.ts";

/** A number stays one whatever it begins with; text that a spreadsheet would take for a formula does not. */
export interface Digits {
  readonly digits: string;
}
export type Cell = string | Digits | number | boolean | null;

/** Rows that belong together, made one by one, so that a page of a long table costs no more than the page. */
export interface RowGroup {
  readonly count: number;
  row(at: number): readonly Cell[];
}

export interface CsvTable {
  /** The last one is of the number of pages, which rows leave out. */
  readonly columns: readonly string[];
  readonly groups: readonly RowGroup[];
}

const pageBytesMax = 600_000;
/** More than that at once is a burden to whoever reads it too. */
const wholePagesMax = 32;

export function digits(text: string | null): Digits | null {
  return text === null ? null : { digits: text };
}

/**
 * RFC 4180 with a heading; the whole table, or one page of it: pages have rows in equal numbers, so many that the longest of them still
 * come to less than 1 MB.
 */
export function csvOf(
  table: CsvTable,
  { page, bom }: { readonly page: number | null; readonly bom: boolean },
): string | { readonly page: string; readonly pages: number } | { readonly problem: Problem } {
  const rows = table.groups.reduce((sum, { count }) => sum + count, 0);
  const perPage = rowsPerPage(table);
  const pages = Math.max(1, Math.ceil(rows / perPage));
  if (page === null) {
    if (pages > wholePagesMax) return { problem: tooLong(rows, pages) };
    return written(table, { from: 0, to: rows, bom, pages: 1 });
  }
  if (page > pages) return { problem: noPage(page, pages) };
  return { page: written(table, { from: (page - 1) * perPage, to: page * perPage, bom, pages }), pages };
}

function rowsPerPage({ columns, groups }: CsvTable): number {
  const heading = bytesOf(textOf([columns]));
  const ends = groups.filter(({ count }) => count > 0).flatMap(({ row, count }) => [row(0), row(count - 1)]);
  // Amounts between the first and the last of a group may have more digits than theirs.
  const longest = ends.reduce((most, row) => Math.max(most, bytesOf(textOf([row])) + 40), 0);
  return Math.max(1, Math.floor((pageBytesMax - heading) / Math.max(longest, 1)));
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

interface Part {
  /** Rows, from the first to before the last. */
  readonly from: number;
  readonly to: number;
  readonly bom: boolean;
  readonly pages: number;
}

function written({ columns, groups }: CsvTable, { from, to, bom, pages }: Part): string {
  const rows: (readonly Cell[])[] = [columns];
  let first = 0;
  for (const group of groups) {
    const end = Math.min(group.count, to - first);
    for (let at = Math.max(0, from - first); at < end; at++) rows.push([...group.row(at), pages]);
    first += group.count;
  }
  return `${bom ? "\uFEFF" : ""}${textOf(rows)}`;
}

/** Lines of a table, each with its end. */
export function textOf(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows as Cell[][], { record_delimiter: "windows", cast });
}

const cast = {
  string: (text: string) => (formula.test(text) ? `'${text}` : text),
  object: (number: object) => ("digits" in number ? String(number.digits) : null),
  boolean: (is: boolean) => `${is}`,
};

/**
 * What spreadsheets begin a formula with (OWASP, CSV Injection), as people and as East Asian keyboards write it; apostrophes before it
 * are given one more, so that taking one away gives back what it was.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

function tooLong(rows: number, pages: number): Problem {
  const message = `These are ${rows} rows, too many at once. Ask for ${pages} pages one by one (page=1), or for one option (option=…).`;
  return { code: "too_long", path: "page", message };
}

function noPage(page: number, pages: number): Problem {
  return { code: "out_of_range", path: "page", message: `There is no page ${page}: the last one is page ${pages}.` };
}
