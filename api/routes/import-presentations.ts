import { importCsv } from "../present/import-csv.ts";
import type { ImportDocument, ListedServices } from "../present/import-document.ts";
import { importJson } from "../present/import-json.ts";
import { importWorkbook } from "../present/import-workbook.ts";
import { preferred, workbookMediaType } from "./presentations.ts";

/** One way to show what a list of services comes to. */
export interface ImportPresentation {
  readonly mediaType: string;
  readonly contentType: string;
  /** What an address ends in that asks for it. */
  readonly extension: string;
  /** More than so many it does not hold. */
  readonly rowsMax: number;
  present(document: ImportDocument, services: ListedServices): AsyncIterable<string | Uint8Array>;
}

/** An isolate of Workers has 128 MB: within a heap of 110 MB, 20,000 rows with six options could be written and 25,000 could not. */
export const workbookRowsMax = 20_000;

/** The first is what those get who ask for nothing in particular. */
export const importPresentations: readonly ImportPresentation[] = [
  {
    ...{ mediaType: "application/json", contentType: "application/json", extension: "json" },
    rowsMax: Number.POSITIVE_INFINITY,
    present: importJson,
  },
  {
    ...{ mediaType: "text/csv", contentType: "text/csv; charset=utf-8", extension: "csv" },
    rowsMax: Number.POSITIVE_INFINITY,
    present: importCsv,
  },
  {
    ...{ mediaType: workbookMediaType, contentType: workbookMediaType, extension: "xlsx" },
    rowsMax: workbookRowsMax,
    async *present(document, services) {
      yield await importWorkbook(document, services);
    },
  },
];

export function negotiateImport(accept: string | undefined): ImportPresentation | null {
  return preferred(accept, importPresentations);
}
