import type { Instance } from "./instance.ts";

/** Where tasks of an item are cheapest with no others beside them, and what one costs there. */
export interface Alone {
  /** -1: on no host without a `countMax`. */
  readonly host: number;
  readonly each: number;
}

/** Of each item; where all hosts have a `countMax`, dearer than on any. */
export function cheapestAlone({ items, hosts, cost, most, countMax }: Instance): Alone[] {
  const dearest = cost.reduce((sum, of) => Math.max(sum, of), 1);
  return Array.from({ length: items }, (_, item) => {
    let best: Alone | null = null;
    for (let host = 0; host < hosts; host++) {
      const held = most[host * items + item] as number;
      if (countMax[host] !== Number.POSITIVE_INFINITY || held === 0) continue;
      const each = (cost[host] as number) / held;
      if (best === null || each < best.each) best = { host, each };
    }
    return best ?? { host: -1, each: dearest * 100 };
  });
}
