import type { Decimal } from "decimal.js";
import type { TasksRun } from "../model/comparison.ts";
import type { Cause, DifferenceLine, Sides } from "../model/difference.ts";
import { Exact } from "../model/exact.ts";
import type { RecordedLine } from "../model/recorded.ts";
import { change, hoursEffects, mean, priced, ratio, rounded, same, sumOf, times } from "./effects.ts";
import {
  bothTasks,
  type Of,
  type OptionSides,
  otherKinds,
  otherResources,
  sideBySide,
  taskHoursOf,
} from "./option-sides.ts";
import { priceLine } from "./task-lines.ts";

const zero = new Exact(0);

/**
 * What instances of a launch type cost: by SKU what prices make; of the part that tasks take, what their number and size make; the rest
 * is packing.
 */
export function instanceLines(sides: OptionSides, lines: Sides<readonly RecordedLine[]>): DifferenceLine[] {
  return sideBySide(lines, ({ launchType }) => launchType ?? "").flatMap((of) => {
    const launchType = (of.is[0] ?? of.was[0])?.launchType ?? "";
    const bySku = sideBySide(of, ({ sku }) => sku).map((found) => ({
      line: (found.is[0] ?? found.was[0]) as RecordedLine,
      found: priced(found),
    }));
    const tasks = [...tasksLines(sides, launchType), ...idleLines(sides, launchType, of)].filter(
      ({ amount }) => !amount.isZero(),
    );
    const explained = sumOf(tasks.map(({ amount }) => amount));
    const packing = bySku.map(
      ({ line, found }): DifferenceLine => ({
        ...{ cause: "packing", service: null, launchType, sku: line.sku, description: line.description },
        ...{ unit: line.unit, measured: found.quantity, amount: found.ofQuantity },
      }),
    );
    const rest: DifferenceLine = {
      ...{ cause: "packing", service: null, launchType, sku: null, unit: "", measured: null },
      ...{ description: "told as count, shape, launch-type or period instead", amount: explained.neg() },
    };
    const isPacked = !sumOf(packing.map(({ amount }) => amount)).equals(explained);
    return [
      ...bySku.flatMap(({ line, found }) => priceLine(line, found)),
      ...tasks,
      ...(isPacked ? [...packing, rest].filter(({ amount }) => !amount.isZero()) : []),
    ];
  });
}

/** Of the part that each service's tasks take: task-hours × what one costs. */
function tasksLines(sides: OptionSides, launchType: string): DifferenceLine[] {
  const all = [...(sides.tasks?.is ?? []), ...(sides.tasks?.was ?? [])];
  const services = new Set(all.filter((row) => row.launchType === launchType).map(({ service }) => service));
  return [...services].flatMap((service) => {
    const own = taskHoursOf(sides, { service, launchType });
    const cost = costsOf(sides, { service, launchType });
    const each = mean(ratio(cost, own));
    const grown = times(hoursEffects({ own, all: taskHoursOf(sides, { service }), hours: sides.hours }), each);
    const lines = Object.entries(grown).map(
      ([cause, amount]): DifferenceLine => ({
        ...{ cause: cause as Cause, service, launchType, sku: null },
        description: "its part of the instances",
        ...(cause === "period" ? { unit: "Hour", measured: sides.hours } : { unit: "Task-Hour", measured: own }),
        amount: rounded(amount),
      }),
    );
    return [...lines, ...shapeLines(sides, { service, launchType })];
  });
}

/** Another size: what it makes on the one fleet and on the other, halfway. Another architecture: all that a task costs more or less. */
function shapeLines(sides: OptionSides, of: Of): DifferenceLine[] {
  const both = bothTasks(sides, of);
  const resources = both === null ? [] : otherResources(both);
  const isOtherKind = both !== null && otherKinds(both);
  if (both === null || (resources.length === 0 && !isOtherKind)) return [];
  const own = { was: both.was.taskHours, is: both.is.taskHours };
  const each = isOtherKind
    ? change(ratio(costsOf(sides, of), own))
    : mean({ was: resized(sides, "was", both), is: resized(sides, "is", both).neg() });
  const sizes = resources.map((name) => `${both.was.resources[name] ?? 0} → ${both.is.resources[name] ?? 0} ${name}`);
  const kinds = isOtherKind ? [`${both.was.kinds.join(" or ")} → ${both.is.kinds.join(" or ")}`] : [];
  return [
    {
      ...{ ...of, cause: "shape", sku: null, unit: "", measured: null },
      description: `its part of the instances: ${[...sizes, ...kinds].join(", ")} per task`,
      amount: rounded(each.times(mean(own))),
    },
  ];
}

/**
 * What a task-hour of the service would cost more on the fleet of one side, were it of the other side's size and no other room taken for
 * it than is there: as much as the most used resource would be used more.
 */
function resized({ tasks, room }: OptionSides, side: "was" | "is", both: Sides<TasksRun>): Decimal {
  const own = both[side];
  const other = both[side === "was" ? "is" : "was"];
  const on = (tasks?.[side] ?? []).filter(({ launchType }) => launchType === own.launchType);
  const usedMost = (rows: readonly TasksRun[]) =>
    [...room[side]].reduce((most, [resource, whole]) => {
      const used = sumOf(rows.map(({ taskHours, resources }) => taskHours.times(resources[resource] ?? 0)));
      return whole.isZero() ? most : Exact.max(most, used.div(whole));
    }, zero);
  const [now, then] = [on, on.map((row) => (row === own ? { ...row, resources: other.resources } : row))].map(usedMost);
  if (now === undefined || then === undefined || now.isZero()) return zero;
  const cost = sumOf(on.map(costOf));
  return cost.times(then.minus(now)).div(now).div(own.taskHours);
}

/** Room that nobody takes is paid for as long as the rest. */
function idleLines(sides: OptionSides, launchType: string, of: Sides<readonly RecordedLine[]>): DifferenceLine[] {
  const idleOf = (lines: readonly RecordedLine[], tasks: readonly TasksRun[]) =>
    tasks
      .filter((row) => row.launchType === launchType)
      .reduce((idle, row) => idle.minus(costOf(row)), sumOf(lines.map(({ cost }) => cost)));
  const { hours, tasks } = sides;
  if (tasks === null || same(hours)) return [];
  const idle = { was: idleOf(of.was, tasks.was), is: idleOf(of.is, tasks.is) };
  const isThere = of.was.length > 0 && of.is.length > 0 && !same(idle);
  const amount = isThere ? rounded(change(hours).times(mean(ratio(idle, hours)))) : zero;
  const description = "instances' room that nobody takes";
  return [
    { cause: "period", service: null, launchType, sku: null, description, unit: "Hour", measured: hours, amount },
  ];
}

function costsOf({ tasks }: OptionSides, of: Of): Sides<Decimal> {
  const sum = (rows: readonly TasksRun[]) =>
    sumOf(rows.filter(({ service, launchType }) => service === of.service && launchType === of.launchType).map(costOf));
  return tasks === null ? { was: zero, is: zero } : { was: sum(tasks.was), is: sum(tasks.is) };
}

function costOf({ instanceCost }: TasksRun): Decimal {
  return instanceCost ?? zero;
}
