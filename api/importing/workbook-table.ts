import { columnNames } from "./columns.ts";
import { findHeader, headerRowsMax } from "./header.ts";
import { shortened } from "./list-problem.ts";
import { type Table, type TableRow, UnreadableList } from "./table.ts";
import { readContents, type SheetPart, type WorkbookContents } from "./workbook-contents.ts";
import { openPackage, type WorkbookPackage } from "./workbook-package.ts";
import { mergedCells, sheetRows } from "./workbook-sheet.ts";

/** So many sheets are looked at for one that is a list. */
const sheetsMax = 20;

/**
 * The sheet of that name, else the first one with a header that Stowage knows; hidden ones have to be asked for by name, filtered rows do
 * not. Throws `UnreadableList`.
 */
export async function workbookTable(bytes: Uint8Array<ArrayBuffer>, sheet: string | null): Promise<Table> {
  const parts = await openPackage(bytes);
  const contents = await readContents(parts);
  const chosen = sheet === null ? await firstList(parts, contents) : named(sheet, contents);
  return {
    sheet: chosen.name,
    rows: sheetRows(parts, chosen.path, contents),
    merged: await mergedCells(parts, chosen.path),
  };
}

async function firstList(parts: WorkbookPackage, contents: WorkbookContents): Promise<SheetPart> {
  const visible = contents.sheets.filter(({ isHidden }) => !isHidden);
  for (const sheet of visible.slice(0, sheetsMax)) {
    const first: TableRow[] = [];
    for await (const row of sheetRows(parts, sheet.path, contents)) {
      if (row.row > headerRowsMax) break;
      first.push(row);
    }
    if (findHeader(first, []) !== null) return sheet;
  }
  const names = visible.slice(0, sheetsMax).map(({ name }) => `"${shortened(name)}"`);
  const looked =
    names.length === 0
      ? "The workbook has no visible sheet."
      : `No sheet of ${names.join(", ")} is a list of services.`;
  const message = `${looked} A list has a row of headers within its first ${headerRowsMax} rows: ${columnNames.join(", ")}.`;
  throw new UnreadableList(message, { code: "no_header" });
}

function named(name: string, { sheets }: WorkbookContents): SheetPart {
  const found = sheets.find((sheet) => sheet.name === name) ?? sheets.find((sheet) => sameName(sheet.name, name));
  if (found !== undefined) return found;
  const names = sheets.slice(0, sheetsMax).map((sheet) => `"${shortened(sheet.name)}"`);
  throw new UnreadableList(`The workbook has no sheet "${shortened(name)}". It has ${names.join(", ")}.`, {
    code: "sheet_not_found",
  });
}

/** Spreadsheets take names in any case for the same. */
function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
