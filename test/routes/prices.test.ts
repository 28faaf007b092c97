import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refresh } from "../../api/refreshing/refresh.ts";
import type { PricePage } from "../../api/routes/schemas/price-list.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import type { ListedSnapshot } from "../../db/snapshot-list.ts";
import { fakeSource, priceRow } from "../db/fake-source.ts";
import { appOver, documentIn, exampleWith, problemsIn } from "./memory-app.ts";

let opened: OpenDatabase;
let app: ReturnType<typeof appOver>;
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
  app = appOver(opened.database);
}, 60_000);
afterAll(() => opened.close());

async function pageOf(query: string): Promise<PricePage> {
  const response = await app.ask(`/v1/prices?${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as PricePage;
}

async function snapshotsNow(): Promise<readonly ListedSnapshot[]> {
  const body = (await (await app.ask("/v1/snapshots")).json()) as { snapshots: ListedSnapshot[] };
  return body.snapshots;
}

const vcpu = "fargate/linux/x86_64/vcpu";

/** A refresh that makes a vCPU-hour of Fargate so dear in us-east-1. */
async function refreshTo(unitPrice: string, effectiveFrom: string): Promise<string> {
  const row = priceRow({ sku: vcpu, unit: "vCPU-Hour", unitPrice, effectiveFrom });
  const sources = [fakeSource({ part: [row] })];
  const report = await refresh(opened.database, { regions: ["us-east-1"], sources, today: "2026-11-23" });
  return report.snapshot ?? "";
}

describe("GET /v1/prices", () => {
  test("gives one SKU's price with unit, tier, currency, source, date and snapshot: $0.04048 a vCPU-hour", async () => {
    const [bundled] = await snapshotsNow();
    expect(await pageOf(`region=us-east-1&sku=${vcpu}`)).toEqual({
      ...{ region: "us-east-1", currency: "USD", asOf: null, snapshot: bundled?.id, next: null },
      prices: [
        {
          ...{ sku: vcpu, region: "us-east-1", unit: "vCPU-Hour", unitPrice: "0.04048", currency: "USD" },
          ...{ tierFrom: "0", tierTo: null, effectiveDate: "2026-09-11", effectiveFrom: "2026-09-11" },
          ...{ source: expect.stringMatching(/^AWS price list AmazonECS of 2026-09-11/), rateCode: null, flag: null },
          ...{ confirmedOn: null, history: null, interruption: null, snapshot: bundled?.id },
        },
      ],
    });
  });

  test("gives all SKUs that begin alike, with every tier: the 4 of internet egress", async () => {
    const fargate = await pageOf("region=eu-west-1&sku=fargate/*");
    expect(fargate.prices.every(({ sku }) => sku.startsWith("fargate/"))).toBe(true);
    const egress = await pageOf("region=us-east-1&sku=data-transfer/internet*");
    expect(egress.prices.map(({ tierFrom, tierTo, unitPrice }) => [tierFrom, tierTo, unitPrice])).toEqual([
      ["0", "10240", "0.09"],
      ["10240", "51200", "0.085"],
      ["51200", "153600", "0.07"],
      ["153600", null, "0.05"],
    ]);
    for (const all of ["", "&sku=*"])
      expect((await pageOf(`region=us-east-1${all}`)).prices.length).toBeGreaterThan(99);
    expect((await pageOf("region=us-east-1&sku=ec2/linux/%2A")).prices).toHaveLength(100);
    expect((await pageOf("region=us-east-1&sku=far_ate/*")).prices).toEqual([]);
    expect((await pageOf("region=us-east-1&sku=nothing")).prices).toEqual([]);
  });

  test("a Spot price has its low, median and high over what is held, and EC2's the band of interruptions", async () => {
    const [fargate] = (await pageOf("region=us-east-1&sku=fargate-spot/linux/x86_64/vcpu")).prices;
    expect(fargate).toMatchObject({
      ...{ unitPrice: "0.01288561", interruption: null },
      history: {
        ...{ low: "0.01264355", median: "0.012782805", high: "0.01288871", observations: 4, since: "2021-01-10" },
      },
    });
    const [m5] = (await pageOf("region=us-east-1&sku=ec2-spot/linux/m5.large")).prices;
    expect(m5).toMatchObject({
      history: { low: "0.0418", high: "0.0418", observations: 1, since: "2026-08-10" },
      interruption: { band: "15-20%", asOf: "committed 2025-06-28 and 2025-07-28" },
    });
  });

  test("a page leads to the next, to the end, without a gap or a repetition, and stays with its snapshot", async () => {
    const all = (await pageOf("region=us-east-1&sku=ec2-spot/*&limit=1000")).prices.map(({ sku }) => sku);
    expect(all).toHaveLength(315);
    expect(all).toEqual(all.toSorted());
    const seen: string[] = [];
    const snapshots = new Set<string>();
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: PricePage = await pageOf(`region=us-east-1&sku=ec2-spot/*&limit=150&cursor=${cursor}`);
      seen.push(...page.prices.map(({ sku }) => sku));
      snapshots.add(page.snapshot);
      cursor = page.next;
      if (cursor !== null && snapshots.size === 1)
        await refreshTo(cursor.length % 2 ? "0.0405" : "0.0406", "2026-10-01");
    }
    expect(seen).toEqual(all);
    expect(snapshots.size).toBe(1);
  });

  test("answers for a day, and for what was known at a snapshot", async () => {
    const priced = async (query: string) =>
      (await pageOf(`region=us-east-1&sku=${vcpu}&${query}`)).prices.map(({ unitPrice }) => unitPrice);
    const later = await refreshTo("0.044", "2026-11-20");
    const bundled = (await snapshotsNow()).at(-1)?.id;
    expect(await priced("")).toEqual(["0.044"]);
    expect(await priced("asOf=2026-09-30")).toEqual(["0.04048"]);
    expect(await priced(`snapshot=${bundled}`)).toEqual(["0.04048"]);
    expect(await priced(`snapshot=${later}&asOf=2026-11-20`)).toEqual(["0.044"]);
  });

  test.each([
    ["", "missing_field region"],
    ["region=us-east-1&colour=red", "unknown_field "],
    ["region=us-east-1&region=eu-west-1", "field_twice region"],
    ["region=us-east-1&sku=a*b", "not_a_sku sku"],
    ["region=us-east-1&sku=';drop", "not_a_sku sku"],
    ["region=us-east-1&asOf=2026-02-30", "not_a_day asOf"],
    ["region=us-east-1&snapshot=latest", "not_a_snapshot snapshot"],
    ["region=us-east-1&cursor=x", "not_a_cursor cursor"],
    ["region=us-east-1&snapshot=0000000000000000&cursor=1111111111111111.a", "not_a_cursor cursor"],
    ["region=us-east-1&limit=0", "out_of_range limit"],
    ["region=us-east-1&limit=1001", "out_of_range limit"],
  ])("400 for ?%s: %s", async (query, expected) => {
    const response = await app.ask(`/v1/prices?${query}`);
    expect(response.status).toBe(400);
    expect((await problemsIn(response)).map(({ code, path }) => `${code} ${path}`)).toContain(expected);
  });

  test.each([
    ["region=mars-1", "region_unknown region"],
    ["region=global", "region_unknown region"],
    ["region=us-east-1&asOf=2001-01-01", "as_of_before_first_price asOf"],
    ["region=us-east-1&snapshot=0000000000000000", "snapshot_unknown snapshot"],
  ])("422 for ?%s: %s", async (query, expected) => {
    const response = await app.ask(`/v1/prices?${query}`);
    expect(response.status).toBe(422);
    expect((await problemsIn(response)).map(({ code, path }) => `${code} ${path}`)).toEqual([expected]);
  });
});

test("GET /v1/snapshots lists them, the latest first, the bundled one with its 94,095 prices of 35 regions as any other", async () => {
  const id = await refreshTo("0.043", "2026-11-21");
  const all = await snapshotsNow();
  expect(all[0]).toMatchObject({ id, parent: all[1]?.id, rows: { prices: 1 }, regions: ["us-east-1"] });
  expect(all[0]?.loadedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const bundled = { description: "bundled with Stowage", parent: null, rows: { prices: 94_095, limits: 161 } };
  expect(all.at(-1)).toMatchObject(bundled);
  expect(all.at(-1)?.regions).toHaveLength(35);
});

describe("a comparison", () => {
  const made = async (request: object) => documentIn(await app.compare(exampleWith({ request })));
  const vcpuPrice = ({ options }: Awaited<ReturnType<typeof made>>) =>
    options.find(({ id }) => id === "fargate")?.lineItems.find(({ sku }) => sku === vcpu)?.unitPrice;

  test("takes up a refresh without a restart, and one made before reopens byte for byte", async () => {
    await refreshTo("0.0401", "2026-11-22");
    const response = await app.compare(exampleWith({}));
    const body = await response.text();
    const id = (JSON.parse(body) as { id: string }).id;
    for (const price of ["0.0402", "0.0403"]) await refreshTo(price, "2026-11-22");
    const after = await made({});
    expect(after.id).not.toBe(id);
    expect([vcpuPrice(JSON.parse(body)), vcpuPrice(after)]).toEqual(["0.0401", "0.0403"]);
    expect(await (await app.ask(`/v1/comparisons/${id}`)).text()).toBe(body);
  });

  test("of a day is answered with the prices in force then, at its own id: $0.04048 on 2026-09-30", async () => {
    const dated = await made({ asOf: "2026-09-30" });
    const now = await made({});
    expect([vcpuPrice(dated), vcpuPrice(now)]).toEqual(["0.04048", "0.0403"]);
    expect(new Set([dated.id, now.id, (await made({ asOf: "2026-09-29" })).id]).size).toBe(3);
    expect(dated.prices.newest ?? "").not.toMatch(/^2026-1/);
  });

  test("at a snapshot is answered with what was known then", async () => {
    const bundled = (await snapshotsNow()).at(-1)?.id;
    const then = await made({ snapshot: bundled });
    expect(then.prices.snapshot).toBe(bundled);
    expect(vcpuPrice(then)).toBe("0.04048");
  });

  test("of a day before the first price, or at an unknown snapshot, is refused by name", async () => {
    const refused = async (request: object) => problemsIn(await app.compare(exampleWith({ request })));
    expect(await refused({ asOf: "2021-01-09" })).toMatchObject([
      { code: "as_of_before_first_price", path: "asOf", message: expect.stringContaining("2021-01-10") },
    ]);
    expect(await refused({ snapshot: "0000000000000000" })).toMatchObject([
      { code: "snapshot_unknown", path: "snapshot" },
    ]);
  });
});
