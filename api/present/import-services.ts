import type { CellValue, WriteSheet } from "hucre/xlsx";
import type { Cell } from "./csv-table.ts";
import { type ResultColumn, resultColumns } from "./import-columns.ts";
import type { ImportDocument, ListedServices } from "./import-document.ts";
import { columnLetter, headings, literal, moneyFormats, number, numberFormats, text } from "./workbook-cells.ts";

export interface ServicesSheet {
  readonly sheet: WriteSheet;
  /** The cells of a column of results by its header; null: there is none. */
  rangeOf(header: string): string | null;
}

/**
 * A row for each service: what the list said of it, and what it costs. Styles are the columns' own, since a cell with one of its own takes
 * many times the memory.
 */
export async function servicesSheet(document: ImportDocument, listed: ListedServices): Promise<ServicesSheet> {
  const results = resultColumns(document);
  const headers = [...listed.columns, ...results.map(({ header }) => header)];
  const rows: CellValue[][] = [headers];
  for await (const some of listed.rows) {
    for (const service of some) rows.push([...service.cells, ...results.map(({ of }) => of(service))].map(contentOf));
  }
  const columns = headers.map((header, at) => {
    const result = results[at - listed.columns.length];
    const style = result === undefined ? inputStyle(rows, at) : resultStyle(result, document);
    return { width: Math.max(12, Math.min(24, header.length)), ...(style && { style }) };
  });
  const cells = new Map(headings(...headers).map((cell, at) => [`0,${at}`, cell ?? {}]));
  return {
    sheet: {
      ...{ name: "Services", columns, rows, cells, rowDefs: new Map([[0, { height: 42 }]]) },
      freezePane: { rows: 1, columns: 1 },
      pageSetup: { paperSize: "a4", orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    },
    rangeOf(header) {
      const at = headers.indexOf(header);
      if (at < 0) return null;
      const letter = columnLetter(at + 1);
      return `Services!$${letter}$2:$${letter}$${Math.max(2, rows.length)}`;
    },
  };
}

function contentOf(cell: Cell): CellValue {
  if (typeof cell === "string") return literal(cell);
  return cell !== null && typeof cell === "object" ? Number(cell.digits) : cell;
}

function inputStyle(rows: readonly CellValue[][], at: number) {
  const isText = rows.some((row, position) => position > 0 && typeof row[at] === "string");
  return isText ? text("").style : undefined;
}

function resultStyle({ kind }: ResultColumn, { currency }: ImportDocument) {
  if (kind === "text") return text("").style;
  return number("0", kind === "count" ? numberFormats.count : moneyFormats(currency).cents).style;
}
