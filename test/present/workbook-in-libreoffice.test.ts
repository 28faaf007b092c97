import type { Workbook } from "hucre/xlsx";
import { beforeAll, describe, expect, test } from "vitest";
import { exchanged } from "../../api/present/exchange.ts";
import type { ComparisonDocument } from "../../api/present/json.ts";
import { comparisonWorkbook } from "../../api/present/workbook.ts";
import { isInstalled, recalculated, rowsOf, withoutResults } from "./libreoffice.ts";
import { documentsOfAllKinds, goldenDocument } from "./workbook-documents.ts";

const state = isInstalled ? "is installed" : "(soffice) is not installed: no workbook was calculated here";

test(`LibreOffice ${state}; where CI is set it must be, so that nothing goes uncalculated`, () => {
  expect(process.env.CI ? isInstalled : "not needed").not.toBe(false);
});

const exchange = { currency: "EUR", rate: "0.92", date: "2026-11-25" };
const documents = [
  ...documentsOfAllKinds(),
  { name: "the shop in euros", document: exchanged(goldenDocument("shop"), exchange) },
  { name: "the full bill in euros", document: exchanged(goldenDocument("full-bill"), exchange) },
];

/** A cell that finance changes on the workbook of the shop, and what the option fargate costs then. */
const changes = [
  { sheet: "Prices", key: "fargate/linux/x86_64/vcpu", column: 2, value: 0.05, total: "698.11" },
  { sheet: "Tasks", key: "fargate/web", column: 3, value: 24, total: "815.32" },
  { sheet: "Summary", key: "Hours", column: 1, value: 365, total: "300.92" },
  { sheet: "Summary", key: "Exchange rate", column: 1, value: 2, total: "1198.16", in: "euros" },
  { sheet: "Prices", key: "fargate/linux/x86_64/vcpu", column: 9, value: 0.05, total: "642.26", in: "euros" },
];

describe.each(isInstalled ? [documents.length] : [])("in %i workbooks that LibreOffice calculates anew,", () => {
  let calculated: Workbook[];
  let changed: Workbook[];
  beforeAll(async () => {
    const workbooks = await Promise.all(documents.map(({ document }) => comparisonWorkbook(document, null)));
    const shop = await comparisonWorkbook(goldenDocument("shop"), null);
    const euros = await comparisonWorkbook(exchanged(goldenDocument("shop"), exchange), null);
    const all = await recalculated([
      ...(await Promise.all(workbooks.map((workbook) => withoutResults(workbook)))),
      ...(await Promise.all(
        changes.map((change) => withoutResults(change.in === "euros" ? euros : shop, (sheets) => set(sheets, change))),
      )),
    ]);
    [calculated, changed] = [all.slice(0, documents.length), all.slice(documents.length)];
  }, 300_000);

  test("totals, differences and list totals are the answer's, to the cent", () => {
    for (const [at, { name, document }] of documents.entries()) {
      const rows = rowsOf(calculated[at] as Workbook, "Summary", "Option");
      const shown = rows.map((row) => [row.Option, row.Total, row["Difference to cheapest"], row["List price total"]]);
      expect([name, shown]).toEqual([name, answered(document)]);
    }
  });

  test("so is every line, and its quantity", () => {
    let checked = 0;
    for (const [at, { name, document }] of documents.entries()) {
      const rows = rowsOf(calculated[at] as Workbook, "Line items", "Option");
      const lines = document.options.flatMap(({ id, lineItems }) => lineItems.map((line) => ({ id, ...line })));
      expect([name, rows.map((row) => [row.Option, row.Cost])]).toEqual([
        name,
        lines.map(({ id, cost }) => [id, Number(cost)]),
      ]);
      for (const [row, { quantity }] of lines.entries()) {
        expect(Number(rows[row]?.Quantity) / Number(quantity)).toBeCloseTo(1, 11);
      }
      checked += lines.length;
    }
    expect(checked).toBeGreaterThan(1000);
  });

  test.each(changes.map(({ sheet, key, value, total }, at) => ({ sheet, key, value, total, at })))(
    "$sheet, $key set to $value: fargate costs $total",
    ({ total, at }) => {
      const workbook = changed[at] as Workbook;
      const option = rowsOf(workbook, "Summary", "Option").find((row) => row.Option === "fargate");
      const lines = rowsOf(workbook, "Line items", "Option").filter((row) => row.Option === "fargate");

      expect(option?.Total).toBe(Number(total));
      expect(lines.reduce((sum, row) => sum + Number(row.Cost), 0)).toBeCloseTo(Number(total), 9);
    },
  );
});

function answered({ options }: ComparisonDocument) {
  return options.map(({ id, total, difference, listTotal }) =>
    total === null ? [id, "not feasible", null, null] : [id, Number(total), Number(difference), Number(listTotal)],
  );
}

/** The row is the one that begins with the key, whose parts stand in columns of their own. */
function set(sheets: Workbook["sheets"], { sheet: name, key, column, value }: (typeof changes)[number]): void {
  const sheet = sheets.find((one) => one.name === name);
  const row = sheet?.rows.findIndex((cells) => [cells[0], `${cells[0]}/${cells[1]}`].includes(key)) ?? -1;
  const cell = sheet?.cells?.get(`${row},${column}`);
  if (sheet === undefined || cell?.type !== "number") throw new Error(`${name} has no number beside ${key}`);
  cell.value = value;
  const cells = sheet.rows[row];
  if (cells !== undefined) cells[column] = value;
}
