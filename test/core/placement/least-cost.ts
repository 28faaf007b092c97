import type { PackingItem, PackingProblem } from "../../../api/core/model/packing.ts";

interface Bin {
  readonly host: number;
  readonly room: number[];
  readonly held: number[];
}

/** The least that any fleet costs, by placing the tasks one after another in every possible way; null: there is none. For a few tasks. */
export function leastCost({ items, hosts }: PackingProblem): number | null {
  const tasks = items.flatMap((item, at) => Array.from({ length: item.count }, () => ({ item, at })));
  const bins: Bin[] = [];
  let least: number | null = null;

  const place = (task: number, cost: number): void => {
    if (least !== null && cost >= least) return;
    const next = tasks[task];
    if (next === undefined) {
      least = cost;
      return;
    }
    for (const bin of bins) put(bin, next, () => place(task + 1, cost));
    for (const [at, host] of hosts.entries()) {
      if (bins.filter((bin) => bin.host === at).length >= (host.countMax ?? tasks.length)) continue;
      const bin: Bin = { host: at, room: [...host.capacity], held: items.map(() => 0) };
      bins.push(bin);
      put(bin, next, () => place(task + 1, cost + host.cost));
      bins.pop();
    }
  };

  place(0, 0);
  return least;
}

/** With the task on it, if it may be. */
function put(bin: Bin, { item, at }: { readonly item: PackingItem; readonly at: number }, then: () => void): void {
  const held = bin.held[at] ?? 0;
  const allowed = item.hosts === null || item.hosts.includes(bin.host);
  const fits = item.amounts.every((amount, dimension) => amount <= (bin.room[dimension] ?? 0));
  if (!allowed || !fits || held >= (item.perHostMax ?? Number.POSITIVE_INFINITY)) return;
  take(bin, item, 1);
  bin.held[at] = held + 1;
  then();
  bin.held[at] = held;
  take(bin, item, -1);
}

function take({ room }: Bin, { amounts }: PackingItem, times: number): void {
  for (const [dimension, amount] of amounts.entries()) room[dimension] = (room[dimension] ?? 0) - times * amount;
}
