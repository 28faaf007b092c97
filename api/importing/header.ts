import { type ColumnName, type ColumnUnit, columnOf, isResultHeader, nearestColumn } from "./columns.ts";
import { type ListProblem, shortened } from "./list-problem.ts";
import { columnName, type TableRow } from "./table.ts";

/** Titles and the like may stand above the header: it is looked for in so many rows. */
export const headerRowsMax = 11;

export interface Column {
  /** From 0. */
  readonly at: number;
  readonly unit: ColumnUnit;
  /** As the list writes it. */
  readonly header: string;
}

export interface Header {
  readonly row: number;
  /** Cells from here on belong to no column. */
  readonly width: number;
  readonly columns: ReadonlyMap<ColumnName, Column>;
  readonly problems: readonly ListProblem[];
}

/** The row that has the most headers Stowage knows; null: none has two. */
export function findHeader(rows: readonly TableRow[], required: readonly ColumnName[]): Header | null {
  let best: { readonly row: TableRow; readonly count: number } | null = null;
  for (const row of rows) {
    const count = new Set(headersOf(row).flatMap(({ header }) => columnOf(header)?.name ?? [])).size;
    if (count > (best?.count ?? 1)) best = { row, count };
  }
  return best === null ? null : headerAt(best.row, required);
}

interface HeaderCell {
  readonly at: number;
  readonly header: string;
}

function headersOf({ cells }: TableRow): HeaderCell[] {
  return [...cells.entries()].flatMap(([at, cell]) =>
    cell?.kind === "text" && cell.text.trim() !== "" ? [{ at, header: cell.text.trim() }] : [],
  );
}

function headerAt(row: TableRow, required: readonly ColumnName[]): Header {
  const columns = new Map<ColumnName, Column>();
  const unknown: HeaderCell[] = [];
  const problems: ListProblem[] = [];
  for (const { at, header } of headersOf(row)) {
    const column = columnOf(header);
    if (column === null) {
      if (!isResultHeader(header)) unknown.push({ at, header });
      continue;
    }
    const taken = columns.get(column.name);
    if (taken === undefined) columns.set(column.name, { at, unit: column.unit, header });
    else problems.push(duplicate(column.name, taken, { at, header, row: row.row }));
  }
  const misspelt = unknown.slice(0, comparedMax).flatMap((cell) => {
    const meant = nearestColumn(cell.header);
    return meant === null || columns.has(meant) ? [] : [{ ...cell, meant }];
  });
  problems.push(...misspelt.map((cell) => misspeltColumn(cell, row.row)));
  const absent = required.filter((name) => !columns.has(name) && !misspelt.some(({ meant }) => meant === name));
  problems.push(...absent.map((name) => missing(name, unknown, row.row)));
  return { row: row.row, width: row.cells.length, columns, problems };
}

/** Further columns are nobody's business. One that is left unread for a slip of the pen would change figures unseen. */
function misspeltColumn({ at, header, meant }: HeaderCell & { meant: ColumnName }, row: number): ListProblem {
  const message = `"${shortened(header)}" is no column that Stowage knows. Did you mean "${meant}"? Rename it so; if it is something else, to what is less alike.`;
  return { code: "misspelt_column", message, row, column: at };
}

function duplicate(name: ColumnName, taken: Column, { at, header, row }: HeaderCell & { row: number }): ListProblem {
  const both = `"${shortened(taken.header)}" (column ${columnName(taken.at)}) and "${shortened(header)}" (column ${columnName(at)})`;
  return {
    ...{ code: "duplicate_column", row, column: at },
    message: `${both} both say the ${name} of a service. Remove one, or rename it to something else.`,
  };
}

function missing(name: ColumnName, unknown: readonly HeaderCell[], row: number): ListProblem {
  const others = unknown.slice(0, unknownMax).map(({ header }) => `"${shortened(header)}"`);
  const more = unknown.length > unknownMax ? ` and ${unknown.length - unknownMax} more` : "";
  const hint = unknown.length === 0 ? "" : ` Stowage knows nothing of ${others.join(", ")}${more}.`;
  const instead = name === "region" ? ", or name a region for all rows in the request" : "";
  const message = `The list has no column "${name}".${hint} Add a column with the header "${name}"${instead}.`;
  return { code: "missing_column", message, row, column: null };
}

const unknownMax = 10;
/** Of a list with more columns that nobody knows, the further ones are not looked at for slips of the pen. */
const comparedMax = 200;
