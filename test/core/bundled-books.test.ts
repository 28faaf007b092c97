import { expect, test } from "vitest";
import { openDatabase } from "../../db/connect.ts";
import { readPriceBook } from "../../db/price-book.ts";
import { bundledBooks } from "./bundled-books.ts";

test("a kept price book is what the database reads, to the last field", async () => {
  const { database, close } = await openDatabase({ memory: true });
  const read = await readPriceBook(database, { region: "us-east-1" });
  await close();

  const [kept] = await bundledBooks("us-east-1");

  expect(read).toEqual({ ok: true, value: kept });
  expect(kept.prices.get("fargate/linux/x86_64/vcpu")?.[0]?.unitPrice.toFixed()).toBe("0.04048");
});
