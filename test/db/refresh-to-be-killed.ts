/**
 * A process of its own that says what it finds in the database, makes one refresh to its end, says "refreshing", makes another and
 * says "done". Whoever started it kills it in between.
 */

import { eq, like, notInArray, sql } from "drizzle-orm";
import { refresh } from "../../api/refreshing/refresh.ts";
import { openDatabase } from "../../db/connect.ts";
import type { Database } from "../../db/database.ts";
import { readPricesInForce } from "../../db/prices.ts";
import { price, snapshot } from "../../db/schema.ts";
import { findSnapshot } from "../../db/snapshots.ts";
import { fakeSource, priceRow } from "./fake-source.ts";

const [where = "", turn = "0"] = process.argv.slice(2);
const isUrl = where.includes("://");
const { database, close } = await openDatabase(isUrl ? { databaseUrl: where } : { dataDirectory: where });
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);
say(await state(database));
await refreshTo(2 * Number(turn) + 1);
say(await state(database));
say("refreshing");
await refreshTo(2 * Number(turn) + 2);
say("done");
await close();

/** Every price of the test becomes 1 + version / 1000. */
async function refreshTo(version: number): Promise<void> {
  const rows = (part: string) =>
    Array.from({ length: 400 }, (_, n) => {
      const unitPrice = (1 + version / 1000).toString();
      return priceRow({ sku: `killed/${part}/${n}`, unitPrice, source: `version ${version}` });
    });
  const sources = [fakeSource({ one: rows("one"), two: rows("two"), three: rows("three") })];
  await refresh(database, { regions: ["us-east-1"], sources, today: "2026-11-23" });
}

/** What readers see, and what must never be: the versions in force, rows of no snapshot, snapshots that are not whole. */
async function state(of: Database) {
  const latest = await findSnapshot(of);
  const at = { region: "us-east-1", asOf: null, snapshotNumber: latest?.number ?? 0 };
  const ours = await readPricesInForce(of, at, like(price.sku, "killed/%"));
  const numbers = of.select({ number: snapshot.number }).from(snapshot);
  const sizes = await of
    .select({ size: sql<number>`count(*)::int` })
    .from(price)
    .where(like(price.sku, "killed/%"))
    .groupBy(price.snapshot);
  return {
    versions: [...new Set(ours.map((row) => Math.round(1000 * Number(row.price) - 1000)))],
    prices: ours.length,
    orphans: await of.$count(price, notInArray(price.snapshot, numbers)),
    sizes: [...new Set(sizes.map(({ size }) => size))],
    unfinished: await of.$count(snapshot, sql`${snapshot.id} !~ '^[0-9a-f]{16}$'`),
    bundled: await of.$count(price, eq(price.snapshot, 1)),
  };
}
