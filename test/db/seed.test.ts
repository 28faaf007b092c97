import { readdirSync, readFileSync } from "node:fs";
import { count, eq, isNotNull } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { priceUnits } from "../../api/core/model/price-book.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { comparison } from "../../db/kept-schema.ts";
import * as schema from "../../db/schema.ts";
import { findSnapshot } from "../../db/snapshots.ts";
import { engines } from "./engines.ts";

const folder = new URL("../../db/seed/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), "utf8");
const linesOf = (file: string) => read(file).split("\n").slice(1, -1);
const priceFiles = readdirSync(new URL("prices/", folder)).map((name) => `prices/${name}`);
const files = [...readdirSync(folder).filter((name) => name.endsWith(".csv")), ...priceFiles];

describe("the seed's files", () => {
  test.each(files)("%s has one row per line, LF line ends, and the number of rows that its README gives", (file) => {
    const text = read(file);
    expect(text.endsWith("\n")).toBe(true);
    expect(text).not.toContain("\r");
    expect(text.split("\n").filter((line) => (line.split('"').length - 1) % 2 === 1)).toEqual([]);
    const row = new RegExp(`^\\| \`${file}\` \\| ([\\d,]+) \\|`, "m").exec(read("README.md"));
    expect(row?.[1]?.replaceAll(",", "")).toBe(String(linesOf(file).length));
  });

  test("all price files have the same columns, and every file names a source on every row", () => {
    expect(new Set(priceFiles.map((file) => read(file).split("\n")[0])).size).toBe(1);
    for (const file of files) expect(read(file).split("\n")[0], file).toMatch(/(^|,)(source|citation)(,|$)/);
  });

  test("no cell leaks a path of a machine", () => {
    for (const file of files) expect(read(file)).not.toMatch(/\/(home|root|tmp|work|Users)\//);
  });
});

describe.each(engines)("the seed on the $name", ({ open }) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened.close());

  async function rows(table: PgTable): Promise<number> {
    const [found] = await opened.database.select({ count: count() }).from(table);
    return found?.count ?? 0;
  }

  test.each([
    ["snapshot", schema.snapshot, 1],
    ["source", schema.source, 98],
    ["price", schema.price, 94_095],
    ["spot_advice", schema.spotAdvice, 14_962],
    ["instance_type", schema.instanceType, 1_428],
    ["registered_memory", schema.registeredMemory, 25],
    ["task_size", schema.taskSize, 77],
    ["limit_value", schema.limitValue, 161],
    ["comparison", comparison, 0],
  ])("%s holds its rows: %i", async (_, table, expected) => {
    expect(await rows(table)).toBe(expected);
  });

  test("the snapshot's id is made of the content, so it is the same on every machine", async () => {
    const snapshot = await findSnapshot(opened.database);
    expect(snapshot).toMatchObject({ number: 1, description: "bundled with Stowage" });
    expect(snapshot?.id).toMatch(/^[0-9a-f]{16}$/);
  });

  test("every price has a unit that rating knows, a currency, a source and a date in the source's words", async () => {
    const { unit, currency } = schema.price;
    const units = await opened.database.selectDistinct({ unit }).from(schema.price);
    expect(units.filter((row) => !priceUnits.includes(row.unit))).toEqual([]);
    expect(units).toHaveLength(16);
    const currencies = await opened.database.selectDistinct({ currency }).from(schema.price);
    expect(currencies.map((row) => row.currency).sort()).toEqual(["CNY", "USD"]);
    expect(await opened.database.$count(schema.price, eq(schema.price.effectiveDate, ""))).toBe(0);
  });

  test("67 prices are history that is never current, the Windows prices of eu-west-1 among them", async () => {
    const history = await opened.database.select().from(schema.price).where(isNotNull(schema.price.status));
    expect(history).toHaveLength(67);
    const windows = history.filter(({ region, sku }) => region === "eu-west-1" && sku.startsWith("fargate/windows/"));
    expect(windows.map(({ price, status, effectiveFrom }) => [price, status, effectiveFrom])).toEqual([
      ["0.046", "superseded", "2022-01-01"],
      ["0.01005", "superseded", "2022-01-01"],
      ["0.09148", "superseded", "2022-01-01"],
    ]);
  });

  test("lower bounds and the older image's 3,884 MiB are kept apart from observations of registered memory", async () => {
    const { registeredMemory } = schema;
    const all = await opened.database.select().from(registeredMemory);
    const told = (type: string) =>
      all
        .filter(({ instanceType }) => instanceType === type)
        .map(({ registeredMiB, bound, status }) => [registeredMiB, bound, status])
        .sort();
    expect(told("m6i.large")).toEqual([[7820, "lower", null]]);
    expect(told("t3.medium")).toEqual([
      [3828, "exact", null],
      [3884, "exact", "superseded"],
    ]);
  });
});
