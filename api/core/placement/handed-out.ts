import type { Item } from "./mix-problem.ts";

/** Instances with the same tasks of the same services on each. */
export interface Filled {
  readonly count: number;
  readonly tasks: ReadonlyMap<string, number>;
}

/** Tasks left to hand out, by item: services one after another. */
export type Queues = { service: string; left: number }[][];

/**
 * Whose tasks are in the places that the search found for items: services one after another, so that as many instances as can be stay
 * alike. Places that no task is left for stay free. Takes from the queues.
 */
export function handedOut(
  packed: { readonly count: number; readonly contents: readonly number[] },
  items: readonly Item[],
  queues: Queues,
): Filled[] {
  const filled: Filled[] = [];
  for (let left = packed.count; left > 0; ) {
    const alike = Math.min(left, ...packed.contents.map((each, item) => instancesAlike(each, queues[item] ?? [])));
    const count = Math.max(1, alike);
    const tasks = new Map<string, number>();
    for (const item of items.keys()) {
      const each = packed.contents[item] ?? 0;
      if (each > 0) take(queues[item] ?? [], { each, count, tasks });
    }
    filled.push({ count, tasks });
    left -= count;
  }
  return filled;
}

/** Instances that the first service in the queue fills all by itself; 0: it has not enough for one. */
function instancesAlike(each: number, queue: Queues[number]): number {
  const first = queue[0];
  if (each === 0 || first === undefined) return Number.MAX_SAFE_INTEGER;
  return Math.floor(first.left / each);
}

function take(queue: Queues[number], what: { each: number; count: number; tasks: Map<string, number> }): void {
  for (let places = what.each; places > 0 && queue[0] !== undefined; ) {
    const first = queue[0];
    const taken = Math.min(places, Math.floor(first.left / what.count));
    what.tasks.set(first.service, (what.tasks.get(first.service) ?? 0) + taken);
    first.left -= taken * what.count;
    places -= taken;
    if (first.left === 0) queue.shift();
  }
}
