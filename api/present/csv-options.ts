import { type CsvTable, digits } from "./csv-table.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";

const columns = [
  ...["comparison_id", "region", "currency", "hours", "option", "label", "launch_type", "purchase_option"],
  ...["feasible", "total", "total_exact", "list_total", "difference", "range_low", "range_high"],
  ...["cheapest", "recommended", "estimated", "oldest_price", "newest_price", "stale", "problems", "pages"],
];

/** A row for each option. Amounts are empty where it is not feasible. */
export function optionsTable(
  options: readonly OptionDocument[],
  { document, stale }: { readonly document: ComparisonDocument; readonly stale: string | null },
): CsvTable {
  const { id, region, currency, hours, prices, cheapest, recommended } = document;
  const groups = options.map((option) => ({
    count: 1,
    row: () => [
      ...[id, region, currency, digits(hours), option.id, option.label, option.launchType, option.purchaseOption],
      ...[option.feasible, digits(option.total), digits(option.totalExact), digits(option.listTotal)],
      ...[digits(option.difference), digits(option.range?.low ?? null), digits(option.range?.high ?? null)],
      ...[option.id === cheapest, option.id === recommended?.option, option.lineItems.some((line) => line.estimated)],
      ...[prices.oldest, prices.newest, stale, option.problems.map(({ message }) => message).join(" ")],
    ],
  }));
  return { columns, groups };
}
