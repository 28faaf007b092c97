import { Exact } from "../core/model/exact.ts";
import type { Problem } from "../core/model/problem.ts";
import { unknownOption } from "./csv-known.ts";
import type { CsvQuery } from "./csv-query.ts";
import type { CsvTable, RowGroup } from "./csv-table.ts";
import { focusColumns } from "./focus-columns.ts";
import { type FocusPeriod, focusPeriodOf, monthsOf } from "./focus-period.ts";
import { type Bill, focusCells, focusRows } from "./focus-rows.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { usageOverTime } from "./usage-over-time.ts";

/**
 * One option as a planned bill in the format of the FinOps Foundation's FOCUS: rows by calendar month or by hour, in UTC. BilledCost and
 * EffectiveCost of its rows add up to the option's exact total.
 */
export function focusTable(document: ComparisonDocument, query: CsvQuery): CsvTable | Problem {
  const option = optionOf(document, query.option);
  if ("code" in option) return option;
  const columns = focusColumns(query.focusVersion ?? "1.4");
  const period = focusPeriodOf(document, query.month);
  const bill = { document, option, period, columns };
  const months = monthsOf(period);
  const cuts = query.per === "hour" ? hourly : monthly(months);
  return {
    columns: [...columns, "x_Pages"],
    groups: option.lineItems.flatMap((line) => rowsOf(line, { ...bill, months, cuts })),
  };
}

function optionOf({ options, recommended, cheapest }: ComparisonDocument, asked: string | null) {
  const feasible = options.filter((option) => option.feasible);
  const id = asked ?? recommended?.option ?? cheapest;
  return feasible.find((option) => option.id === id) ?? unknownOption(id ?? "feasible option", feasible);
}

/** Where one row ends and the next begins, in seconds since 1970. */
interface Cuts {
  /** Of the stretch that a time is in. */
  number(seconds: number): number;
  start(number: number): number;
}

const hourly: Cuts = {
  number: (seconds) => Math.floor(seconds / 3600),
  start: (number) => number * 3600,
};

function monthly(months: readonly number[]): Cuts {
  return {
    number: (seconds) => months.findLastIndex((start) => start <= seconds),
    start: (number) => months[number] ?? months.at(-1) ?? 0,
  };
}

interface Cut extends Bill {
  readonly period: FocusPeriod;
  readonly months: readonly number[];
  readonly cuts: Cuts;
}

function rowsOf(line: OptionDocument["lineItems"][number], cut: Cut): RowGroup[] {
  const { option, document, period, months, cuts } = cut;
  const usage = usageOverTime(line, option, document);
  const [start, end] = [period.startSeconds + usage.startSeconds, period.startSeconds + usage.endSeconds];
  const first = cuts.number(start);
  const [quantity, cost] = [new Exact(line.quantity), new Exact(line.costExact)];
  const within = (at: number) => {
    const chargeStart = Math.max(start, cuts.start(first + at));
    const chargeEnd = Math.min(end, cuts.start(first + at + 1));
    const month = months.findLastIndex((begins) => begins <= chargeStart);
    const [from, to] = [chargeStart - period.startSeconds, chargeEnd - period.startSeconds];
    return {
      ...{ chargeStart, chargeEnd, monthStart: months[month] ?? chargeStart, monthEnd: months[month + 1] ?? chargeEnd },
      quantity: usage.upTo(to, quantity).minus(usage.upTo(from, quantity)),
      cost: usage.upTo(to, cost).minus(usage.upTo(from, cost)),
      spread: usage.spread,
    };
  };
  const count = end > start ? cuts.number(end - 1) - first + 1 : 0;
  return focusRows(line, cut).map((row) => ({ count, row: (at) => focusCells(row(within(at)), cut) }));
}
