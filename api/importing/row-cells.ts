import type { ColumnName } from "./columns.ts";
import type { Header } from "./header.ts";
import { type ListProblem, shortened } from "./list-problem.ts";
import { type NumberStyle, type Reading, storedStyle } from "./numbers.ts";
import type { QuantityStyle } from "./quantities.ts";
import type { Cell, CellFailure, TableRow } from "./table.ts";

const empty = new Set(["", "-", "--", "–", "—", "n/a", "null"]);

/** What people write into a cell that has nothing to say counts as nothing. */
export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (cell.kind === "text" && empty.has(cell.text.trim().toLowerCase()));
}

/** The cells of a row by their columns, and what is wrong with them. */
export class RowCells {
  readonly problems: ListProblem[] = [];
  readonly row: number;
  readonly #cells: TableRow["cells"];
  readonly #columns: Header["columns"];
  readonly #numbers: NumberStyle | null;

  constructor({ row, cells }: TableRow, { header, numbers }: { header: Header; numbers: NumberStyle | null }) {
    this.row = row;
    this.#cells = cells;
    this.#columns = header.columns;
    this.#numbers = numbers;
  }

  firstFrom(width: number): number | null {
    const at = this.#cells.findIndex((cell, column) => column >= width && !isBlank(cell));
    return at < 0 ? null : at;
  }

  /** Undefined: the cell is empty, or has no value, which is then a problem. */
  given<T>(name: ColumnName, reader: (text: string) => Reading<T>): T | undefined {
    return this.#value(name, (cell) => readWords(cell, reader));
  }

  givenNumber<T>(name: ColumnName, reader: QuantityReader<T>): T | undefined {
    const unit = this.#columns.get(name)?.unit ?? null;
    return this.#value(name, (cell) => readQuantity(cell, reader, { numbers: this.#numbers, unit }));
  }

  needed<T>(name: ColumnName, reader: (text: string) => Reading<T>): T | undefined {
    this.refuseBlank(name);
    return this.given(name, reader);
  }

  neededNumber<T>(name: ColumnName, reader: QuantityReader<T>): T | undefined {
    this.refuseBlank(name);
    return this.givenNumber(name, reader);
  }

  refuseBlank(name: ColumnName): void {
    if (!isBlank(this.#at(name))) return;
    const column = this.#columns.get(name);
    const message = `${shortened(column?.header ?? name)} is empty, and every service needs it.`;
    this.problems.push({ code: "missing_value", message, row: this.row, column: column?.at ?? null });
  }

  refuse(name: ColumnName, { code, message }: CellFailure): void {
    const column = this.#columns.get(name);
    const cell = this.#at(name);
    const said = cell !== undefined && "text" in cell ? `says "${shortened(cell.text.trim())}"` : "has no value";
    const text = `${shortened(column?.header ?? name)} ${said}: ${message}.`.replace(/([.?])\.$/, "$1");
    this.problems.push({ code, message: text, row: this.row, column: column?.at ?? null });
  }

  #at(name: ColumnName): Cell | undefined {
    const column = this.#columns.get(name);
    return column === undefined ? undefined : this.#cells[column.at];
  }

  #value<T>(name: ColumnName, reader: (cell: Cell) => Reading<T>): T | undefined {
    const cell = this.#at(name);
    if (cell === undefined || isBlank(cell)) return;
    const reading = reader(cell);
    if (reading.ok) return reading.value;
    this.refuse(name, reading);
    return;
  }
}

type QuantityReader<T> = (text: string, style: QuantityStyle) => Reading<T>;

function readWords<T>(cell: Cell, reader: (text: string) => Reading<T>): Reading<T> {
  const failure = failureOf(cell, { date: dateForText, lengthMax: textLengthMax });
  return failure === null && "text" in cell ? reader(cell.text.trim()) : { ok: false, ...(failure ?? dateForText) };
}

function readQuantity<T>(cell: Cell, reader: QuantityReader<T>, style: QuantityStyle): Reading<T> {
  if (cell.kind === "number") return reader(cell.text, { ...style, numbers: storedStyle });
  const failure = failureOf(cell, { date: dateForNumber, lengthMax: numberLengthMax });
  if (failure !== null || !("text" in cell)) return { ok: false, ...(failure ?? dateForNumber) };
  return dateLike.test(cell.text.trim()) ? { ok: false, ...dateForNumber } : reader(cell.text.trim(), style);
}

/** Null: its text can be looked at. */
function failureOf(cell: Cell, { date, lengthMax }: { date: CellFailure; lengthMax: number }): CellFailure | null {
  if (cell.kind === "unreadable") return cell.failure;
  if (cell.kind === "date") return date;
  if (cell.text.includes("\uFFFD")) return wronglyEncoded;
  const { length } = cell.text.trim();
  const message = `it has ${length} characters. Write at most ${lengthMax}`;
  return length > lengthMax ? { code: "text_too_long", message } : null;
}

/** No cell that says something is longer, and what looks into one may take its time. */
const numberLengthMax = 60;
const textLengthMax = 255;

/** As spreadsheets write days into a CSV: `02-Jan`, `1. Feb`, `Jan 26`, `01.02.2026`, `2026-02-01`. */
const dateLike =
  /^(\d{1,2}[-./ ]{1,2})?(jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z.]*([-./ ]+\d{2,4})?$|^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}$|^\d{1,2}\.\d{1,2}\.\d{4}$/iu;

const dateForNumber: CellFailure = {
  code: "date_in_number_column",
  message:
    "a number belongs here. A spreadsheet turns what looks like a day (1-2, 1/2, 2.1) into one; format the column as text and type it again",
};

const dateForText: CellFailure = {
  code: "date_in_text_column",
  message: "a spreadsheet has made a day or time of what was typed. Format the column as text and type it again",
};

const wronglyEncoded: CellFailure = {
  code: "wrong_encoding",
  message:
    "it has bytes that are not of the file's encoding, shown as \uFFFD. Save the list as UTF-8, or declare its encoding (?encoding=windows-1252)",
};
