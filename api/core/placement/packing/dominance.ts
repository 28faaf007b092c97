import type { Instance } from "./instance.ts";

/**
 * Places of the hosts that are needed: one that holds nothing goes, and so does one for which another, no dearer and never running out, has
 * as much of everything and takes every item that it takes.
 */
export function undominated(instance: Instance): number[] {
  const { hosts, cost } = instance;
  const order = Array.from({ length: hosts }, (_, host) => host)
    .filter((host) => holdsAnything(instance, host))
    .sort(
      (a, b) => (cost[a] as number) - (cost[b] as number) || roominess(instance, b) - roominess(instance, a) || a - b,
    );
  const kept: number[] = [];
  const rulers: number[] = [];
  for (const host of order) {
    if (rulers.some((ruler) => dominates(instance, ruler, host))) continue;
    kept.push(host);
    if (instance.countMax[host] === Number.POSITIVE_INFINITY) rulers.push(host);
  }
  return kept;
}

function holdsAnything({ most, items, countMax }: Instance, host: number): boolean {
  if (countMax[host] === 0) return false;
  return most.subarray(host * items, (host + 1) * items).some((count) => count > 0);
}

/** Of two hosts at one cost the roomier comes first, so that it can rule the other out. */
function roominess({ capacity, most, items, dimensions }: Instance, host: number): number {
  let sum = 0;
  for (let at = host * dimensions; at < (host + 1) * dimensions; at++) sum += capacity[at] as number;
  for (let at = host * items; at < (host + 1) * items; at++) sum += most[at] as number;
  return sum;
}

function dominates({ capacity, most, dimensions, items }: Instance, ruler: number, host: number): boolean {
  for (let at = 0; at < dimensions; at++) {
    if ((capacity[ruler * dimensions + at] as number) < (capacity[host * dimensions + at] as number)) return false;
  }
  for (let at = 0; at < items; at++) {
    if ((most[ruler * items + at] as number) < (most[host * items + at] as number)) return false;
  }
  return true;
}
