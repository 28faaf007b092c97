import type { WriteSheet } from "hucre/xlsx";
import { costHeader, idleHeader, recommendedHeader } from "./import-columns.ts";
import type { Costs, ImportDocument } from "./import-document.ts";
import type { ServicesSheet } from "./import-services.ts";
import {
  columnLetter,
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

interface Bearer {
  /** Null: of services that name none. */
  readonly name: string | null;
  readonly services: number;
  readonly currency: string | null;
  readonly costs: Costs;
  readonly recommended: string | null;
}

interface BearersPlan {
  readonly name: string;
  readonly column: string;
  readonly bearers: readonly Bearer[];
  readonly services: ServicesSheet;
}

/** Who bears what, and below it what is nobody's; the total is summed over the services, so that either can be held against the other. */
export function bearerSheet(document: ImportDocument, { name, column, bearers, services }: BearersPlan): WriteSheet {
  const { options, currency, idle, totals } = document;
  const { cents } = moneyFormats(currency);
  const idleRow = bearers.length + 2;
  const summed = (formula: string, result: string | null): WorkbookCell =>
    result === null ? text("not all", "given") : number({ formula, result: Number(result) }, cents);
  const columns = [
    ...options.map((option) => ({
      header: costHeader(option),
      idle: idle.costs[option] ?? null,
      total: totals[option] ?? null,
    })),
    { header: recommendedHeader, idle: idle.recommended, total: document.recommended },
  ];
  const idleCell = (header: string, result: string | null) => {
    const range = services.rangeOf(idleHeader(header));
    return range === null ? summed("0", result) : summed(`ROUND(SUM(${range}),2)`, result);
  };
  const totalCell = (header: string, at: number, result: string | null) =>
    summed(`ROUND(SUM(${services.rangeOf(header)})+${columnLetter(at + 3)}${idleRow},2)`, result);
  return sheet({
    name,
    widths: [28, 10, ...options.map(() => 16), 16],
    rows: [
      headings(column, "Services", ...options, "Recommended"),
      ...bearers.map((bearer) => bearerRow(bearer, options)),
      [label("Idle and shared"), null, ...columns.map((one) => idleCell(one.header, one.idle))],
      [
        ...[label("Total"), number({ formula: `SUM(B2:B${idleRow - 1})`, result: document.rows }, numberFormats.count)],
        ...columns.map(({ header, total }, at) => totalCell(header, at, total)),
      ],
    ],
    frozenRows: 1,
  });
}

function bearerRow({ name, services, currency, costs, recommended }: Bearer, options: readonly string[]): WorkbookRow {
  const { cents } = moneyFormats(currency);
  const amount = (cost: string | null) => (cost === null ? text("not all", "given") : number(cost, cents));
  return [
    ...[text(name ?? "none"), number(`${services}`, numberFormats.count)],
    ...[...options.map((option) => amount(costs[option] ?? null)), amount(recommended)],
  ];
}
