import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findComparison, hasOwnPrices, storeComparison } from "../../db/comparisons.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { readPriceBook } from "../../db/price-book.ts";
import { remoteDatabase } from "../../db/remote.ts";
import { engines } from "./engines.ts";

describe.each(engines)("the $name asked from afar", ({ open }) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened.close());

  test.each([{ region: "us-east-1" }, { region: "eu-west-1", asOf: "2026-01-01" }])(
    "gives the same price book: $region",
    async (question) => {
      const near = await readPriceBook(opened.database, question);
      const far = await readPriceBook(remoteDatabase(opened.run), question);

      expect(near.ok).toBe(true);
      expect(far).toEqual(near);
    },
  );

  test("stores a comparison", async () => {
    await storeComparison(remoteDatabase(opened.run), { id: "afar", body: '{"a":"$1"}', ownPrices: true });

    expect(await findComparison(opened.database, "afar")).toBe('{"a":"$1"}');
    expect(await hasOwnPrices(opened.database, "afar")).toBe(true);
  });
});
