import type { InstanceLife } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import { binding } from "./instance-lives.ts";
import type { MixProblem } from "./mix-problem.ts";
import { daemonTasks } from "./stages.ts";

/** Instances alike: of one type, in one zone, with the same tasks on each. */
export interface MixBin {
  /** Place in `MixProblem.types`. */
  readonly type: number;
  readonly zone: number;
  readonly count: number;
  /** By service, daemons not among them. */
  readonly tasks: ReadonlyMap<string, number>;
  /** What is left of each dimension. */
  readonly room: readonly number[];
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What is left once so many tasks of each service are on an instance. */
export function roomLeft(room: readonly number[], tasks: ReadonlyMap<string, number>, problem: MixProblem): number[] {
  const left = [...room];
  for (const [service, count] of tasks) {
    const amounts = amountsOf(service, problem);
    for (const [at, amount] of amounts.entries()) left[at] = (left[at] ?? 0) - amount * count;
  }
  return left;
}

export function amountsOf(service: string, { items }: MixProblem): readonly number[] {
  return items.find(({ services }) => services.includes(service))?.amounts ?? [];
}

/** How many more tasks with these amounts an instance takes. */
export function moreThatFit(room: readonly number[], amounts: readonly number[]): number {
  let fit = Number.MAX_SAFE_INTEGER;
  for (const [at, amount] of amounts.entries()) {
    if (amount > 0) fit = Math.min(fit, Math.floor((room[at] ?? 0) / amount));
  }
  return Math.max(0, fit);
}

export function lifeOfBin(bin: MixBin, problem: MixProblem, request: PlacementRequest): InstanceLife {
  const type = problem.types[bin.type];
  if (type === undefined) throw new Error("an instance of a type that there is none of");
  const host = request.hostOf(type, request.zones[bin.zone] ?? "", null);
  const daemons = daemonTasks(request).filter(
    (daemon) => daemon.demand.kinds.includes(type.kind) && daemon.allowsHost(host),
  );
  const tasks = [...bin.tasks, ...daemons.map(({ service }): [string, number] => [service, 1])];
  const used: Record<string, number> = {};
  for (const [service, count] of tasks) {
    for (const [name, amount] of Object.entries(request.tasks.get(service)?.demand.resources ?? {})) {
      used[name] = (used[name] ?? 0) + amount * count;
    }
  }
  for (const name of problem.dimensions) if (name in type.capacity) used[name] ??= 0;
  const sorted = Object.fromEntries(Object.entries(used).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    instanceType: type.name,
    count: bin.count,
    startSeconds: bin.startSeconds,
    endSeconds: bin.endSeconds,
    tasks: tasks.map(([service, count]) => ({ service, count })),
    used: sorted,
    capacity: type.capacity,
    binds: binding(sorted, type.capacity),
    zone: bin.zone,
    spare: bin.tasks.size === 0,
    provider: null,
    purchaseOption: null,
    existing: false,
  };
}
