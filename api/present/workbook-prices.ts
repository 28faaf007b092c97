import type { WriteSheet } from "hucre/xlsx";
import type { ComparisonDocument } from "./json.ts";
import { day, fixedRef, headings, moneyFormats, number, sheet, text } from "./workbook-cells.ts";
import type { Line } from "./workbook-quantities.ts";

/** Each price once: where it stands on the sheet Prices. */
export interface Prices {
  readonly sheet: WriteSheet;
  /** `Prices!$C$2`, of the unit price and of the list price. */
  cellsOf(line: Line): { readonly unitPrice: string; readonly listUnitPrice: string };
}

/** The unit prices that line items take from here, by SKU; a SKU is there as often as it has prices, as in tiers. */
export function pricesSheet({ options, currency }: ComparisonDocument): Prices {
  const lines = new Map(options.flatMap((option) => option.lineItems).map((line) => [identity(line), line]));
  const sorted = [...lines].sort(([, a], [, b]) => (a.sku < b.sku ? -1 : Number(a.sku > b.sku)));
  const rowOf = new Map(sorted.map(([key], at) => [key, at + 2]));
  const { exact } = moneyFormats(currency);
  const rows = sorted.map(([, { sku, description, unit, unitPrice, listUnitPrice, estimated, price }]) => [
    text(sku),
    text(unit),
    number(unitPrice, exact, "input"),
    number(listUnitPrice, exact, "input"),
    text(estimated ? "estimate" : ""),
    text(description),
    text(price.source),
    day(price.effectiveDate),
    text(price.rateCode),
  ]);
  return {
    sheet: sheet({
      name: "Prices",
      widths: [38, 14, 16, 16, 10, 34, 60, 14, 28],
      rows: [
        headings(
          ...["SKU", "Unit", "Unit price", "List price", "Estimate", "Description", "Source", "Effective date"],
          "Rate code",
        ),
        ...rows,
      ],
      frozenRows: 1,
    }),
    cellsOf(line) {
      const row = rowOf.get(identity(line)) ?? 0;
      return { unitPrice: `Prices!${fixedRef(row, 3)}`, listUnitPrice: `Prices!${fixedRef(row, 4)}` };
    },
  };
}

function identity({ sku, unit, unitPrice, listUnitPrice, estimated, price }: Line): string {
  const { source, effectiveDate, rateCode } = price;
  return JSON.stringify([sku, unit, unitPrice, listUnitPrice, estimated, source, effectiveDate, rateCode]);
}
