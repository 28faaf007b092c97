import type { Decimal } from "decimal.js";
import type { TasksRun } from "../model/comparison.ts";
import type { Sides } from "../model/difference.ts";
import { Exact } from "../model/exact.ts";
import type { RecordedComparison, RecordedLine, RecordedOption } from "../model/recorded.ts";
import { same, sumOf } from "./effects.ts";

/** An option as it was and as it is, with what is asked of both at once. */
export interface OptionSides {
  readonly lines: Sides<readonly RecordedLine[]>;
  /** Null where one of them was kept before answers said what ran. */
  readonly tasks: Sides<readonly TasksRun[]> | null;
  readonly room: Sides<ReadonlyMap<string, Decimal>>;
  readonly hours: Sides<Decimal>;
}

export function optionSides(
  options: Sides<RecordedOption>,
  { was, is }: Pick<Sides<RecordedComparison>, "was" | "is">,
): OptionSides {
  const tasks = { was: options.was.tasks, is: options.is.tasks };
  return {
    lines: { was: options.was.lines, is: options.is.lines },
    tasks: tasks.was === null || tasks.is === null ? null : { was: tasks.was, is: tasks.is },
    room: { was: options.was.room, is: options.is.room },
    hours: { was: was.hours, is: is.hours },
  };
}

/** Rows of both sides by what `keyOf` says of them; those of the second side first, in its order. */
export function sideBySide<Row>({ was, is }: Sides<readonly Row[]>, keyOf: (row: Row) => string): Sides<Row[]>[] {
  const [before, after] = [Map.groupBy(was, keyOf), Map.groupBy(is, keyOf)];
  const keys = new Set([...after.keys(), ...before.keys()]);
  return [...keys].map((key) => ({ was: before.get(key) ?? [], is: after.get(key) ?? [] }));
}

/** A service on a launch type; of either side. */
export type Of = Pick<TasksRun, "service" | "launchType">;

export function taskHoursOf({ tasks }: OptionSides, of: { service: string; launchType?: string }): Sides<Decimal> {
  const sum = (rows: readonly TasksRun[]) =>
    sumOf(
      rows
        .filter(({ service, launchType }) => service === of.service && launchType === (of.launchType ?? launchType))
        .map(({ taskHours }) => taskHours),
    );
  return tasks === null ? { was: new Exact(0), is: new Exact(0) } : { was: sum(tasks.was), is: sum(tasks.is) };
}

/** Null where one side has no such tasks. */
export function bothTasks({ tasks }: OptionSides, of: Of): Sides<TasksRun> | null {
  const find = (rows: readonly TasksRun[]) =>
    rows.find(({ service, launchType }) => service === of.service && launchType === of.launchType);
  const [was, is] = tasks === null ? [] : [find(tasks.was), find(tasks.is)];
  return was === undefined || is === undefined ? null : { was, is };
}

/** Resources of which a task takes another amount. */
export function otherResources({ was, is }: Sides<TasksRun>): string[] {
  const names = [...new Set([...Object.keys(was.resources), ...Object.keys(is.resources)])].sort();
  return names.filter((name) => (was.resources[name] ?? 0) !== (is.resources[name] ?? 0));
}

export function otherKinds({ was, is }: Sides<TasksRun>): boolean {
  return [...was.kinds].sort().join() !== [...is.kinds].sort().join();
}

export function otherCount({ was, is }: Sides<TasksRun>): boolean {
  return !same({ was: was.taskHours, is: is.taskHours });
}
