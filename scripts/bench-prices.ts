import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { PriceSource, SourceRow } from "../api/price-sources/price-source.ts";
import { refresh } from "../api/refreshing/refresh.ts";
import { openDatabase } from "../db/connect.ts";
import { prepareServer } from "../db/prepare-server.ts";
import { readPriceBook } from "../db/price-book.ts";
import { listPrices } from "../db/price-list.ts";
import { price } from "../db/schema.ts";

/**
 * How long prices take to load, to read and to refresh: on an embedded Postgres in memory, or with DATABASE_URL on that server, whose
 * database should be empty and is not cleaned up. Then how much memory the reading of AmazonEC2's price list file takes above that of
 * the idle process, for a file of 400 MB or of as many as the first word says, made and served on this machine.
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
  await timed(`price book of ${region}, warm, 20 times`, async () => {
    for (let times = 0; times < 20; times++) await readPriceBook(database, { region });
  });
}
await timed("100 prices of us-east-1, as a page", () =>
  listPrices(database, { region: "us-east-1", sku: null, after: null, limit: 100 }),
);
await timed("refresh with 10,000 prices, all new", () => refreshTo("0.1"));
await timed("refresh with 10,000 prices, none changed", () => refreshTo("0.1"));
await timed("refresh with 10,000 prices, all changed", () => refreshTo("0.11"));
await close();
const megabytes = process.argv[2] ?? "400";
for (const format of ["json", "csv"]) await readOffer(format);

async function timed<T>(label: string, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const tookMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(before);
  console.log(`${label.padEnd(44)}${milliseconds(tookMs)}, of the processor ${milliseconds((user + system) / 1000)}`);
  return result;
}

function milliseconds(value: number): string {
  return `${value.toFixed(1).padStart(7)} ms`;
}

/** In a process of its own, so that nothing else is measured. */
async function readOffer(format: string): Promise<void> {
  const program = "test/price-sources/measure-refresh.ts";
  const { stdout } = await promisify(execFile)(process.execPath, [program, megabytes, format]);
  const { bytes, rows, refused, seconds, aboveIdleMiB } = JSON.parse(stdout) as Readonly<Record<string, number>>;
  const size = `${Math.round((bytes ?? 0) / 1e6)} MB of ${format.toUpperCase()}`;
  const found = `${rows?.toLocaleString("en-US")} prices, ${refused?.toLocaleString("en-US")} refused`;
  console.log(`${`read ${size}`.padEnd(44)}${seconds} s, ${aboveIdleMiB} MiB above idle (${found})`);
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
