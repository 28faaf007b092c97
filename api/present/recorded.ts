import type { Decimal } from "decimal.js";
import type { TasksRun } from "../core/model/comparison.ts";
import { Exact } from "../core/model/exact.ts";
import type { RecordedComparison, RecordedLine, RecordedOption } from "../core/model/recorded.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";

/** An answer read back. Answers kept before they said what ran lack `tasks`, and launch types of lines. */
export function recorded(document: ComparisonDocument): RecordedComparison {
  const { id, region, hours, currency, engine, prices, cheapest, recommended, options, readiness } = document;
  return {
    ...{ id, region, hours: new Exact(hours), currency, engine, snapshot: prices.snapshot, cheapest },
    recommended: recommended?.option ?? null,
    taskDefinitions: [...new Set(readiness.map(({ taskDefinition }) => taskDefinition))],
    options: options.map(recordedOption),
  };
}

function recordedOption(option: OptionDocument): RecordedOption {
  const tasks: OptionDocument["tasks"] | undefined = option.tasks;
  return {
    id: option.id,
    label: option.label,
    total: option.totalExact === null ? null : new Exact(option.totalExact),
    lines: option.lineItems.map(recordedLine),
    allocation: option.allocation.map(({ service, cost }) => ({ service, cost: new Exact(cost) })),
    room: roomOf(option.fleet ?? []),
    tasks: tasks?.map(recordedTasks) ?? null,
  };
}

function roomOf(fleet: NonNullable<OptionDocument["fleet"]>): RecordedOption["room"] {
  const room = new Map<string, Decimal>();
  for (const { capacity, count, hours } of fleet) {
    for (const [resource, amount] of Object.entries(capacity))
      room.set(
        resource,
        new Exact(hours)
          .times(count)
          .times(amount)
          .plus(room.get(resource) ?? 0),
      );
  }
  return room;
}

function recordedLine(line: OptionDocument["lineItems"][number]): RecordedLine {
  const { service, sku, description, unit } = line;
  return {
    ...{ service, launchType: line.launchType ?? null, sku, description, unit },
    quantity: new Exact(line.quantity),
    unitPrice: new Exact(line.unitPrice),
    cost: new Exact(line.costExact),
  };
}

function recordedTasks(tasks: OptionDocument["tasks"][number]): TasksRun {
  const { service, launchType, resources, kinds } = tasks;
  return {
    ...{ service, launchType, resources, kinds, taskHours: new Exact(tasks.taskHours) },
    instanceCost: tasks.instanceCost === null ? null : new Exact(tasks.instanceCost),
  };
}
