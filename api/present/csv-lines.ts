import { type CsvTable, digits } from "./csv-table.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { ownerOf } from "./owner.ts";

const columns = [
  ...["comparison_id", "region", "currency", "option", "service", "owner", "launch_type", "sku", "description"],
  ...["quantity", "unit", "unit_price", "list_unit_price", "cost", "cost_exact", "list_cost", "estimated"],
  ...["price_source", "price_date", "price_rate_code", "pages"],
];

/** A row for each line item. Costs of an option's rows add up to its total. */
export function linesTable(options: readonly OptionDocument[], document: ComparisonDocument): CsvTable {
  const { id, region, currency } = document;
  const groups = options.map(({ id: option, lineItems }) => ({
    count: lineItems.length,
    row: (at: number) => {
      const line = lineItems[at] as OptionDocument["lineItems"][number];
      const { service, launchType, sku, description, price } = line;
      return [
        ...[id, region, currency, option, service, ownerOf(service, document), launchType, sku, description],
        ...[digits(line.quantity), line.unit, digits(line.unitPrice), digits(line.listUnitPrice)],
        ...[digits(line.cost), digits(line.costExact), digits(line.listCost), line.estimated],
        ...[price.source, price.effectiveDate, price.rateCode],
      ];
    },
  }));
  return { columns, groups };
}
