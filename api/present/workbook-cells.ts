import type { Cell, CellStyle, WriteSheet } from "hucre/xlsx";
import { symbolOf } from "./amount.ts";

export type WorkbookCell = Partial<Cell>;
export type WorkbookRow = readonly (WorkbookCell | null)[];

/** A formula with the figure that it comes to, for viewers that do not calculate. */
export interface Formula {
  readonly formula: string;
  readonly result: number;
}

export type Look = "plain" | "input" | "given" | "title" | "warning" | "recommended";

export const defaultFont = { name: "Arial", size: 10 } as const;

/** Blue on yellow for what may be changed, grey for what stays as it was answered. */
const looks: Readonly<Record<Look, CellStyle>> = {
  plain: { font: defaultFont },
  input: { font: colored("1F3FBF"), fill: solid("FFF2CC"), border: framed("D6B656") },
  given: { font: colored("6B6B6B") },
  title: { font: { ...colored("1F4E5F"), bold: true, size: 16 } },
  warning: { font: { ...colored("9C0006"), bold: true } },
  recommended: { font: { ...defaultFont, bold: true }, fill: solid("E2EFDA") },
};

const header: CellStyle = { font: { ...colored("FFFFFF"), bold: true }, fill: solid("1F4E5F") };

const alignments = {
  left: { horizontal: "left", vertical: "top" },
  right: { horizontal: "right", vertical: "top", indent: 1 },
  wrapped: { vertical: "top", wrapText: true },
} as const;

/** What a spreadsheet holds in one cell. */
const textLengthMax = 32_767;

/** Text whatever it looks like: it is no formula, and does not become one when somebody edits it. */
export function text(value: string | null, look: Look = "plain"): WorkbookCell {
  const style = styleOf(look, "@", "wrapped");
  return { type: "string", value: literal((value ?? "").slice(0, textLengthMax)), style };
}

/** Text that may run over the cells to its right. */
export function label(value: string, look: Look = "plain"): WorkbookCell {
  return { type: "string", value: literal(value), style: styleOf(look, "@", "left") };
}

/** `_x000D_` is how these files write a carriage return (ECMA-376, part 1, 22.9.2.19): the underscore of text like it is written so itself. */
export function literal(value: string): string {
  return value.replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");
}

/** A decimal string or a formula, as a number. */
export function number(value: string | Formula, numFmt: string, look: Look = "plain"): WorkbookCell {
  const style = styleOf(look, numFmt, "right");
  if (typeof value === "string") return { type: "number", value: Number(value), style };
  return { type: "formula", value: value.result, formula: value.formula, formulaResult: value.result, style };
}

/** A day as a day, where it is one; else as its source words it. */
export function day(value: string | null, look: Look = "plain"): WorkbookCell {
  if (value === null || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return text(value, look);
  return { type: "date", value: new Date(`${value}T00:00:00Z`), style: styleOf(look, "yyyy-mm-dd", "left") };
}

/** One value for all cells that look the same: a large workbook has hundreds of thousands. */
function styleOf(look: Look, numFmt: string, alignment: keyof typeof alignments): CellStyle {
  const key = `${look} ${alignment} ${numFmt}`;
  const known = styles.get(key) ?? { ...looks[look], numFmt, alignment: alignments[alignment] };
  styles.set(key, known);
  return known;
}

const styles = new Map<string, CellStyle>();

export function headings(...names: readonly string[]): WorkbookRow {
  return names.map((name) => ({ type: "string", value: name, style: header }));
}

export const numberFormats = { count: "General", quantity: "#,##0.00####" } as const;

/** Money to the cent, and with all the decimals there are; null: of several currencies. */
export function moneyFormats(currency: string | null): { readonly cents: string; readonly exact: string } {
  const symbol = currency === null ? "" : symbolOf(currency);
  return { cents: `"${symbol}"#,##0.00`, exact: `"${symbol}"#,##0.00##########` };
}

/** `$A$1`, counted from 1 like the rows of a spreadsheet; no sheet has more columns than letters. */
export function fixedRef(row: number, column: number): string {
  return `$${String.fromCharCode(64 + column)}$${row}`;
}

/** `A` for 1, `AA` for 27. */
export function columnLetter(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest === 0 ? "" : columnLetter(rest)) + String.fromCharCode(65 + ((column - 1) % 26));
}

interface SheetPlan {
  readonly name: string;
  /** In characters, column after column. */
  readonly widths: readonly number[];
  readonly rows: readonly WorkbookRow[];
  /** Rows that stay in sight. */
  readonly frozenRows: number;
}

/** A sheet that prints on pages of its own width. */
export function sheet({ name, widths, rows, frozenRows }: SheetPlan): WriteSheet {
  const cells = new Map<string, WorkbookCell>();
  for (const [row, line] of rows.entries()) {
    for (const [column, cell] of line.entries()) {
      if (cell !== null) cells.set(`${row},${column}`, placed(cell, rows[row + 1]?.[column]));
    }
  }
  return {
    name,
    cells,
    columns: widths.map((width) => ({ width })),
    rows: rows.map((line) => line.map((cell) => cell?.value ?? null)),
    rowDefs: new Map(rows.map((line, at) => [at, { height: heightOf(line, widths) }])),
    freezePane: { rows: frozenRows },
    pageSetup: { paperSize: "a4", orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: "&L&A&RPage &P of &N" },
  };
}

/** Headings stand where the figures below them do. */
function placed(cell: WorkbookCell, below: WorkbookCell | null | undefined): WorkbookCell {
  if (cell.style !== header) return cell;
  const horizontal = below?.style?.alignment?.horizontal ?? "left";
  const indent = horizontal === "right" ? 1 : 0;
  return { ...cell, style: { ...header, alignment: { horizontal, indent, vertical: "center", wrapText: true } } };
}

/** In points: not every program makes room for what is wrapped. */
function heightOf(row: WorkbookRow, widths: readonly number[]): number {
  const lines = row.map((cell, column) => {
    const isWrapped = cell?.style === header || cell?.style?.alignment?.wrapText === true;
    return isWrapped ? linesOf(String(cell?.value ?? ""), widths[column] ?? 10) : 1;
  });
  const size = Math.max(...row.map((cell) => cell?.style?.font?.size ?? 10), 10);
  return Math.max(1, ...lines) * (size + 3.5);
}

/** Words that do not fit go to the next line; a column is as wide as so many digits, and letters are narrower. */
function linesOf(value: string, digits: number): number {
  const width = Math.floor(digits * 1.1);
  let lines = 1;
  let used = 0;
  for (const word of value.split(" ")) {
    const length = word.length + (used === 0 ? 0 : 1);
    if (used > 0 && used + length > width) {
      lines++;
      used = 0;
    }
    lines += Math.floor(word.length / (width + 1));
    used += length;
  }
  return lines;
}

function colored(rgb: string): NonNullable<CellStyle["font"]> {
  return { ...defaultFont, color: { rgb } };
}

function solid(rgb: string): NonNullable<CellStyle["fill"]> {
  return { type: "pattern", pattern: "solid", fgColor: { rgb } };
}

function framed(rgb: string): NonNullable<CellStyle["border"]> {
  const side = { style: "thin", color: { rgb } } as const;
  return { top: side, right: side, bottom: side, left: side };
}
