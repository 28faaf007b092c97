import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type CellValue, openXlsx, readXlsx, saveXlsx, type Workbook } from "hucre/xlsx";

const run = promisify(execFile);

/** Whether LibreOffice is here. */
export const isInstalled = await run("soffice", ["--version"]).then(
  () => true,
  () => false,
);

/** Every formula of the workbook with a result that is wrong, so that only who calculates it anew gets it right. */
export async function withoutResults(workbook: Uint8Array, change: (sheets: Workbook["sheets"]) => void = Object) {
  const opened = await openXlsx(workbook, { readStyles: true });
  for (const sheet of opened.sheets) {
    for (const cell of sheet.cells?.values() ?? []) if (cell.formula !== undefined) cell.formulaResult = -999;
  }
  change(opened.sheets);
  return await saveXlsx(opened);
}

/** The workbooks as LibreOffice calculates them, all in one go, in their order. */
export async function recalculated(workbooks: readonly Uint8Array[]): Promise<Workbook[]> {
  const folder = mkdtempSync(join(tmpdir(), "stowage-workbooks-"));
  const path = (place: string, at: number) => join(folder, place, `${at}.xlsx`);
  try {
    for (const place of ["profile/user", "given"]) mkdirSync(join(folder, place), { recursive: true });
    writeFileSync(join(folder, "profile/user/registrymodifications.xcu"), alwaysRecalculate);
    for (const [at, workbook] of workbooks.entries()) writeFileSync(path("given", at), workbook);
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile"))}`;
    const target = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", join(folder, "calculated")];
    await run("soffice", [
      "--headless",
      "--norestore",
      profile,
      ...target,
      ...workbooks.keys().map((at) => path("given", at)),
    ]);
    return await Promise.all(workbooks.map((_, at) => readXlsx(readFileSync(path("calculated", at)))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The rows of a sheet by their headings, those of the row that begins with `first`, up to the first empty row. */
export function rowsOf(workbook: Workbook, name: string, first: string): Record<string, CellValue>[] {
  const rows = workbook.sheets.find((sheet) => sheet.name === name)?.rows ?? [];
  const at = rows.findIndex(([cell]) => cell === first);
  const headings = rows[at] ?? [];
  const below = rows.slice(at + 1);
  const end = below.findIndex(([cell]) => cell === null || cell === undefined);
  return below
    .slice(0, end === -1 ? below.length : end)
    .map((row) => Object.fromEntries(headings.map((heading, column) => [`${heading}`, row[column] ?? null])));
}

const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode"><value>0</value></prop>
  </item>
</oor:items>
`;
