import { Exact } from "../../core/model/exact.ts";
import type { Context } from "../../core/model/launch-type.ts";
import type { Architecture, TaskDefinition } from "../../core/model/workload.ts";
import { reservation } from "../ecs-reservation.ts";

export interface FargateSize {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

/** CPU and memory the task must have: its own where set, else what its containers add up to and the largest hard limit among them. */
export function neededSize(task: TaskDefinition): FargateSize {
  const reserved = reservation({ ...task, operatingSystem: "linux" });
  const hardest = Math.max(0, ...task.containers.map((container) => container.memoryMiB ?? 0));
  return {
    cpuUnits: task.cpuUnits ?? reserved.cpuUnits,
    memoryMiB: task.memoryMiB ?? Math.max(reserved.memoryMiB, hardest),
  };
}

/** Whether ECS accepts just this size. */
export function isAcceptedSize(size: FargateSize, task: TaskDefinition, { book }: Context): boolean {
  return book.taskSizes.some(
    (row) =>
      row.cpuUnits === size.cpuUnits &&
      row.memoryMiB === size.memoryMiB &&
      row.operatingSystems.includes(task.operatingSystem),
  );
}

/**
 * The cheapest accepted size that holds what is needed, at the prices of `skuPrefix`; where those are not known, the one with the
 * least CPU, then memory. All rows are tried, since CPU and memory are priced apart. Null: none is large enough.
 */
export function cheapestSize(
  needed: FargateSize,
  task: TaskDefinition,
  given: { readonly context: Context; readonly skuPrefix: string },
): FargateSize | null {
  const priceOf = (meter: string) => given.context.book.prices.get(`${given.skuPrefix}/${meter}`)?.[0]?.unitPrice;
  const perCpuUnit = priceOf("vcpu") ?? new Exact(1);
  const perMiB = priceOf("memory") ?? new Exact("0.001");
  // Of the rows with the same CPU only the one with the least memory that will do can be the cheapest.
  const leastMemory = new Map<number, FargateSize>();
  for (const row of given.context.book.taskSizes) {
    if (row.cpuUnits < needed.cpuUnits || row.memoryMiB < needed.memoryMiB) continue;
    if (!row.operatingSystems.includes(task.operatingSystem)) continue;
    const least = leastMemory.get(row.cpuUnits);
    if (least === undefined || row.memoryMiB < least.memoryMiB) leastMemory.set(row.cpuUnits, row);
  }
  const holding = [...leastMemory.values()].map((row) => ({
    row,
    cost: perCpuUnit.times(row.cpuUnits).plus(perMiB.times(row.memoryMiB)),
  }));
  const [first, ...others] = holding;
  if (first === undefined) return null;
  const isBetter = (a: typeof first, b: typeof first) => a.cost.comparedTo(b.cost) || a.row.cpuUnits - b.row.cpuUnits;
  const { cpuUnits, memoryMiB } = others.reduce((best, other) => (isBetter(other, best) < 0 ? other : best), first).row;
  return { cpuUnits, memoryMiB };
}

/** `fargate/linux/x86_64`: where the prices of a task's meters are found. */
export function skuPrefix(launchType: string, task: TaskDefinition, architecture: Architecture): string {
  return `${launchType}/${task.operatingSystem}/${architecture}`;
}
