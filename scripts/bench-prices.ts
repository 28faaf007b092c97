import type { PriceSource, SourceRow } from "../api/price-sources/price-source.ts";
import { refresh } from "../api/refreshing/refresh.ts";
import { openDatabase } from "../db/connect.ts";
import { prepareServer } from "../db/prepare-server.ts";
import { readPriceBook } from "../db/price-book.ts";
import { listPrices } from "../db/price-list.ts";
import { price } from "../db/schema.ts";

/**
 * How long prices take to load, to read and to refresh: on an embedded Postgres in memory, or with DATABASE_URL on that server, whose
 * database should be empty and is not cleaned up.
 */
const { DATABASE_URL: databaseUrl } = process.env;
if (databaseUrl) await timed("load the bundled prices", () => prepareServer(databaseUrl));
const { database, close } = await timed(databaseUrl ? "open" : "open and load the bundled prices", () =>
  openDatabase(databaseUrl ? { databaseUrl } : { memory: true }),
);
console.log(`${"prices held".padEnd(44)}${(await database.$count(price)).toLocaleString("en-US")}`);
await timed("price book, the first of all", () => readPriceBook(database, { region: "sa-east-1" }));
for (const region of ["us-east-1", "eu-west-1", "ap-south-1"]) {
  await timed(`price book of ${region}, cold`, () => readPriceBook(database, { region }));
  await timed(`price book of ${region}, warm`, () => readPriceBook(database, { region }));
}
await timed("100 prices of us-east-1, as a page", () =>
  listPrices(database, { region: "us-east-1", sku: null, after: null, limit: 100 }),
);
await timed("refresh with 10,000 prices, all new", () => refreshTo("0.1"));
await timed("refresh with 10,000 prices, none changed", () => refreshTo("0.1"));
await timed("refresh with 10,000 prices, all changed", () => refreshTo("0.11"));
await close();

async function timed<T>(label: string, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const result = await work();
  console.log(`${label.padEnd(44)}${(performance.now() - startedMs).toFixed(1)} ms`);
  return result;
}

async function refreshTo(unitPrice: string): Promise<void> {
  const rows = Array.from({ length: 10_000 }, (_, n): SourceRow => row(`bench/${n}`, unitPrice));
  const source: PriceSource = {
    ...{ id: "bench", label: "a benchmark", reference: "", permissions: [], onByDefault: true },
    ...{ parts: ["all"], partsOnRequest: [] },
    async *read() {
      yield* await Promise.resolve(rows);
    },
  };
  await refresh(database, { regions: ["us-east-1"], sources: [source], today: "2026-12-01" });
}

function row(sku: string, unitPrice: string): SourceRow {
  return {
    ...{
      kind: "price",
      region: "us-east-1",
      sku,
      unit: "Hour",
      unitPrice,
      currency: "USD",
      tierFrom: "0",
      tierTo: null,
    },
    ...{ effectiveDate: "2026-12-01", effectiveFrom: "2026-12-01", rateCode: sku, source: "made up", note: null },
  };
}
