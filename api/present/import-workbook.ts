import type { WriteSheet } from "hucre/xlsx";
import { bearerSheet } from "./import-bearers.ts";
import { clustersSheet } from "./import-clusters.ts";
import type { ImportDocument, ListedServices } from "./import-document.ts";
import { servicesSheet } from "./import-services.ts";
import { defaultFont, headings, sheet, text } from "./workbook-cells.ts";

/**
 * The list as a new workbook: nothing of the one that was sent passes through but what its cells say. The services with what they cost
 * (which can be sent again), and sums over them as formulas, with the answer's own figures beside them.
 */
export async function importWorkbook(
  document: ImportDocument,
  listed: ListedServices,
): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded when the first workbook is asked for: it would make every start longer.
  const { writeXlsx } = await import("hucre/xlsx");
  const services = await servicesSheet(document, listed);
  const owners = document.owners.map(({ owner: name, ...rest }) => ({ name, ...rest }));
  const costCentres = document.costCentres.map(({ costCentre: name, ...rest }) => ({ name, ...rest }));
  const sheets = [
    services.sheet,
    clustersSheet(document),
    bearerSheet(document, { name: "Owners", column: "Owner", bearers: owners, services }),
    bearerSheet(document, { name: "Cost centres", column: "Cost centre", bearers: costCentres, services }),
    assumptionsSheet(document),
    ...problemsSheet(document),
  ];
  const written = await writeXlsx({
    sheets,
    defaultFont,
    namedRanges: sheets.map(({ name }) => ({ name: "_xlnm.Print_Titles", range: `'${name}'!$1:$1`, scope: name })),
    // Not the time of day, which would make every download another file.
    properties: { title: `Stowage import ${document.import}`, creator: "Stowage", modified: new Date(0) },
  });
  return new Uint8Array(written);
}

function assumptionsSheet({ assumptions }: ImportDocument): WriteSheet {
  const rows = assumptions.map(({ code, text: said }) => [text(code), text(said)]);
  return sheet({
    name: "Assumptions",
    widths: [30, 110],
    rows: [headings("Code", "Assumption"), ...rows],
    frozenRows: 1,
  });
}

/** What was left out of the list, and clusters that there is no comparison of. */
function problemsSheet({ problems, clusters }: ImportDocument): WriteSheet[] {
  const ofClusters = clusters.flatMap(({ region, cluster, problems: own }) =>
    own.map((problem) => ({ ...problem, path: `${cluster} in ${region}` })),
  );
  const rows = [...problems, ...ofClusters].map(({ code, path, message }) => [text(path), text(code), text(message)]);
  if (rows.length === 0) return [];
  const widths = [34, 30, 100];
  return [sheet({ name: "Problems", widths, rows: [headings("Where", "Code", "Problem"), ...rows], frozenRows: 1 })];
}
