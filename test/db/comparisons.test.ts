import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findComparison, hasOwnPrices, storeComparison } from "../../db/comparisons.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { comparison } from "../../db/kept-schema.ts";
import { engines } from "./engines.ts";

describe.each(engines)("stored comparisons on the $name", ({ open }) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened.close());

  test("a body comes back byte for byte, whatever it holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.json(), async (id, body) => {
        await storeComparison(opened.database, { id, body, ownPrices: false });
        expect(await findComparison(opened.database, id)).toBe(body);
      }),
      { numRuns: 50, examples: [["a", '{ "spaces" : 1.10,\r\n"order":[2,1],"ünïcode":"\\u0000 🚢 \\"" }\n']] },
    );
  });

  test("a body of 5 MB comes back whole", async () => {
    const body = JSON.stringify({ text: "0123456789".repeat(500_000) });
    await storeComparison(opened.database, { id: "large", body, ownPrices: false });
    expect(await findComparison(opened.database, "large")).toBe(body);
  });

  test("the first body stored under an id stays, also when two are stored at once", async () => {
    await storeComparison(opened.database, { id: "first", body: "1", ownPrices: false });
    await Promise.all(
      ["2", "3"].map((body) => storeComparison(opened.database, { id: "first", body, ownPrices: false })),
    );
    expect(await findComparison(opened.database, "first")).toBe("1");
  });

  test("what a rate card had a part in is known from what it had none in, and what nothing was noted of may have one", async () => {
    const { database } = opened;
    await storeComparison(database, { id: "list", body: "1", ownPrices: false });
    await storeComparison(database, { id: "own", body: "1", ownPrices: true });
    await database.insert(comparison).values({ id: "old", body: "1" });
    const found = await Promise.all(["list", "own", "old", "none"].map((id) => hasOwnPrices(database, id)));
    expect(found).toEqual([false, true, true, null]);
    await storeComparison(database, { id: "old", body: "2", ownPrices: false });
    expect([await hasOwnPrices(database, "old"), await findComparison(database, "old")]).toEqual([false, "1"]);
  });

  test("an unknown id is null", async () => {
    expect(await findComparison(opened.database, "nothing")).toBeNull();
  });
});
