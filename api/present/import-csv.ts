import { textOf } from "./csv-table.ts";
import { resultColumns } from "./import-columns.ts";
import type { ImportDocument, ListedServices } from "./import-document.ts";

/** The list as it can be sent again, with columns of results: RFC 4180 with a heading, some rows at a time. */
export async function* importCsv(document: ImportDocument, { columns, rows }: ListedServices): AsyncGenerator<string> {
  const results = resultColumns(document);
  yield textOf([[...columns, ...results.map(({ header }) => header)]]);
  for await (const some of rows) {
    yield textOf(some.map((service) => [...service.cells, ...results.map(({ of }) => of(service))]));
  }
}
