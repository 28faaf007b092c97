import { storedNumber } from "./numbers.ts";
import type { Cell, CellRange, TableRow } from "./table.ts";
import { UnreadableList } from "./table.ts";
import { RunText, unescaped, type WorkbookContents } from "./workbook-contents.ts";
import type { WorkbookPackage, XmlReader } from "./workbook-package.ts";

const sheetMebibytesMax = 128;
/** What lies further right is no part of a list of services. */
const columnsMax = 1000;

/** The rows of a sheet that have anything in them, as they are unpacked. Throws `UnreadableList`. */
export async function* sheetRows(
  parts: WorkbookPackage,
  path: string,
  contents: WorkbookContents,
): AsyncGenerator<TableRow> {
  const reader = new RowReader(contents);
  for await (const _ of parts.read(path, reader, sheetMebibytesMax)) yield* reader.taken();
}

/** They stand behind the rows, and are needed before them. */
export async function mergedCells(parts: WorkbookPackage, path: string): Promise<CellRange[]> {
  const ranges: CellRange[] = [];
  const opened = (name: string, { ref = "" }: Readonly<Record<string, string>>) => {
    if (name !== "mergeCell") return;
    const [start = "", end = start] = ref.split(":");
    const [first, last] = [placeOf(start), placeOf(end)];
    if (ranges.length >= mergedMax) throw tooManyMerged;
    ranges.push({ firstRow: first.row, lastRow: last.row, firstColumn: first.column, lastColumn: last.column });
  };
  for await (const _ of parts.read(path, { opened }, sheetMebibytesMax));
  return ranges;
}

const mergedMax = 100_000;

const tooManyMerged = new UnreadableList(`The sheet has more than ${mergedMax} merged cells. Unmerge them.`, {
  code: "merged_cells",
});

/** `C7`: the row from 1, the column from 0. */
function placeOf(reference: string): { readonly row: number; readonly column: number } {
  let column = 0;
  let at = 0;
  for (; at < reference.length && reference.charCodeAt(at) > 64; at++) {
    column = column * 26 + (reference.charCodeAt(at) & 31);
  }
  return { row: Number(reference.slice(at)), column: column - 1 };
}

class RowReader implements XmlReader {
  readonly #contents: WorkbookContents;
  #rows: TableRow[] = [];
  #row = 0;
  #column = -1;
  #cells: (Cell | undefined)[] = [];
  #type = "";
  #style = 0;
  #isFormula = false;
  #isValue = false;
  #value = "";
  readonly #inline = new RunText();

  constructor(contents: WorkbookContents) {
    this.#contents = contents;
  }

  taken(): TableRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  opened(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "row") this.#startRow(attributes.r);
    else if (name === "c") this.#startCell(attributes);
    else if (name === "f") this.#isFormula = true;
    else if (name === "v") this.#isValue = true;
    else this.#inline.opened(name);
  }

  text(text: string): void {
    if (this.#isValue) this.#value += text;
    else this.#inline.add(text);
  }

  closed(name: string): void {
    if (name === "row" && this.#cells.length > 0) this.#rows.push({ row: this.#row, cells: this.#cells });
    else if (name === "c") this.#endCell();
    else if (name === "v") this.#isValue = false;
    else this.#inline.closed(name);
  }

  #startRow(row: string | undefined): void {
    const next = row === undefined ? this.#row + 1 : Number(row);
    if (!(next > this.#row)) throw disordered;
    this.#row = next;
    this.#column = -1;
    this.#cells = [];
  }

  #startCell({ r, t = "n", s = "0" }: Readonly<Record<string, string>>): void {
    this.#column = r === undefined ? this.#column + 1 : placeOf(r).column;
    this.#type = t;
    this.#style = Number(s);
    this.#value = "";
    this.#isFormula = false;
    this.#inline.restart();
  }

  #endCell(): void {
    const cell = this.#cell();
    if (cell !== undefined && this.#column >= 0 && this.#column < columnsMax) this.#cells[this.#column] = cell;
  }

  /**
   * Of a formula the value that it had when the workbook was saved: that is what its owner saw, also where it comes from another
   * workbook, which is not here to be asked.
   */
  #cell(): Cell | undefined {
    const written = this.#type === "inlineStr" ? this.#inline.value() : this.#value;
    if (this.#type === "e")
      return unreadable("error_value", `it is the error ${written.slice(0, 20)}. Correct its formula`);
    if (this.#isFormula && written === "" && this.#type !== "str") {
      return unreadable(
        "formula_without_value",
        "its formula was saved without a value. Open the workbook in a spreadsheet and save it",
      );
    }
    if (this.#type === "s") return textCell(this.#contents.sharedStrings[Number(written)] ?? "");
    if (this.#type === "str") return textCell(unescaped(written));
    if (this.#type === "b") return textCell(/^(1|true)$/i.test(written) ? "TRUE" : "FALSE");
    if (this.#type === "d") return { kind: "date", text: written };
    return this.#type === "inlineStr" ? textCell(written) : this.#number(written);
  }

  #number(written: string): Cell | undefined {
    if (written === "") return;
    const text = storedNumber(written);
    if (text === null) return textCell(written);
    const format = this.#contents.formats[this.#style] ?? "plain";
    if (format === "date") return { kind: "date", text: dayOf(Number(written), this.#contents.is1904) };
    return format === "percent" ? textCell(`${storedNumber(String(Number(text) * 100))}%`) : { kind: "number", text };
  }
}

const disordered = new UnreadableList(
  "The rows of the sheet are out of order. Open the workbook, save it again and send that.",
  {
    code: "damaged_workbook",
  },
);

function unreadable(code: string, message: string): Cell {
  return { kind: "unreadable", failure: { code, message } };
}

function textCell(text: string): Cell | undefined {
  return text.trim() === "" ? undefined : { kind: "text", text };
}

/** Days are counted from the last one of 1899, which makes up for a 29 February 1900 that spreadsheets have and the calendar has not. */
function dayOf(serial: number, is1904: boolean): string {
  const from = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const instant = new Date(from + Math.round(serial * 86_400) * 1000);
  if (Number.isNaN(instant.getTime())) return String(serial);
  return serial < 1 ? instant.toISOString().slice(11, 16) : instant.toISOString().slice(0, 10);
}
