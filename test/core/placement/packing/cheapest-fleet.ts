import type { PackingProblem } from "../../../../api/core/model/packing.ts";

/** What the cheapest fleet costs, by trying everything: states are tasks left and instances used. Null: no fleet holds the items. */
export function cheapestFleet({ items, hosts }: PackingProblem): number | null {
  const known = new Map<string, number>();
  const least = (left: readonly number[], used: readonly number[]): number => {
    const first = left.findIndex((count) => count > 0);
    if (first < 0) return 0;
    const key = `${left.join()};${used.join()}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    let best = Number.POSITIVE_INFINITY;
    for (const [at, host] of hosts.entries()) {
      if ((used[at] ?? 0) >= (host.countMax ?? Number.POSITIVE_INFINITY)) continue;
      const after = host.countMax === null ? used : used.with(at, (used[at] ?? 0) + 1);
      // Some instance holds the first task that is left: this one.
      const possible = contents({ items, hosts }, at, left).filter((content) => content[first] !== 0);
      const rests = possible.map((content) => left.map((count, item) => count - (content[item] ?? 0)));
      best = rests.reduce((cheapest, rest) => Math.min(cheapest, host.cost + least(rest, after)), best);
    }
    known.set(key, best);
    return best;
  };
  const cost = least(
    items.map(({ count }) => count),
    hosts.map(() => 0),
  );
  return cost === Number.POSITIVE_INFINITY ? null : cost;
}

function contents(problem: Pick<PackingProblem, "items" | "hosts">, host: number, left: readonly number[]): number[][] {
  let found: number[][] = [[]];
  for (const [at, item] of problem.items.entries()) {
    const allowed = item.hosts === null || item.hosts.includes(host);
    const most = allowed ? Math.min(left[at] ?? 0, item.perHostMax ?? Number.POSITIVE_INFINITY) : 0;
    found = found.flatMap((content) => Array.from({ length: most + 1 }, (_, count) => [...content, count]));
    found = found.filter((content) => fits(problem, host, content));
  }
  return found;
}

/** Whether so many of each of the first items fit on an instance together. */
export function fits(
  { items, hosts }: Pick<PackingProblem, "items" | "hosts">,
  host: number,
  content: readonly number[],
) {
  return (hosts[host]?.capacity ?? []).every((capacity, dimension) => {
    const used = content.reduce((sum, count, at) => sum + count * (items[at]?.amounts[dimension] ?? 0), 0);
    return used <= capacity;
  });
}
