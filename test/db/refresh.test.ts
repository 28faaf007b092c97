import { eq, like } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SourceRow } from "../../api/price-sources/price-source.ts";
import { type RefreshRequest, refresh } from "../../api/refreshing/refresh.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { readPriceBook } from "../../db/price-book.ts";
import { listPrices } from "../../db/price-list.ts";
import { readConfirmations } from "../../db/readings.ts";
import { price, reading, snapshot, stagedPart } from "../../db/schema.ts";
import { listSnapshots } from "../../db/snapshot-list.ts";
import { findSnapshot } from "../../db/snapshots.ts";
import { engines } from "./engines.ts";
import { fakeSource, priceRow } from "./fake-source.ts";

describe.each(engines)("a refresh on the $name", ({ open }) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened.close());

  /** Of a part that covers nothing, so that only what it lists matters. */
  async function read(rows: readonly SourceRow[], more: Partial<RefreshRequest> = {}) {
    const sources = [fakeSource({ part: rows })];
    return await refresh(opened.database, { regions: ["us-east-1"], sources, today: "2026-11-23", ...more });
  }

  async function priceOf(sku: string, asked: { asOf?: string; snapshot?: string } = {}): Promise<string[]> {
    const book = await readPriceBook(opened.database, { region: "us-east-1", ...asked });
    if (!book.ok) throw new Error(JSON.stringify(book.problems));
    return (book.value.prices.get(sku) ?? []).map(({ unitPrice }) => unitPrice.toString());
  }

  test("makes one snapshot of what is new, on top of the bundled one, and answers are made with it at once", async () => {
    const bundled = await findSnapshot(opened.database);
    expect(await priceOf("test/one")).toEqual([]);
    const report = await read([priceRow({}), priceRow({ sku: "test/two" })]);
    expect(report).toMatchObject({ counts: { new: 2 }, rows: 2, refusals: [], failures: [] });
    const latest = await findSnapshot(opened.database);
    expect(latest).toMatchObject({ id: report.snapshot, parent: bundled?.id, number: 2 });
    expect(latest?.description).toBe("us-east-1 from a test's source");
    expect(await priceOf("test/one")).toEqual(["0.1"]);
    expect(await priceOf("test/one", { snapshot: bundled?.id ?? "" })).toEqual([]);
  });

  test("with the same content makes no snapshot and no row, whatever day it is; it is recorded that it was read", async () => {
    const before = await findSnapshot(opened.database);
    const rows = [priceRow({}), priceRow({ sku: "test/two", effectiveFrom: "2026-11-24", source: "a later list" })];
    const report = await read(rows, { today: "2026-11-25" });
    expect(report).toMatchObject({ snapshot: null, counts: { new: 0, changed: 0, unchanged: 2 } });
    expect(await findSnapshot(opened.database)).toEqual(before);
    const [last] = await opened.database.select().from(reading).where(eq(reading.readOn, "2026-11-25"));
    expect(last?.snapshot).toBe(before?.number);
  });

  test("has an id that is made of its content and its parent, and sources that prices name in full", async () => {
    const [latest, bundled] = await listSnapshots(opened.database);
    expect(latest).toMatchObject({
      rows: { prices: 2, instanceTypes: 0 },
      regions: ["us-east-1"],
      parent: bundled?.id,
    });
    expect(latest?.sources).toEqual(["a list of November"]);
    expect(latest?.id).toMatch(/^[0-9a-f]{16}$/);
    expect(bundled).toMatchObject({ parent: null, rows: { prices: 94_095, instanceTypes: 1428, limits: 161 } });
    expect(bundled?.regions).toHaveLength(35);
    expect(bundled?.sources).toHaveLength(98);
  });

  test("that is dry says what it would do and leaves nothing behind", async () => {
    const before = await findSnapshot(opened.database);
    const report = await read([priceRow({ unitPrice: "0.11" })], { dryRun: true });
    expect(report).toMatchObject({ snapshot: expect.stringMatching(/^[0-9a-f]{16}$/), counts: { changed: 1 } });
    expect(await findSnapshot(opened.database)).toEqual(before);
    expect(await opened.database.$count(stagedPart)).toBe(0);
    const wet = await read([priceRow({ unitPrice: "0.11" })]);
    expect(wet.snapshot).toBe(report.snapshot);
    expect(await priceOf("test/one")).toEqual(["0.11"]);
  });

  test("takes what is right and keeps back what is not, or all of it where that is asked for", async () => {
    const rows = [priceRow({ unitPrice: "0.5" }), priceRow({ sku: "test/two", unitPrice: "0.12" })];
    const all = await read(rows, { allOrNothing: true });
    expect(all).toMatchObject({ snapshot: null, refusals: [{ code: "jump", sku: "test/one" }] });
    expect(await priceOf("test/two")).toEqual(["0.1"]);
    const some = await read(rows);
    expect(some.refusals[0]?.message).toBe(
      "0.11 would become 0.5 USD. If that is right, allow it with a ratio above 2. 0.11 USD per Hour (2026-11-01T00:00:00Z) stays.",
    );
    expect([await priceOf("test/one"), await priceOf("test/two")]).toEqual([["0.11"], ["0.12"]]);
    expect(await read(rows, { maxRatio: "5" })).toMatchObject({ refusals: [], counts: { changed: 1, unchanged: 1 } });
    expect(await priceOf("test/one")).toEqual(["0.5"]);
  });

  test("with a part that cannot be read compares the others, and misses nothing of that part", async () => {
    const sources = [fakeSource({ AWSELB: "The line is cut.", AWSSecretsManager: [priceRow({ sku: "test/three" })] })];
    const request = { regions: ["us-east-1"], sources, today: "2026-11-23" };
    const none = await refresh(opened.database, { ...request, allOrNothing: true });
    expect(none).toMatchObject({ snapshot: null, failures: [{ code: "unreachable", part: "AWSELB" }] });
    expect(await priceOf("test/three")).toEqual([]);
    const report = await refresh(opened.database, request);
    expect(report.failures).toEqual([
      {
        ...{ source: "price-list-api", region: "us-east-1", part: "AWSELB", code: "unreachable" },
        message: "The line is cut.",
      },
    ]);
    expect(report.refusals.map(({ code, sku }) => `${code} ${sku}`)).toEqual([
      "vanished secrets-manager/requests",
      "vanished secrets-manager/secret",
    ]);
    expect([await priceOf("test/three"), await priceOf("alb/hour")]).toEqual([["0.1"], ["0.0225"]]);
    expect(await priceOf("secrets-manager/secret")).toEqual(["0.4"]);
  });

  test("says which prices it has confirmed, and not so of those that it has kept back", async () => {
    const load = priceRow({ sku: "alb/hour", unitPrice: "0.0225" });
    const unit = priceRow({ sku: "alb/lcu", unitPrice: "9", unit: "LCU-Hour" });
    const sources = [fakeSource({ AWSELB: [load, unit] })];
    await refresh(opened.database, { regions: ["us-east-1"], sources, today: "2026-11-28" });
    const confirmedOn = await readConfirmations(opened.database, { region: "us-east-1" });
    const days = ["alb/hour", "alb/lcu", "nlb/hour", "ec2/linux/m5.large"].map(confirmedOn);
    expect(days).toEqual(["2026-11-28", null, null, null]);
    const listed = await listPrices(opened.database, { region: "us-east-1", sku: "alb/hour", after: null, limit: 1 });
    expect(listed).toMatchObject({ value: { prices: [{ confirmedOn: "2026-11-28", effectiveFrom: "2026-09-29" }] } });
  });

  test("twice at once makes one snapshot, and no row twice", async () => {
    const rows = Array.from({ length: 500 }, (_, n) => priceRow({ sku: `test/many/${n}` }));
    const before = await opened.database.$count(snapshot);
    const reports = await Promise.all([read(rows), read(rows), read(rows)]);
    expect(reports.map(({ counts }) => counts.new).sort()).toEqual([0, 0, 500]);
    expect(reports.filter(({ snapshot: id }) => id !== null)).toHaveLength(1);
    expect(await opened.database.$count(snapshot)).toBe(before + 1);
    expect(await opened.database.$count(price, eq(price.sku, "test/many/7"))).toBe(1);
  });

  test("of 20,001 prices is compared in three slices, each SKU in one of them: new once, then unchanged, then changed", async () => {
    const refused = { reason: "zero-price", name: "Zero", message: "It is free.", sku: null, count: 1 } as const;
    const doubt = { kind: "refused", ...refused, region: "us-east-1", examples: [], source: "a list" } as const;
    const rows = (changed: number) =>
      Array.from({ length: 20_001 }, (_, n) =>
        priceRow({ sku: `test/slices/${n}`, unitPrice: n < changed ? "0.11" : "0.1" }),
      );
    const none = { new: 0, changed: 0, unchanged: 0, confirmed: 0, vanished: 0 };
    expect((await read([...rows(0), doubt])).counts).toEqual({ ...none, new: 20_001 });
    const again = await read([...rows(0), doubt]);
    expect(again).toMatchObject({ snapshot: null, counts: { ...none, unchanged: 20_001 } });
    expect(again.refusals.map(({ message }) => message)).toEqual(["Zero: It is free."]);
    expect((await read(rows(7))).counts).toEqual({ ...none, changed: 7, unchanged: 19_994 });
    expect(await opened.database.$count(price, like(price.sku, "test/slices/%"))).toBe(20_008);
  });

  test("that is called off leaves nothing behind", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(read([priceRow({ sku: "test/never" })], { signal })).rejects.toThrow("enough");
    expect(await priceOf("test/never")).toEqual([]);
    expect(await opened.database.$count(stagedPart)).toBe(0);
  });

  test("of tiers that are others than before gives the new ones alone: no part of the quantity is priced twice", async () => {
    const tiers = (...all: [string, string | null, string][]) =>
      all.map(([tierFrom, tierTo, unitPrice]) => priceRow({ sku: "test/tiers", tierFrom, tierTo, unitPrice }));
    await read(tiers(["0", "100", "0.09"], ["100", "200", "0.08"], ["200", null, "0.07"]));
    await read(tiers(["0", "150", "0.09"], ["150", null, "0.07"]));
    const book = await readPriceBook(opened.database, { region: "us-east-1" });
    const found = book.ok ? (book.value.prices.get("test/tiers") ?? []) : [];
    expect(found.map(({ tierFrom, tierTo, unitPrice }) => [tierFrom, tierTo, unitPrice].join(" "))).toEqual([
      "0 150 0.09",
      "150  0.07",
    ]);
  });

  test("of Spot prices gives the median of the zones, and keeps every pool's as an observation, once", async () => {
    const pool = (zone: string, unitPrice: string, observedAt: string): SourceRow => ({
      ...{ kind: "spot", region: "us-east-1", sku: "ec2-spot/linux/test.large", instanceType: "test.large", zone },
      ...{ product: "Linux/UNIX", unit: "Instance-Hour", unitPrice, currency: "USD", observedAt, source: "EC2 API" },
    });
    const day = (n: number) => `2026-11-${n}T10:00:00.000Z`;
    const pools = [
      pool("a", "0.03", day(20)),
      pool("b", "0.036", day(21)),
      pool("c", "0.05", day(11)),
      pool("c", "0.01", day(10)),
    ];
    const report = await read(pools);
    expect(report).toMatchObject({ observations: 4, counts: { new: 1 } });
    const spot = await opened.database.select().from(price).where(eq(price.sku, "ec2-spot/linux/test.large"));
    expect(spot.filter(({ status }) => status === null)).toMatchObject([
      { price: "0.036", effectiveFrom: "2026-11-21", note: "median of 3 zones, 0.03 to 0.05" },
    ]);
    expect(
      spot
        .filter(({ status }) => status === "observed")
        .map(({ note }) => note)
        .sort(),
    ).toEqual(["a, Linux/UNIX", "b, Linux/UNIX", "c, Linux/UNIX", "c, Linux/UNIX"]);
    expect(await priceOf("ec2-spot/linux/test.large")).toEqual(["0.036"]);
    expect(await read(pools)).toMatchObject({ snapshot: null, observations: 0 });
  });
});
