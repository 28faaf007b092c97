import { type Cell, type CellValue, readXlsx, type Sheet, type Workbook } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { Exact } from "../../api/core/model/exact.ts";
import type { ComparisonDocument } from "../../api/present/json.ts";
import { comparisonWorkbook } from "../../api/present/workbook.ts";
import { aCharge } from "../core/sample-book.ts";
import { rowsOf } from "./libreoffice.ts";
import { documentOf, documentOfCharges, goldenDocument } from "./workbook-documents.ts";

const shop = goldenDocument("shop");
const opened = await openedWorkbook(shop);

describe("a workbook", () => {
  test("has a sheet for each thing, each with its headings frozen and printed to the width of a page", () => {
    const names = ["Summary", "Line items", "Tasks", "Fleet", "Assumptions", "Prices"];

    expect(opened.sheets.map(({ name }) => name)).toEqual(names);
    for (const { freezePane, pageSetup, columns } of opened.sheets) {
      expect(freezePane).toEqual({ rows: 1 });
      expect(pageSetup).toMatchObject({ orientation: "landscape", fitToWidth: 1, printTitlesRow: "$1:$1" });
      expect(columns?.every(({ width }) => (width ?? 0) >= 8)).toBe(true);
    }
  });

  test("is the same file each time, and another where prices are stale", async () => {
    const bytes = await comparisonWorkbook(shop, null);
    const stale = await openedWorkbook(shop, "Stale: the oldest price used is of 2024-07-18, 800 days ago.");

    expect(await comparisonWorkbook(shop, null)).toEqual(bytes);
    expect(valuesOf(stale, "Summary")).toContain("Stale: the oldest price used is of 2024-07-18, 800 days ago.");
    expect(valuesOf(opened, "Summary").join()).not.toContain("Stale");
  });

  test("shows the answer's figures to whoever does not calculate: totals, lines, quantities", () => {
    const summary = rowsOf(opened, "Summary", "Option");
    const lines = rowsOf(opened, "Line items", "Option");
    const items = shop.options.flatMap(({ lineItems }) => lineItems);

    expect(summary.map((row) => row.Total)).toEqual(shop.options.map(({ total }) => Number(total)));
    expect(lines.map((row) => [row.Quantity, row["Unit price"], row["Exact cost"], row.Cost])).toEqual(
      items.map((item) => [item.quantity, item.unitPrice, item.costExact, item.cost].map(Number)),
    );
  });

  test("says which option is recommended and why, with ranges of Spot prices as they were answered", () => {
    const rows = rowsOf(opened, "Summary", "Option");

    expect(rows.filter((row) => row.Recommended === "recommended").map((row) => row.Option)).toEqual(["mixed"]);
    expect(rows[0]).toMatchObject({ Option: "fargate-spot", Low: 189.08, High: 192.63 });
    expect(valuesOf(opened, "Summary")).toContainEqual(expect.stringMatching(/^mixed: lowest total without estimated/));
  });

  test("has a table for charts and a chart of it", () => {
    const table = rowsOf(opened, "Summary", "For a chart");

    expect(table.map((row) => [row["For a chart"], row.Total])).toEqual(
      shop.options.map(({ id, total }) => [id, Number(total)]),
    );
    expect(sheetOf(opened, "Summary").charts?.[0]?.series?.[0]).toMatchObject({
      ...{ valuesRef: "Summary!$C$24:$C$30", categoriesRef: "Summary!$A$24:$A$30" },
    });
  });
});

describe("every amount is a formula:", () => {
  test("quantity × unit price, the running sum, and the cents that it grows by", () => {
    expect(formulasIn(opened, "Line items", 3)).toEqual({
      F3: "Tasks!$E$2*Tasks!$G$2",
      H3: "Prices!$C$10",
      I3: "F3*H3",
      J3: "J2+I3",
      K3: "ROUND(ROUND(ROUND(J3,9),2)-ROUND(ROUND(J2,9),2),2)",
      L3: "Prices!$D$10",
    });
  });

  test("totals, differences and list totals", () => {
    expect(formulasIn(opened, "Summary", 16)).toEqual({
      C16: "ROUND(SUM('Line items'!$K$11:$K$15),2)",
      D16: "ROUND(C16-MIN($C$15:$C$21),2)",
      E16: "ROUND(ROUND(SUMPRODUCT('Line items'!$F$11:$F$15,'Line items'!$L$11:$L$15),9),2)",
    });
  });

  test("instance-hours are those of the fleet, count × hours of the period", () => {
    expect(formulasIn(opened, "Line items", 11).F11).toBe(
      'SUMIFS(Fleet!$E$2:$E$13,Fleet!$A$2:$A$13,$A11,Fleet!$B$2:$B$13,"m5a.2xlarge")',
    );
    expect(formulasIn(opened, "Fleet", 2)).toEqual({ D2: "Summary!$B$4", E2: "C2*D2" });
  });

  test("AWS Support is a part of the other lines of its service", async () => {
    const { document, workbook } = await withSupport({});
    const at = document.options[0]?.lineItems.findIndex(({ unit }) => unit === "Charges") ?? -1;

    expect(formulasIn(workbook, "Line items", at + 2)[`F${at + 2}`]).toMatch(/^SUM\(I\d+:I\d+(,I\d+:I\d+)*\)$/);
  });

  test("but for a list total with AWS Support on it and a rate card: that part is on no line", async () => {
    const { document, workbook } = await withSupport({ rateCard: { discounts: [{ sku: "*", percent: "10" }] } });
    const row = valuesOf(workbook, "Summary").indexOf("Option") / 9;

    expect(Object.keys(formulasIn(workbook, "Summary", row + 2)).map((ref) => ref[0])).toEqual(["C", "D"]);
    expect(rowsOf(workbook, "Summary", "Option")[0]?.["List price total"]).toBe(Number(document.options[0]?.listTotal));
  });
});

describe("what can be changed", () => {
  test("looks so: blue on yellow, as the legend on the summary says", () => {
    const inputs = (name: string) => [...(sheetOf(opened, name).cells ?? [])].filter(([, cell]) => isInput(cell));

    expect(inputs("Summary").map(([ref]) => ref)).toEqual(["3,1", "10,0"]);
    expect(inputs("Prices")).toHaveLength(24);
    expect(inputs("Fleet")).toHaveLength(12);
    expect(inputs("Tasks")).toHaveLength(33);
  });

  test("is no formula, and each of it is one number that lines refer to", () => {
    for (const sheet of opened.sheets) {
      const inputs = [...(sheet.cells?.values() ?? [])].filter(isInput);
      expect(inputs.filter(({ formula }) => formula !== undefined)).toEqual([]);
    }
    const prices = rowsOf(opened, "Prices", "SKU");
    expect(new Set(prices.map((row) => row.SKU)).size).toBe(prices.length);
    expect(prices.every((row) => row.Source !== "" && row["Effective date"] instanceof Date)).toBe(true);
  });

  test("on average 13.46 tasks that come and go are task-hours of their own, since no count gives them exactly", async () => {
    const workbook = await openedWorkbook(goldenDocument("scaled-web"));
    const [row] = rowsOf(workbook, "Tasks", "Option");

    expect([row?.Tasks, row?.["Task-hours"]]).toEqual(["varying", Number("9828.016666666667")]);
  });

  test("is every quantity of an answer kept before answers said what ran", async () => {
    const options = shop.options.map(({ tasks: _, ...option }) => option as (typeof shop.options)[number]);
    const workbook = await openedWorkbook({ ...shop, options });

    expect(rowsOf(workbook, "Line items", "Option")[0]?.Quantity).toBe(4380);
    expect(formulasIn(workbook, "Line items", 2).F2).toBeUndefined();
  });
});

describe("text stays text", () => {
  const hostile = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\u0000\u0001",
    "_x000D_",
    "<b>&",
    "a".repeat(40_000),
  ];

  test.each(hostile.map((name) => [name.slice(0, 20), name]))("of a service named %j", async (_, name) => {
    const document = documentOfCharges([{ ...aCharge("web", "1.5"), service: name, description: name }]);
    const workbook = await openedWorkbook(document);
    const cell = sheetOf(workbook, "Line items").cells?.get("1,1");

    expect(cell?.formula).toBeUndefined();
    expect(cell?.style?.numFmt).toBe("@");
    expect(rowsOf(workbook, "Line items", "Option")[0]?.Service).toBe(name.slice(0, 32_767));
  });
});

test("an option that is not feasible says so, and why on a sheet of its own", async () => {
  const document = documentOf({
    region: "us-east-1",
    taskDefinitions: [
      { family: "web", networkMode: "host", cpu: "512", memory: "1024", containerDefinitions: [{ name: "web" }] },
    ],
  });
  const workbook = await openedWorkbook(document);
  const fargate = rowsOf(workbook, "Summary", "Option").find((row) => row.Option === "fargate");

  expect(fargate).toMatchObject({ Total: "not feasible", Note: "see Problems; 18.02 once mended" });
  expect(rowsOf(workbook, "Problems", "Option").map((row) => row.Where)).toContain("taskDefinitions[0].networkMode");
});

test("running sums of a billion are rounded to four decimals first, since binary arithmetic is not sure of more", async () => {
  const workbook = await openedWorkbook(documentOfCharges([aCharge("web", "1000000000.005")]));

  expect(formulasIn(workbook, "Line items", 2).K2).toBe("ROUND(ROUND(J2,4),2)");
  expect(new Exact("1000000000.005").toNumber()).toBe(1000000000.005);
});

async function openedWorkbook(document: ComparisonDocument, stale: string | null = null): Promise<Workbook> {
  return await readXlsx(await comparisonWorkbook(document, stale), { readStyles: true });
}

async function withSupport(fields: object) {
  const document = documentOf({
    ...{ region: "us-east-1", options: ["fargate"], usage: { cluster: { supportPercent: 10 } } },
    taskDefinitions: [{ family: "web", cpu: "512", memory: "1024", containerDefinitions: [{ name: "web" }] }],
    ...fields,
  });
  return { document, workbook: await openedWorkbook(document) };
}

function sheetOf(workbook: Workbook, name: string): Sheet {
  const found = workbook.sheets.find((sheet) => sheet.name === name);
  if (found === undefined) throw new Error(`There is no sheet ${name}`);
  return found;
}

/** Row after row. */
function valuesOf(workbook: Workbook, name: string): CellValue[] {
  return sheetOf(workbook, name).rows.flat();
}

function formulasIn(workbook: Workbook, name: string, row: number): Record<string, string> {
  const cells = [...(sheetOf(workbook, name).cells ?? [])].filter(([at]) => at.startsWith(`${row - 1},`));
  return Object.fromEntries(
    cells.flatMap(([at, { formula }]) => {
      const letter = String.fromCharCode(65 + Number(at.split(",")[1]));
      return formula === undefined ? [] : [[`${letter}${row}`, formula]];
    }),
  );
}

function isInput({ style }: Cell): boolean {
  return style?.fill?.type === "pattern" && style.fill.fgColor?.rgb?.endsWith("FFF2CC") === true;
}
