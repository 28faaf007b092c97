import { Exact } from "../core/model/exact.ts";
import { inCents, shown } from "../core/model/shown.ts";
import { type CsvTable, digits, type RowGroup } from "./csv-table.ts";
import { instantText } from "./instant-text.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { ownerOf } from "./owner.ts";
import { usageOverTime } from "./usage-over-time.ts";

const columns = [
  ...["comparison_id", "region", "currency", "option", "hour", "hour_start", "service", "owner", "launch_type", "sku"],
  ...["description", "quantity", "unit", "unit_price", "cost", "cost_exact", "spread", "pages"],
];
const secondsPerHour = 3600;

/**
 * A row for each hour of the period in which a line item has usage. Hours are counted from 0, and dated where the period is. Costs of an
 * option's rows add up to its total, as those of a line item's rows do to its cost.
 */
export function hoursTable(options: readonly OptionDocument[], document: ComparisonDocument): CsvTable {
  const groups = options.flatMap((option) => {
    let before = new Exact(0);
    return option.lineItems.map((line) => {
      const group = hoursOf(line, { option, document, before });
      before = before.plus(line.costExact);
      return group;
    });
  });
  return { columns, groups };
}

interface Surroundings {
  readonly option: OptionDocument;
  readonly document: ComparisonDocument;
  /** What the lines before this one come to. */
  readonly before: InstanceType<typeof Exact>;
}

function hoursOf(line: OptionDocument["lineItems"][number], { option, document, before }: Surroundings): RowGroup {
  const { id, region, currency, period = null } = document;
  const { service, launchType, sku, description, unit } = line;
  const usage = usageOverTime(line, option, document);
  const first = Math.floor(usage.startSeconds / secondsPerHour);
  const owner = ownerOf(service, document);
  const startSeconds = period === null ? null : Date.parse(period.start) / 1000;
  const [quantity, costExact] = [new Exact(line.quantity), new Exact(line.costExact)];
  return {
    count: Math.ceil(usage.endSeconds / secondsPerHour) - first,
    row(at) {
      const hour = first + at;
      const [from, to] = [hour * secondsPerHour, (hour + 1) * secondsPerHour];
      const [costFrom, costTo] = [usage.upTo(from, costExact), usage.upTo(to, costExact)];
      const cents = shown(before.plus(costTo)).minus(shown(before.plus(costFrom)));
      const used = usage.upTo(to, quantity).minus(usage.upTo(from, quantity));
      return [
        ...[id, region, currency, option.id, hour, startSeconds === null ? null : instantText(startSeconds + from)],
        ...[service, owner, launchType, sku, description, digits(used.toFixed()), unit, digits(line.unitPrice)],
        ...[digits(inCents(cents)), digits(costTo.minus(costFrom).toFixed()), usage.spread],
      ];
    },
  };
}
