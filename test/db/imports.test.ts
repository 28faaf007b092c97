import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deleteBatch, sealBatch } from "../../db/batches.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { importRow, listImport } from "../../db/import-schema.ts";
import {
  addImportRows,
  createImport,
  dropRows,
  findImport,
  importedClusters,
  importedRows,
  type KeptRow,
  repeatedRows,
  rowsOfClusters,
  sealImport,
} from "../../db/imports.ts";
import { eraseExpired } from "../../db/retention.ts";
import { engines } from "./engines.ts";

describe.each(engines)("on $name", (engine) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await engine.open();
  }, 60_000);
  afterAll(() => opened.close());

  const row = (number: number, [region, cluster, service]: readonly [string, string, string]) => ({
    ...{ number, region, cluster, service, body: `{"row":${number}}` },
  });

  test("rows are those of clusters by region and name, in the order of their first rows", async () => {
    const { database } = opened;
    await createImport(database, "one");
    const rows = [
      row(2, ["b", "shop", "web"]),
      row(3, ["a", "shop", "web"]),
      row(4, ["b", "shop", "api"]),
      row(7, ["b", "shop", "web"]),
      row(9, ["b", "shop", "web"]),
    ];
    await addImportRows(database, "one", rows);

    expect(await repeatedRows(database, "one")).toEqual([
      { number: 7, region: "b", cluster: "shop", service: "web", first: 2 },
      { number: 9, region: "b", cluster: "shop", service: "web", first: 2 },
    ]);
    await dropRows(database, "one", [7, 9]);
    expect(await repeatedRows(database, "one")).toEqual([]);
    expect(await importedClusters(database, "one")).toEqual([
      { number: 2, region: "b", cluster: "shop", rows: 2 },
      { number: 3, region: "a", cluster: "shop", rows: 1 },
    ]);
    const own = await rowsOfClusters(database, "one", [{ region: "b", cluster: "shop" }]);
    expect(own.map(({ number }) => number)).toEqual([2, 4]);
  });

  test("2,500 rows come in their order, a thousand at a time", async () => {
    const { database } = opened;
    await createImport(database, "long");
    const rows = Array.from({ length: 2500 }, (_, at) => row(at + 2, ["a", "shop", `${at}`]));
    await addImportRows(database, "long", rows.toReversed());
    const portions: (readonly KeptRow[])[] = [];
    for await (const some of importedRows(database, "long")) portions.push(some);

    expect(portions.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(portions.flat()).toEqual(rows);
  });

  test("an import goes with its batch: deleted, never sealed, or past its days", async () => {
    const { database } = opened;
    expect(await findImport(database, "one")).toBeNull();
    await sealImport(database, "one", "{}");
    await sealBatch(database, "one", 0);
    expect(await findImport(database, "one")).toBe("{}");

    await database.execute(sql`update batch set created_at = now() - interval '25 hours'`);
    await createImport(database, "new");
    expect((await database.select({ id: listImport.id }).from(listImport)).map(({ id }) => id).sort()).toEqual([
      "new",
      "one",
    ]);
    expect(await eraseExpired(database, new Date(), 1)).toMatchObject({ batches: 1 });
    expect(await findImport(database, "one")).toBeNull();
    await deleteBatch(database, "new");
    expect([await database.$count(listImport), await database.$count(importRow)]).toEqual([0, 0]);
  });
});
