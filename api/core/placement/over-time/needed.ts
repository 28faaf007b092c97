import type { TasksOfGroup } from "../../model/cluster-over-time.ts";
import type { Machine } from "./machine.ts";
import type { NumberedTask } from "./work.ts";

/**
 * Instances that the waiting tasks need beside those there are: tasks alike are packed together, by what they take alone, into the free
 * room and then onto instances as large as the largest type in every resource; the most that any kind of task needs is the answer. A
 * kind that does not fit an instance as small as the smallest in every resource is left out. `types`: an instance of each with daemons
 * only. Source: ECS developer guide 2023-06, cluster-auto-scaling.md, "Managed scale-out behavior".
 */
export function neededFor(
  waiting: readonly TasksOfGroup[],
  given: {
    readonly tasks: readonly NumberedTask[];
    readonly machines: readonly Machine[];
    readonly types: readonly Machine[];
  },
): number {
  const { tasks, machines, types } = given;
  const kinds = Map.groupBy(waiting, ({ service }) => kindOf(tasks[service] as NumberedTask));
  let needed = 0;
  for (const alike of kinds.values()) {
    const task = tasks[alike[0]?.service ?? 0] as NumberedTask;
    const fits = (pick: (...amounts: number[]) => number) => fitsOn(types, task, pick);
    if (fits(Math.min) === 0) continue;
    let left = alike.reduce((sum, { count }) => sum + count, 0);
    for (let at = 0; at < machines.length && left > 0; at++) left -= (machines[at] as Machine).fits(task);
    if (left > 0) needed = Math.max(needed, Math.ceil(left / fits(Math.max)));
  }
  return needed;
}

/** Tasks on an instance that has of each resource the least, or the most, that any of the types has. */
function fitsOn(types: readonly Machine[], task: NumberedTask, pick: (...amounts: number[]) => number): number {
  const { amounts, takes } = task;
  const whole = pick(...types.map((type) => (type.fits({ ...task, takes: new Int32Array(0) }) > 0 ? 1 : 0)));
  const alone = task.task.distinct || task.task.demand.exclusive.length > 0 ? 1 : Number.MAX_SAFE_INTEGER;
  let fit = whole === 0 ? 0 : alone;
  for (const resource of takes) {
    const room = pick(...types.map((type) => type.room[resource] as number));
    fit = Math.min(fit, Math.floor(room / (amounts[resource] as number)));
  }
  return Math.max(0, fit);
}

function kindOf({ task }: NumberedTask): string {
  return JSON.stringify([task.demand.resources, task.demand.exclusive, task.distinct ? task.group : null]);
}
