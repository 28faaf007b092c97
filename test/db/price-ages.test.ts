import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SourceRow } from "../../api/price-sources/price-source.ts";
import { refresh } from "../../api/refreshing/refresh.ts";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { oldestKnownDay } from "../../db/price-ages.ts";
import { readPriceBook } from "../../db/price-book.ts";
import { findSnapshot } from "../../db/snapshots.ts";
import { appOver } from "../routes/memory-app.ts";
import { engines } from "./engines.ts";
import { fakeSource, priceRow } from "./fake-source.ts";

const vcpu = priceRow({ sku: "fargate/linux/x86_64/vcpu", unit: "vCPU-Hour", unitPrice: "0.04048" });
const memory = priceRow({ sku: "fargate/linux/x86_64/memory", unit: "GB-Hour", unitPrice: "0.004445" });
/** As the bundled advice is dated. */
const bundledAdvice = "committed 2025-06-28 and 2025-07-28";
const request = { ...comparisonExample, options: ["fargate"] };

describe.each(engines)("the age of prices on the $name", ({ open }) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened.close());

  async function read(part: string, rows: readonly Parameters<typeof priceRow>[0][], today: string, id?: string) {
    const sources = [fakeSource({ [part]: rows.map(priceRow) }, id)];
    return await refresh(opened.database, { regions: ["us-east-1"], sources, today });
  }

  function appOn(today: string) {
    return appOver(opened.database, { freshness: () => ({ staleAfterDays: 60, today }) });
  }

  async function knownDay(sku: string, effectiveDate: string, estimated = false): Promise<string | null> {
    const { id = "" } = (await findSnapshot(opened.database)) ?? {};
    const used = [{ sku, effectiveDate, estimated }];
    return await oldestKnownDay(opened.database, { region: "us-east-1", snapshot: id, used });
  }

  test("a comparison is stale 78 days after its oldest price, and not any more once a refresh has found that unchanged", async () => {
    const app = appOn("2026-11-28");
    const before = await app.compare(request);
    expect(before.headers.get("Stowage-Prices")).toBe(
      "Stale: the oldest price used is of 2026-09-11, 78 days ago (more than 60).",
    );
    const body = await before.text();
    expect(await (await app.compare(request, { Accept: "text/plain" })).text()).toContain("Stale: the oldest price");

    expect(await read("AmazonECS", [vcpu, memory], "2026-11-27")).toMatchObject({
      ...{ snapshot: null, counts: { unchanged: 2, changed: 0, new: 0 } },
    });

    const path = before.headers.get("Location") ?? "";
    const after = await app.ask(path);
    expect(after.headers.get("Stowage-Prices")).toBeNull();
    expect(await after.text()).toBe(body);
    const text = await app.ask(path, { headers: { Accept: "text/plain" } });
    expect(text.headers.get("Stowage-Prices")).toBeNull();
    expect(await text.text()).not.toContain("Stale");
    expect((await app.compare(request)).headers.get("Stowage-Prices")).toBeNull();
  });

  test("61 days after that it is stale again, by the day of the refresh, with the same bytes", async () => {
    const app = appOn("2027-01-27");
    const made = await app.compare(request, { Accept: "text/plain" });
    const sentence = "Stale: a price used was last known to hold on 2026-11-27, 61 days ago (more than 60).";
    expect(made.headers.get("Stowage-Prices")).toBe(sentence);
    expect((await made.text()).replaceAll(/\s+/g, " ")).toContain(sentence);
    const reopened = await app.ask(made.headers.get("Location") ?? "");
    expect(JSON.parse(await reopened.text()).prices).toMatchObject({ oldest: "2026-09-11" });
  });

  test("a price that was kept back is as old as before", async () => {
    await read("AmazonECS", [vcpu, { ...memory, unitPrice: "9" }], "2026-11-29");
    expect(await knownDay(vcpu.sku, "2026-09-11")).toBe("2026-11-29");
    expect(await knownDay(memory.sku, "2026-09-11")).toBe("2026-11-27");
  });

  test("a price that another has taken the place of is not confirmed by a reading of that", async () => {
    await read("AmazonECS", [{ ...vcpu, unitPrice: "0.041", effectiveFrom: "2026-12-01" }, memory], "2026-12-02");
    await read("AmazonECS", [{ ...vcpu, unitPrice: "0.041", effectiveFrom: "2026-12-01" }, memory], "2026-12-09");
    expect(await knownDay(vcpu.sku, "2026-09-11")).toBe("2026-09-11");
    expect(await knownDay(vcpu.sku, vcpu.effectiveDate)).toBe("2026-12-09");
  });

  test("Spot advice that is new or another makes a row, the same none; an estimate is as old as its advice's last reading", async () => {
    const advice = (instanceType: string, savingsPercent: number, interruptionBand: string): SourceRow => ({
      ...{ kind: "spot-advice", region: "us-east-1", instanceType, savingsPercent, interruptionBand },
      ...{ effectiveDate: "2026-12-10", effectiveFrom: "2026-12-10", source: "the advisor's file" },
    });
    const sources = [
      fakeSource(
        { "spot-advice": [advice("m8gd.large", 59, "<5%"), advice("r6id.large", 50, "5-10%")] },
        "spot-advisor",
      ),
    ];
    const report = await refresh(opened.database, { regions: ["us-east-1"], sources, today: "2026-12-10" });
    expect(report).toMatchObject({ spotAdvice: { new: 0, changed: 1, unchanged: 1 }, rows: 2, refusals: [] });
    const book = await readPriceBook(opened.database, { region: "us-east-1" });
    if (!book.ok) throw new Error(JSON.stringify(book.problems));
    const { prices, interruptions } = book.value;
    const [onDemand, spot] = ["ec2/linux/r6id.large", "ec2-spot/linux/r6id.large"].map((sku) => prices.get(sku)?.[0]);
    expect(spot?.unitPrice.times(2).toString()).toBe(onDemand?.unitPrice.toString());
    expect(spot?.effectiveFrom).toBe("2026-12-10");
    expect(interruptions?.get("r6id.large")).toEqual({ band: "5-10%", asOf: "2026-12-10" });
    const ageOf = (type: string) => knownDay(`ec2-spot/linux/${type}`, bundledAdvice, true);
    expect(await ageOf("m8gd.large")).toBe("2026-12-10");
    expect([await ageOf("r6id.large"), await ageOf("c5d.large")]).toEqual(["2025-07-28", "2025-07-28"]);
    const again = await refresh(opened.database, { regions: ["us-east-1"], sources, today: "2026-12-11" });
    expect(again).toMatchObject({ snapshot: null, spotAdvice: { new: 0, changed: 0, unchanged: 2 } });
  });

  test("an operator's file that says the same of a later day is a later price, once", async () => {
    const spot = {
      sku: "fargate-spot/linux/x86_64/vcpu",
      unit: "vCPU-Hour",
      unitPrice: "0.0128",
      source: "us",
    } as const;
    const on = (day: string) => [{ ...spot, effectiveDate: day, effectiveFrom: day }];
    await read("file", on("2026-12-01"), "2026-12-10", "fargate-spot-file");
    const again = await read("file", on("2026-12-08"), "2026-12-10", "fargate-spot-file");
    expect(again).toMatchObject({ counts: { changed: 0, unchanged: 1, confirmed: 1 } });
    expect(await knownDay(spot.sku, "2026-12-08")).toBe("2026-12-08");
    expect(await read("file", on("2026-12-08"), "2026-12-11", "fargate-spot-file")).toMatchObject({ snapshot: null });
  });
});
