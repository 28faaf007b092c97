/** What a cell holds, whatever the file's format. A cell with nothing in it is undefined. */
export type Cell =
  | { readonly kind: "text"; readonly text: string }
  /** As the spreadsheet keeps it, whatever it looks like there: no locale is needed to read it. */
  | { readonly kind: "number"; readonly text: string }
  /** What a spreadsheet takes for a day or a time. */
  | { readonly kind: "date"; readonly text: string }
  | { readonly kind: "unreadable"; readonly failure: CellFailure };

/** Why a cell has no value; the message goes on after the cell's header. */
export interface CellFailure {
  readonly code: string;
  readonly message: string;
}

export interface TableRow {
  /** As the spreadsheet counts it, from 1. */
  readonly row: number;
  readonly cells: readonly (Cell | undefined)[];
}

/** Rows and columns from 1 and from 0, both ends included. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** A CSV file, or a sheet of a workbook. */
export interface Table {
  /** Null: a CSV, which has none. */
  readonly sheet: string | null;
  /** What is empty is left out. */
  readonly rows: AsyncIterable<TableRow>;
  readonly merged: readonly CellRange[];
}

/** The file ends here as a list: what comes after this cannot be read. */
export class UnreadableList extends Error {
  override readonly name = "UnreadableList";
  readonly code: string;
  /** Null: the whole of it. */
  readonly row: number | null;

  constructor(message: string, { code, row = null, ...options }: ErrorOptions & { code: string; row?: number | null }) {
    super(message, options);
    this.code = code;
    this.row = row;
  }
}

/** `A`, `Z`, `AA`, for columns from 0. */
export function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}
