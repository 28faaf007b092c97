import type { WriteSheet } from "hucre/xlsx";
import type { ClusterCosts, Costs, ImportDocument } from "./import-document.ts";
import {
  columnLetter,
  headings,
  label,
  moneyFormats,
  number,
  numberFormats,
  sheet,
  text,
  type WorkbookRow,
} from "./workbook-cells.ts";

const about = ["Cluster", "Region", "Services", "Hours", "Currency", "Comparison", "Cheapest", "Recommended"];

/** What is packed together, row by row, with what of it no service takes. */
export function clustersSheet(document: ImportDocument): WriteSheet {
  const { options, clusters } = document;
  const last = clusters.length + 1;
  const rangeOf = (column: number) => `${columnLetter(column)}2:${columnLetter(column)}${last}`;
  const totalColumn = (option: string) => about.length + 1 + 2 * options.indexOf(option);
  const totals = options.flatMap((option) => {
    const sum = (column: number, costs: Costs) =>
      sumCell(costs[option] ?? null, { range: rangeOf(column), currency: document.currency });
    return [sum(totalColumn(option), document.totals), sum(totalColumn(option) + 1, document.idle.costs)];
  });
  return sheet({
    name: "Clusters",
    widths: [24, 16, 10, 10, 10, 36, 16, 16, ...options.flatMap(() => [16, 16])],
    rows: [
      headings(...about, ...options.flatMap((option) => [option, `${option}: of it idle`])),
      ...clusters.map((cluster) => clusterRow(cluster, options)),
      [label("Total"), ...new Array(about.length - 1).fill(null), ...totals],
    ],
    frozenRows: 1,
  });
}

function clusterRow(cluster: ClusterCosts, options: readonly string[]): WorkbookRow {
  const { cents } = moneyFormats(cluster.currency);
  const amount = (costs: Costs, option: string) => {
    const cost = costs[option] ?? null;
    return cost === null ? null : number(cost, cents, option === cluster.recommended ? "recommended" : "plain");
  };
  return [
    ...[text(cluster.cluster), text(cluster.region), number(`${cluster.services}`, numberFormats.count)],
    cluster.hours === null ? null : number(cluster.hours, numberFormats.count),
    ...[text(cluster.currency), text(cluster.comparison, "given"), text(cluster.cheapest), text(cluster.recommended)],
    ...options.flatMap((option) => [amount(cluster.totals, option), amount(cluster.idle, option)]),
  ];
}

/** Null where some cluster has no such amount: the sum would not be one of all. */
function sumCell(
  amount: string | null,
  { range, currency }: { readonly range: string; readonly currency: string | null },
) {
  if (amount === null) return text("not all", "given");
  return number({ formula: `ROUND(SUM(${range}),2)`, result: Number(amount) }, moneyFormats(currency).cents);
}
