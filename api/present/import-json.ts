import type { ImportDocument, ListedServices } from "./import-document.ts";

/** The result as JSON, its services last and some at a time. */
export async function* importJson(document: ImportDocument, { rows }: ListedServices): AsyncGenerator<string> {
  yield `${JSON.stringify(document).slice(0, -1)},"services":[`;
  let separator = "";
  for await (const some of rows) {
    yield some.map(({ costs }, at) => `${at === 0 ? separator : ","}${JSON.stringify(costs)}`).join("");
    separator = ",";
  }
  yield "]}";
}
