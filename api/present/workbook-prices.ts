import type { WriteSheet } from "hucre/xlsx";
import type { Displayed, ExchangedLine } from "./exchange.ts";
import { day, fixedRef, headings, moneyFormats, number, sheet, text } from "./workbook-cells.ts";
import type { Line } from "./workbook-quantities.ts";

/** Each price once: where it stands on the sheet Prices. */
export interface Prices {
  readonly sheet: WriteSheet;
  /** `Prices!$C$2`, of the unit price and of the list price. */
  cellsOf(line: Line): { readonly unitPrice: string; readonly listUnitPrice: string };
}

/**
 * The unit prices that line items take from here, by SKU; a SKU is there as often as it has prices, as in tiers. Those that are converted
 * follow the rate, and what they are priced at is the input.
 */
export function pricesSheet({ options, currency, exchange }: Displayed, rateCell: string): Prices {
  const lines = new Map(options.flatMap((option) => option.lineItems).map((line) => [identity(line), line]));
  const sorted = [...lines].sort(([, a], [, b]) => (a.sku < b.sku ? -1 : Number(a.sku > b.sku)));
  const rowOf = new Map(sorted.map(([key], at) => [key, at + 2]));
  const rows = sorted.map(([, line], at) => {
    const { sku, description, unit, estimated, price } = line;
    const { prices, asPriced } = priceCells(line, {
      row: at + 2,
      currency,
      from: exchange?.from ?? currency,
      rateCell,
    });
    const about = [text(estimated ? "estimate" : ""), text(description), text(price.source), day(price.effectiveDate)];
    return [text(sku), text(unit), ...prices, ...about, text(price.rateCode), ...asPriced];
  });
  const asPriced = exchange === undefined ? [] : [`Unit price, ${exchange.from}`, `List price, ${exchange.from}`];
  return {
    sheet: sheet({
      name: "Prices",
      widths: [38, 14, 16, 16, 10, 34, 60, 14, 28, 18, 18],
      rows: [
        headings(
          ...["SKU", "Unit", "Unit price", "List price", "Estimate", "Description", "Source", "Effective date"],
          "Rate code",
          ...asPriced,
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

interface Pricing {
  readonly row: number;
  readonly currency: string;
  /** The currency of the prices themselves. */
  readonly from: string;
  readonly rateCell: string;
}

function priceCells(line: ExchangedLine, { row, currency, from, rateCell }: Pricing) {
  const { exact } = moneyFormats(currency);
  const { unitPrice, listUnitPrice, priced } = line;
  const input = (price: string, of: string) => number(price, moneyFormats(of).exact, "input");
  if (priced === undefined)
    return { prices: [unitPrice, listUnitPrice].map((price) => input(price, currency)), asPriced: [] };
  const times = (column: string, result: string) =>
    number({ formula: `${column}${row}*${rateCell}`, result: Number(result) }, exact);
  return {
    prices: [times("J", unitPrice), times("K", listUnitPrice)],
    asPriced: [input(priced.unitPrice, from), input(priced.listUnitPrice, from)],
  };
}

function identity({ sku, unit, unitPrice, listUnitPrice, estimated, price }: Line): string {
  const { source, effectiveDate, rateCode } = price;
  return JSON.stringify([sku, unit, unitPrice, listUnitPrice, estimated, source, effectiveDate, rateCode]);
}
