import type { CellProblem } from "./service-row.ts";
import { columnName } from "./table.ts";

/** What is wrong in a list before it is known which: a CSV, or a sheet of a workbook. */
export interface ListProblem {
  readonly code: string;
  readonly message: string;
  /** From 1; null: the whole list. */
  readonly row: number | null;
  /** From 0; null: the whole row. */
  readonly column: number | null;
}

/** Says where as spreadsheets do: `Services!C7`, `'My services'!C7`; in a CSV `C7`; a whole row is `Services!7:7`. */
export function located(problem: ListProblem, sheet: string | null): CellProblem {
  const { code, message, row } = problem;
  const column = problem.column === null ? null : columnName(problem.column);
  const cell = row === null ? "" : column === null ? `${row}:${row}` : `${column}${row}`;
  const name =
    sheet === null ? "" : /^[\p{L}_][\p{L}\p{N}_]*$/u.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;
  const path = [name, cell].filter((part) => part !== "").join("!");
  return { code, path, message, sheet, row, column };
}

/** Enough of what somebody wrote to find it again. */
export function shortened(text: string): string {
  const printable = text.replace(/[\p{Cc}\u2028\u2029]/gu, "·");
  return printable.length <= 60 ? printable : `${printable.slice(0, 59).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
