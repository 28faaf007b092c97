import type { Displayed } from "./exchange.ts";
import { defaultFont } from "./workbook-cells.ts";
import { fleetSheet, tasksSheet } from "./workbook-fleet.ts";
import { linesSheet } from "./workbook-lines.ts";
import { assumptionsSheet, problemsSheet } from "./workbook-notes.ts";
import { pricesSheet } from "./workbook-prices.ts";
import { quantitiesOf } from "./workbook-quantities.ts";
import { hoursCell, rateCell, summarySheet } from "./workbook-summary.ts";

/**
 * The comparison as an Office Open XML workbook (ECMA-376): unit prices, counts and hours are inputs, every amount a formula over them,
 * with the answer's own figures beside the formulas for viewers that do not calculate. The same comparison gives the same bytes
 * wherever deflate does.
 * `stale`: the sentence that says so, where its prices are.
 */
export async function comparisonWorkbook(document: Displayed, stale: string | null): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded when the first workbook is asked for: it would make every start longer.
  const { writeXlsx } = await import("hucre/xlsx");
  const period = { hours: document.hours, hoursCell };
  const quantities = quantitiesOf(document);
  const prices = pricesSheet(document, rateCell);
  const lines = linesSheet(document, { quantities, prices, period });
  const problems = problemsSheet(document);
  const sheets = [
    summarySheet(document, { lines, stale }),
    lines.sheet,
    tasksSheet(quantities, period),
    fleetSheet(quantities, period),
    assumptionsSheet(document),
    ...(problems === null ? [] : [problems]),
    prices.sheet,
  ];
  const written = await writeXlsx({
    sheets,
    defaultFont,
    // Headings on every printed page. The writer's own setting for it leaves names with blanks unquoted.
    namedRanges: sheets.map(({ name }) => ({ name: "_xlnm.Print_Titles", range: `'${name}'!$1:$1`, scope: name })),
    // Not the time of day, which would make every download another file.
    properties: { title: `Stowage comparison ${document.id}`, creator: "Stowage", modified: new Date(0) },
  });
  return new Uint8Array(written);
}
