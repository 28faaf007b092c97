import { Exact } from "../core/model/exact.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";

export type Line = OptionDocument["lineItems"][number];
type Tasks = OptionDocument["tasks"][number];
type Instances = NonNullable<OptionDocument["fleet"]>[number];

/** A row of the sheets Tasks and Fleet: what it says, where it stands, and whether a line item follows it. */
export interface Placed<What> {
  readonly option: string;
  readonly what: What;
  /** From 1, as the spreadsheet counts. */
  readonly row: number;
  isFollowed: boolean;
}

/** What the quantity of a line is: so much of each task-hour, instance-hours of a type, so many all the time, a part of other lines. */
export type Quantity =
  | { readonly kind: "tasks"; readonly row: number; readonly resource: "cpu" | "memory" }
  | { readonly kind: "instances"; readonly instanceType: string }
  | { readonly kind: "count"; readonly count: string }
  | { readonly kind: "charges"; readonly of: readonly Line[] }
  | { readonly kind: "given" };

export interface Quantities {
  readonly tasks: readonly Placed<Tasks>[];
  readonly fleet: readonly Placed<Instances>[];
  readonly of: ReadonlyMap<Line, Quantity>;
}

/**
 * How each quantity follows from counts and hours. A quantity follows only from what gives it exactly, so that the workbook as it is
 * handed out says what the answer says; every other is an input of its own.
 */
export function quantitiesOf({ options, hours }: ComparisonDocument): Quantities {
  // Answers kept before they said what ran lack `tasks`.
  const tasks = placed(options, (option): readonly Tasks[] => (option.tasks as Tasks[] | undefined) ?? []);
  const fleet = placed(options, ({ fleet: instances }) => instances ?? []);
  const of = new Map<Line, Quantity>();
  for (const option of options) {
    const own = {
      option,
      hours,
      tasks: tasks.filter((row) => row.option === option.id),
      fleet: fleet.filter((row) => row.option === option.id),
    };
    for (const line of option.lineItems) of.set(line, quantityOf(line, own));
  }
  return { tasks, fleet, of };
}

function placed<What>(
  options: readonly OptionDocument[],
  rowsOf: (option: OptionDocument) => readonly What[],
): Placed<What>[] {
  const rows = options.flatMap((option) => rowsOf(option).map((what) => ({ option: option.id, what })));
  return rows.map(({ option, what }, at) => ({ option, what, row: at + 2, isFollowed: false }));
}

interface Own {
  readonly option: OptionDocument;
  readonly hours: string;
  readonly tasks: readonly Placed<Tasks>[];
  readonly fleet: readonly Placed<Instances>[];
}

function quantityOf(line: Line, own: Own): Quantity {
  if (line.unit === "Instance-Hour") return ofInstances(line, own);
  if (line.unit === "Charges") return ofCharges(line, own);
  if (line.unit === "Hour") return ofHours(line, own);
  return ofTasks(line, own);
}

const resources: Readonly<Record<string, "cpu" | "memory">> = { vcpu: "cpu", memory: "memory" };

/** vCPU-hours and GB-hours of what tasks ask for. */
function ofTasks(line: Line, { tasks }: Own): Quantity {
  const resource = resources[lastPart(line.sku)];
  const found = tasks.find(({ what }) => {
    if (resource === undefined || what.service !== line.service || what.launchType !== line.launchType) return false;
    const gives = new Exact(what.taskHours).times(what.resources[resource] ?? 0).div(1024);
    return gives.minus(line.quantity).abs().lessThan("1e-10");
  });
  if (found === undefined || resource === undefined) return { kind: "given" };
  found.isFollowed = true;
  return { kind: "tasks", row: found.row, resource };
}

function ofInstances(line: Line, { fleet }: Own): Quantity {
  const instanceType = lastPart(line.sku);
  const alike = fleet.filter(({ what }) => what.instanceType === instanceType);
  const sum = alike.reduce((whole, { what }) => whole.plus(new Exact(what.hours).times(what.count)), new Exact(0));
  if (alike.length === 0 || !sum.equals(line.quantity)) return { kind: "given" };
  for (const row of alike) row.isFollowed = true;
  return { kind: "instances", instanceType };
}

function ofHours({ quantity }: Line, { hours }: Own): Quantity {
  const count = new Exact(quantity).div(hours);
  return count.isInteger() ? { kind: "count", count: count.toFixed() } : { kind: "given" };
}

/** A part of what else the service is charged. */
function ofCharges(line: Line, { option }: Own): Quantity {
  const of = option.lineItems.filter(
    ({ service, sku, unit }) => service === line.service && unit !== "Charges" && !sku.startsWith("own/"),
  );
  const sum = of.reduce((whole, { costExact }) => whole.plus(costExact), new Exact(0));
  // A function of a spreadsheet takes no more than 255 ranges.
  return sum.equals(line.quantity) && of.length <= 250 ? { kind: "charges", of } : { kind: "given" };
}

function lastPart(sku: string): string {
  return sku.slice(sku.lastIndexOf("/") + 1);
}
