import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PriceRow } from "../../api/price-sources/price-source.ts";
import { refresh } from "../../api/refreshing/refresh.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { type PriceQuestion, readPriceBook } from "../../db/price-book.ts";
import { engines } from "./engines.ts";
import { fakeSource, priceRow } from "./fake-source.ts";

const sku = "fargate/linux/x86_64/vcpu";

describe.each(engines)("prices of another time on the $name", ({ open }) => {
  let opened: OpenDatabase;
  const snapshots: string[] = [];

  /** The bundled prices, then one refresh in October and one in November. */
  beforeAll(async () => {
    opened = await open();
    snapshots.push((await bookOf({})).snapshot);
    await write({ unitPrice: "0.041", effectiveFrom: "2026-10-15" }, "2026-10-20");
    await write({ unitPrice: "0.042", effectiveFrom: "2026-11-15" }, "2026-11-20");
  }, 60_000);
  afterAll(() => opened.close());

  async function write(fields: Partial<PriceRow>, today: string): Promise<void> {
    const sources = [fakeSource({ part: [priceRow({ sku, unit: "vCPU-Hour", ...fields })] })];
    const report = await refresh(opened.database, { regions: ["us-east-1"], sources, today });
    snapshots.push(report.snapshot ?? "");
  }

  async function bookOf(asked: Partial<PriceQuestion>) {
    const book = await readPriceBook(opened.database, { region: "us-east-1", ...asked });
    if (!book.ok) throw new Error(JSON.stringify(book.problems));
    return book.value;
  }

  const vcpu = async (asked: Partial<PriceQuestion>) =>
    (await bookOf(asked)).prices.get(sku)?.map(({ unitPrice }) => unitPrice.toString());

  test.each([
    ["2026-09-11", ["0.04048"]],
    ["2026-10-14", ["0.04048"]],
    ["2026-10-15", ["0.041"]],
    ["2026-11-14", ["0.041"]],
    ["2026-11-15", ["0.042"]],
    ["2030-01-01", ["0.042"]],
  ])("a vCPU-hour on %s costs what was in force then: %s", async (asOf, expected) => {
    expect(await vcpu({ asOf })).toEqual(expected);
  });

  test("a day and a snapshot together: what was known in October of prices in November", async () => {
    const [bundled = "", october = "", november = ""] = snapshots;
    expect(await vcpu({ snapshot: bundled })).toEqual(["0.04048"]);
    expect(await vcpu({ snapshot: october })).toEqual(["0.041"]);
    expect(await vcpu({ snapshot: october, asOf: "2026-11-15" })).toEqual(["0.041"]);
    expect(await vcpu({ snapshot: november, asOf: "2026-10-15" })).toEqual(["0.041"]);
    expect(await vcpu({ snapshot: november, asOf: "2026-10-14" })).toEqual(["0.04048"]);
    expect(await vcpu({ snapshot: bundled, asOf: "2026-11-15" })).toEqual(["0.04048"]);
  });

  test("undated prices are of no particular day: ARM in eu-central-1 has a price, and none on 2026-11-01", async () => {
    const arm = async (asOf: string | null) =>
      (await bookOf({ region: "eu-central-1", asOf })).prices.has("fargate/linux/arm64/vcpu");
    expect([await arm(null), await arm("2026-11-01")]).toEqual([true, false]);
  });

  test("what came later is not there yet: no EC2 type of 2026 and no Spot advice in May 2025", async () => {
    const { prices, instanceTypes } = await bookOf({ asOf: "2025-05-01" });
    expect(prices.get("ec2/linux/m5.large")?.[0]).toMatchObject({ effectiveFrom: "2025-04-04" });
    expect(prices.has("ec2/linux/m9g.large")).toBe(false);
    expect([...prices.values()].flat().filter(({ estimated }) => estimated)).toEqual([]);
    expect(instanceTypes.length).toBeLessThan((await bookOf({})).instanceTypes.length);
    const days = [...prices.values()].flat().map(({ effectiveFrom }) => effectiveFrom ?? "undated");
    expect(days.filter((day) => day > "2025-05-01")).toEqual([]);
  });

  test("a day before the first known price is refused by name, with that day", async () => {
    expect(await readPriceBook(opened.database, { region: "us-east-1", asOf: "2021-01-09" })).toEqual({
      ok: false,
      problems: [
        {
          ...{ code: "as_of_before_first_price", path: "asOf" },
          message:
            "No price of us-east-1 is known for 2021-01-09. The first day with a known price there is 2021-01-10.",
        },
      ],
    });
    expect((await readPriceBook(opened.database, { region: "us-east-1", asOf: "2021-01-10" })).ok).toBe(true);
    const unknown = await readPriceBook(opened.database, { region: "mars-1", asOf: "2021-01-09" });
    expect(unknown).toMatchObject({ ok: false, problems: [{ code: "region_unknown" }] });
  });
});
