import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Decimal } from "decimal.js";
import { Exact } from "../../api/core/model/exact.ts";
import type { PriceBook } from "../../api/core/model/price-book.ts";
import { openDatabase } from "../../db/connect.ts";
import { readPriceBook } from "../../db/price-book.ts";

/**
 * The bundled price books of these regions, in their order, as the database reads them. Loading a database takes seconds and a dozen
 * test files ask: what was read is kept for as long as neither the data nor the code that reads it changes.
 */
export async function bundledBooks<const Regions extends readonly string[]>(
  ...regions: Regions
): Promise<{ [Region in keyof Regions]: PriceBook }> {
  const folder = fileURLToPath(new URL(`${state()}/`, kept));
  const missing = regions.filter((region) => !existsSync(`${folder}${region}.json`));
  if (missing.length > 0) await keep(missing, folder);
  const books = regions.map((region) => JSON.parse(readFileSync(`${folder}${region}.json`, "utf8"), decoded));
  return books as { [Region in keyof Regions]: PriceBook };
}

const root = new URL("../../", import.meta.url);
const kept = new URL("node_modules/.cache/stowage-books/", root);
const hourMilliseconds = 3_600_000;

async function keep(regions: readonly string[], folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // Not the ones that another test run may still be reading.
  const old = readdirSync(kept).filter((name) => Date.now() - statSync(new URL(name, kept)).mtimeMs > hourMilliseconds);
  for (const name of old) rmSync(new URL(name, kept), { recursive: true, force: true });
  const opened = await openDatabase({ memory: true });
  try {
    for (const region of regions) {
      const book = await readPriceBook(opened.database, { region });
      if (!book.ok) throw new Error(book.problems.map((problem) => problem.message).join(" "));
      const draft = `${folder}${region}-${process.pid}.draft`;
      writeFileSync(draft, JSON.stringify(book.value, encoded));
      // Whole or not at all, since test files run side by side.
      renameSync(draft, `${folder}${region}.json`);
    }
  } finally {
    await opened.close();
  }
}

/** A hash of all that decides what is read: the data, the code of the database and the model. */
function state(): string {
  const hash = createHash("sha256");
  for (const folder of ["db/", "api/core/model/"]) {
    const files = readdirSync(new URL(folder, root), { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile()).map((file) => `${file.parentPath}/${file.name}`);
    for (const path of paths.sort()) hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

function encoded(this: unknown, key: string, value: unknown): unknown {
  // The value itself, before Decimal turns it into text.
  const own = (this as Readonly<Record<string, unknown>>)[key];
  if (Decimal.isDecimal(own)) return { $decimal: own.toString() };
  return value instanceof Map ? { $map: [...value] } : value;
}

function decoded(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$decimal" in value) return new Exact(String(value.$decimal));
  return "$map" in value ? new Map(value.$map as [unknown, unknown][]) : value;
}
