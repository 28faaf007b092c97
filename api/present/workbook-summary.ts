import type { SheetChart, WriteSheet } from "hucre/xlsx";
import { Exact } from "../core/model/exact.ts";
import { inCents } from "../core/model/shown.ts";
import type { Displayed } from "./exchange.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import {
  day,
  type Formula,
  fixedRef,
  headings,
  label,
  moneyFormats,
  number,
  numberFormats,
  sheet,
  text,
  type WorkbookRow,
} from "./workbook-cells.ts";
import { inCentsFormula, type Lines } from "./workbook-lines.ts";

/** The fourth row of the sheet. */
export const hoursCell = "Summary!$B$4";
/** The sixth, where amounts are converted. */
export const rateCell = "Summary!$B$6";

const optionNames = ["Option", "Label", "Total", "Difference to cheapest", "List price total", "Low", "High"];

/** The options side by side, every total a sum over the line items, and the same as a table and a chart of it. */
export function summarySheet(
  document: Displayed,
  { lines, stale }: { readonly lines: Lines; readonly stale: string | null },
): WriteSheet {
  const about = aboutRows(document, stale);
  const first = about.length + 2;
  const feasible = document.options.filter(({ total }) => total !== null);
  const chartFirst = first + document.options.length + 2;
  const options = document.options.map((option, at) =>
    optionRow(option, { document, lines, row: first + at, totals: totalsOf(first, document) }),
  );
  const chartRows = feasible.map((option) => {
    const row = first + document.options.indexOf(option);
    const total = { formula: `C${row}`, result: Number(option.total) };
    return [label(option.id), text(option.label), number(total, moneyFormats(document.currency).cents)];
  });
  const made = sheet({
    name: "Summary",
    widths: [20, 26, 15, 15, 15, 15, 15, 18, 44],
    rows: [
      ...about,
      headings(...optionNames, "Recommended", "Note"),
      ...options,
      [],
      headings("For a chart", "", "Total"),
      ...chartRows,
    ],
    frozenRows: 1,
  });
  const charts = feasible.length === 0 ? [] : [chart({ first: chartFirst, count: feasible.length }, document.currency)];
  const reasonRow = about.findIndex(([cell]) => cell?.value === "Recommended");
  return {
    ...made,
    charts,
    merges: [{ startRow: reasonRow, startCol: 1, endRow: reasonRow, endCol: 8 }],
    rowDefs: new Map([
      ...(made.rowDefs ?? []),
      [reasonRow, { height: 13.5 * Math.ceil(reasonOf(document).length / 150) }],
    ]),
  };
}

function aboutRows(document: Displayed, stale: string | null): WorkbookRow[] {
  const { id, region, hours, currency, exchange, engine, prices } = document;
  return [
    [label("Stowage: what it costs, and which to run", "title")],
    [label("Comparison"), label(id)],
    [label("Region"), label(region)],
    [label("Hours"), number(hours, numberFormats.count, "input")],
    [label("Currency"), label(currency)],
    ...(exchange === undefined ? [] : [exchangeRow(exchange)]),
    [label("Price snapshot"), label(prices.snapshot)],
    [label("Prices dated"), day(prices.oldest), label("to"), day(prices.newest)],
    ...(stale === null ? [] : [[label("Prices", "warning"), label(stale, "warning")]]),
    [label("Engine"), label(engine)],
    [label("Recommended"), text(reasonOf(document))],
    [],
    [
      label("Input", "input"),
      label(
        "Unit prices, counts, hours: change one, and every amount follows. Quantities that are inputs follow no count: change them too.",
      ),
    ],
    [
      label("As answered", "given"),
      label("Does not follow: ranges, reasons, sources, effects of assumptions.", "given"),
    ],
    [],
  ];
}

function exchangeRow({ currency, from, rate, date }: NonNullable<Displayed["exchange"]>): WorkbookRow {
  const said = `${currency} for one ${from}, rate of ${date}, as given. What is priced is in ${from}, and so is what sentences name.`;
  return [label("Exchange rate"), number(rate, numberFormats.count, "input"), label(said)];
}

function reasonOf({ recommended }: ComparisonDocument): string {
  return recommended === null
    ? "Nothing: no option is feasible at a published price and accepted risk."
    : `${recommended.option}: ${recommended.reason}.`;
}

function totalsOf(first: number, { options }: ComparisonDocument): string {
  return `${fixedRef(first, 3)}:${fixedRef(first + options.length - 1, 3)}`;
}

interface Context {
  readonly document: ComparisonDocument;
  readonly lines: Lines;
  readonly row: number;
  /** The range of all totals. */
  readonly totals: string;
}

function optionRow(option: OptionDocument, context: Context): WorkbookRow {
  const { document, row, totals } = context;
  const { cents } = moneyFormats(document.currency);
  const look = option.id === document.recommended?.option ? "recommended" : "plain";
  const named = [text(option.id, look), text(option.label, look)];
  if (option.total === null) return [...named, text("not feasible", "given"), ...blanks(5), text(noteOf(option))];
  const difference = { formula: `ROUND(C${row}-MIN(${totals}),2)`, result: Number(option.difference) };
  return [
    ...named,
    number(totalOf(option, context), cents, look),
    number(difference, `+${cents};-${cents};${cents}`, look),
    number(listTotalOf(option, context), cents),
    ...[option.range?.low, option.range?.high].map((amount) => (amount ? number(amount, cents, "given") : null)),
    text(look === "recommended" ? "recommended" : "", look),
    text(noteOf(option), "given"),
  ];
}

function blanks(count: number): null[] {
  return new Array(count).fill(null);
}

function totalOf(option: OptionDocument, { lines }: Context): string | Formula {
  const rows = lines.rowsOf.get(option.id);
  const total = option.total ?? "0";
  if (rows === undefined) return total;
  return { formula: `ROUND(SUM('Line items'!$K$${rows.first}:$K$${rows.last}),2)`, result: Number(total) };
}

/** A formula where list prices of the line items make it up; what AWS Support would be at list prices is on no line. */
function listTotalOf(option: OptionDocument, { lines }: Context): string | Formula {
  const rows = lines.rowsOf.get(option.id);
  const total = option.listTotal ?? "0";
  const sum = option.lineItems.reduce(
    (whole, { quantity, listUnitPrice }) => whole.plus(new Exact(quantity).times(listUnitPrice).toDecimalPlaces(12)),
    new Exact(0),
  );
  if (rows === undefined || inCents(sum) !== total) return total;
  const column = (name: string) => `'Line items'!$${name}$${rows.first}:$${name}$${rows.last}`;
  const formula = inCentsFormula(`SUMPRODUCT(${column("F")},${column("L")})`, sum);
  return { formula, result: Number(total) };
}

function noteOf(option: OptionDocument): string {
  const isEstimate = option.lineItems.some((line) => line.estimated);
  const { range, totalOnceMended: mended } = option;
  return [
    ...(isEstimate ? ["has estimated prices"] : []),
    ...(range !== null && range.low !== range.high ? [`Spot prices seen since ${range.since ?? "unknown"}`] : []),
    ...(option.total === null ? ["see Problems"] : []),
    ...(mended === null ? [] : [`${mended} once mended`]),
  ].join("; ");
}

function chart({ first, count }: { readonly first: number; readonly count: number }, currency: string): SheetChart {
  const column = (name: string) => `Summary!$${name}$${first}:$${name}$${first + count - 1}`;
  return {
    type: "column",
    title: `Total of each option, ${currency}`,
    series: [{ name: "Total", values: column("C"), categories: column("A"), color: "1F4E5F" }],
    legend: false,
    anchor: { from: { row: first - 2, col: 4 }, to: { row: first + 16, col: 9 } },
    altText: "The total of each option as a column",
  };
}
