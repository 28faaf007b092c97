import type { Decimal } from "decimal.js";
import type { WriteSheet } from "hucre/xlsx";
import { Exact } from "../core/model/exact.ts";
import type { ComparisonDocument } from "./json.ts";
import {
  day,
  type Formula,
  headings,
  label,
  moneyFormats,
  number,
  numberFormats,
  sheet,
  text,
  type WorkbookCell,
  type WorkbookRow,
} from "./workbook-cells.ts";
import type { Period } from "./workbook-fleet.ts";
import type { Prices } from "./workbook-prices.ts";
import type { Line, Quantities } from "./workbook-quantities.ts";

export interface Lines {
  readonly sheet: WriteSheet;
  /** The rows of each option that has any, from and to. */
  readonly rowsOf: ReadonlyMap<string, { readonly first: number; readonly last: number }>;
}

export interface Following {
  readonly quantities: Quantities;
  readonly prices: Prices;
  readonly period: Period;
}

/** One row per line item: quantity × unit price, the running sum of its option, and of it what is shown. */
export function linesSheet({ options, currency }: ComparisonDocument, following: Following): Lines {
  const rowsOf = new Map<string, { first: number; last: number }>();
  const rowOfLine = new Map<Line, number>();
  let last = 1;
  for (const { id, lineItems } of options) {
    if (lineItems.length > 0) rowsOf.set(id, { first: last + 1, last: last + lineItems.length });
    for (const line of lineItems) rowOfLine.set(line, ++last);
  }
  const rows = options.flatMap(({ id, lineItems }) => {
    let before: Decimal | null = null;
    return lineItems.map((line) => {
      const row = rowOfLine.get(line) ?? 0;
      const sum: Decimal = new Exact(before ?? 0).plus(line.costExact);
      const placed = { option: id, line, row, before, sum };
      before = sum;
      return lineRow(placed, { ...following, rowOfLine, currency });
    });
  });
  const names = ["Option", "Service", "SKU", "Description", "Count", "Quantity", "Unit", "Unit price", "Exact cost"];
  return {
    rowsOf,
    sheet: sheet({
      name: "Line items",
      widths: [14, 20, 38, 36, 9, 14, 14, 14, 16, 16, 12, 14, 10, 12, 60],
      rows: [
        headings(...names, "Running sum", "Cost", "List unit price", "Estimate", "Effective date", "Source"),
        ...rows,
      ],
      frozenRows: 1,
    }),
  };
}

interface PlacedLine {
  readonly option: string;
  readonly line: Line;
  readonly row: number;
  /** The running sum up to here; null: the option begins here. */
  readonly before: Decimal | null;
  readonly sum: Decimal;
}

interface Context extends Following {
  readonly rowOfLine: ReadonlyMap<Line, number>;
  readonly currency: string;
}

function lineRow(placed: PlacedLine, context: Context): WorkbookRow {
  const { option, line, row, before, sum } = placed;
  const { unitPrice, listUnitPrice } = context.prices.cellsOf(line);
  const { cents, exact } = moneyFormats(context.currency);
  const exactCost = { formula: `F${row}*H${row}`, result: Number(line.costExact) };
  return [
    ...[text(option), text(line.service ?? "shared"), text(line.sku), text(line.description)],
    ...quantityCells(line, row, context),
    text(line.unit),
    number({ formula: unitPrice, result: Number(line.unitPrice) }, exact),
    number(exactCost, exact),
    number({ formula: before === null ? `I${row}` : `J${row - 1}+I${row}`, result: sum.toNumber() }, exact),
    number(shownCost(placed), cents),
    number({ formula: listUnitPrice, result: Number(line.listUnitPrice) }, exact),
    text(line.estimated ? "estimate" : ""),
    day(line.price.effectiveDate, "given"),
    label(line.price.source, "given"),
  ];
}

/** round(S_i) − round(S_{i−1}). */
function shownCost({ row, line, before, sum }: PlacedLine): Formula {
  const until = inCentsFormula(`J${row}`, sum);
  const formula = before === null ? until : `ROUND(${until}-${inCentsFormula(`J${row - 1}`, before)},2)`;
  return { formula, result: Number(line.cost) };
}

/**
 * An exact amount in cents, half up. Spreadsheets count in binary, with 15 digits and a half, where half a cent can lie just below itself:
 * rounding first to as many decimals as are surely right (9 below 100,000, one less for every digit more) brings it back.
 */
export function inCentsFormula(amount: string, result: Decimal): string {
  const digits = result.abs().toDecimalPlaces(0, Exact.ROUND_DOWN).toFixed().length;
  return `ROUND(ROUND(${amount},${Math.max(2, 9 - Math.max(0, digits - 5))}),2)`;
}

/** Count and quantity. */
function quantityCells(line: Line, row: number, context: Context): WorkbookCell[] {
  const following = context.quantities.of.get(line) ?? { kind: "given" };
  const result = Number(line.quantity);
  const { quantity } = numberFormats;
  const none = text("");
  const follows = (formula: string) => number({ formula, result }, quantity);
  switch (following.kind) {
    case "given":
      return [none, number(line.quantity, quantity, "input")];
    case "count":
      return [number(following.count, numberFormats.count, "input"), follows(`E${row}*${context.period.hoursCell}`)];
    case "tasks": {
      const each = following.resource === "cpu" ? "F" : "G";
      return [none, follows(`Tasks!$E$${following.row}*Tasks!$${each}$${following.row}`)];
    }
    case "instances":
      return [none, follows(instanceHours(following.instanceType, row, context))];
    case "charges":
      return [none, follows(`SUM(${ranges(following.of.map((of) => context.rowOfLine.get(of) ?? 0))})`)];
  }
}

function instanceHours(instanceType: string, row: number, { quantities }: Context): string {
  const last = quantities.fleet.length + 1;
  const column = (name: string) => `Fleet!$${name}$2:$${name}$${last}`;
  return `SUMIFS(${column("E")},${column("A")},$A${row},${column("B")},"${instanceType}")`;
}

/** `I2:I5,I9` of the rows 2 to 5 and 9. */
function ranges(rows: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const row of rows) {
    const open = runs.at(-1);
    if (open !== undefined && open.to === row - 1) open.to = row;
    else runs.push({ from: row, to: row });
  }
  return runs.map(({ from, to }) => `I${from}:I${to}`).join(",");
}
