import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refreshInRuns } from "../../api/refreshing/refresh-in-runs.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { reading, snapshot, stagedPart } from "../../db/schema.ts";
import { fakeSource, priceRow } from "../db/fake-source.ts";

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
}, 60_000);
afterAll(() => opened.close());

const parts = {
  one: [priceRow({ sku: "runs/one" })],
  two: "The line is cut.",
  three: [priceRow({ sku: "runs/three" })],
};
const request = (today: string) => ({ regions: ["us-east-1"], sources: [fakeSource(parts)], today });
const never = () => false;

describe("a refresh in runs", () => {
  test("of one part each reads three parts, the one that cannot be read too, and publishes in the fourth run", async () => {
    const run = () => refreshInRuns(opened.database, request("2026-11-23"), never);
    expect(await run()).toEqual({ done: 1, all: 3, report: null, published: false });
    expect(await run()).toEqual({ done: 2, all: 3, report: null, published: false });
    expect(await run()).toEqual({ done: 3, all: 3, report: null, published: false });
    expect(await opened.database.$count(snapshot)).toBe(1);
    expect((await run()).report).toMatchObject({
      ...{ counts: { new: 2 }, rows: 2, snapshot: expect.stringMatching(/^[0-9a-f]{16}$/) },
      failures: [{ part: "two", code: "unreachable", message: "The line is cut." }],
    });
    expect(await run()).toEqual({ done: 3, all: 3, report: null, published: true });
    expect([await opened.database.$count(snapshot), await opened.database.$count(stagedPart)]).toEqual([2, 0]);
  });

  test("that may go on is done in one, and on the next day begins anew: unchanged prices make no second snapshot", async () => {
    const run = await refreshInRuns(opened.database, request("2026-11-24"), () => true);
    expect(run).toMatchObject({ published: true, report: { snapshot: null, counts: { new: 0, unchanged: 2 } } });
    expect(await opened.database.$count(snapshot)).toBe(2);
  });

  test("three at once publish once, and leave nothing behind that the next run does not clear away", async () => {
    const run = () => refreshInRuns(opened.database, request("2026-11-25"), () => true);
    await Promise.all([run(), run(), run()]);
    await run();
    expect(await opened.database.$count(stagedPart)).toBe(0);
    // One for each of the three days.
    expect(await opened.database.$count(reading)).toBe(3);
  });
});
