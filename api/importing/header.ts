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
    const count = new Set(headersOf(row).map(({ header }) => columnOf(header)?.name ?? null)).size;
    const known = headersOf(row).some(({ header }) => columnOf(header) === null) ? count - 1 : count;
    if (known >= 2 && known > (best?.count ?? 0)) best = { row, count: known };
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
  for (const name of required) if (!columns.has(name)) problems.push(missing(name, unknown, row.row));
  return { row: row.row, width: row.cells.length, columns, problems };
}

function duplicate(name: ColumnName, taken: Column, { at, header, row }: HeaderCell & { row: number }): ListProblem {
  const both = `"${shortened(taken.header)}" (column ${columnName(taken.at)}) and "${shortened(header)}" (column ${columnName(at)})`;
  return {
    ...{ code: "duplicate_column", row, column: at },
    message: `${both} both say the ${name} of a service. Remove one, or rename it to something else.`,
  };
}

/** Further columns are nobody's business, until one that is needed is missing: it may be one of them, misspelt. */
function missing(name: ColumnName, unknown: readonly HeaderCell[], row: number): ListProblem {
  const meant = unknown.find(({ header }) => nearestColumn(header) === name);
  const others = unknown.slice(0, unknownMax).map(({ header }) => `"${shortened(header)}"`);
  const more = unknown.length > unknownMax ? ` and ${unknown.length - unknownMax} more` : "";
  const hint =
    meant === undefined
      ? unknown.length === 0
        ? ""
        : ` Columns that Stowage does not know: ${others.join(", ")}${more}.`
      : ` Did you mean "${shortened(meant.header)}" (column ${columnName(meant.at)}) to be it?`;
  const instead = name === "region" ? ", or give a region for all rows in the request (defaultRegion)" : "";
  return {
    ...{ code: "missing_column", row, column: meant?.at ?? null },
    message: `The list has no column "${name}".${hint} Add a column with the header "${name}"${instead}.`,
  };
}

const unknownMax = 10;
