import { bench, group, run } from "mitata";
import { catalogue } from "../../api/aws/catalogue.ts";
import { documentFormats } from "../../api/aws/documents/catalogue.ts";
import { compareOptions } from "../../api/core/compare-options.ts";
import type { PriceBook } from "../../api/core/model/price-book.ts";
import { parse } from "../../api/core/parsing/parse.ts";
import { engine, identify } from "../../api/identify.ts";
import { comparisonDocument } from "../../api/present/json.ts";
import { openDatabase } from "../../db/connect.ts";
import { readPriceBook } from "../../db/price-book.ts";
import { workload } from "./workloads.ts";

/** One comparison end to end, warm: documents to the bytes of the answer, over every instance type of us-east-1 and all options. */
export async function benchComparison(): Promise<void> {
  const opened = await openDatabase({ memory: true });
  const found = await readPriceBook(opened.database, { region: "us-east-1" });
  if (!found.ok) throw new Error("The bundled prices lack us-east-1");
  const book = found.value;
  group("one comparison, end to end", () => {
    for (const services of [1, 20, 200]) {
      const text = JSON.stringify(workload(services));
      bench(`${services} services`, () => compareOnce(text, book));
    }
  });
  await run();
  await opened.close();
}

function compareOnce(text: string, book: PriceBook): string {
  const parsed = parse(JSON.parse(text), documentFormats);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => problem.message).join("\n"));
  const comparison = compareOptions(parsed.value, { book, catalogue });
  return JSON.stringify(comparisonDocument(comparison, { id: identify(parsed.value, book.snapshot), engine }));
}
