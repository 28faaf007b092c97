import type { PriceBook } from "../../api/core/model/price-book.ts";
import { openDatabase } from "../../db/connect.ts";
import { readPriceBook } from "../../db/price-book.ts";

/** The bundled price books of these regions, in their order, read through a database in memory. */
export async function bundledBooks<const Regions extends readonly string[]>(
  ...regions: Regions
): Promise<{ [Region in keyof Regions]: PriceBook }> {
  const opened = await openDatabase({ memory: true });
  try {
    const books: PriceBook[] = [];
    for (const region of regions) {
      const book = await readPriceBook(opened.database, { region });
      if (!book.ok) throw new Error(book.problems.map((problem) => problem.message).join(" "));
      books.push(book.value);
    }
    return books as { [Region in keyof Regions]: PriceBook };
  } finally {
    await opened.close();
  }
}
