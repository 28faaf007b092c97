import { cheapestFor, emptyFleet, take } from "./fleet.ts";
import { totals } from "./fluid-prices.ts";
import { costOf, type Group, type Instance } from "./instance.ts";

const trialsMax = 12;

interface Bin {
  readonly content: Float64Array;
  /** Of each dimension: what the content takes. */
  readonly used: Float64Array;
  count: number;
}

/** The cheapest fleet by first-fit decreasing: on one host alone, the likeliest tried, or with every instance left open for any host to hold it. */
export function firstFit(instance: Instance): Group[] | null {
  const every = Array.from({ length: instance.hosts }, (_, host) => host);
  let best: Group[] | null = null;
  for (const hosts of [...promising(instance, every).map((host) => [host]), every]) {
    const groups = settled(instance, packed(instance, hosts));
    if (groups !== null && (best === null || costOf(groups, instance) < costOf(best, instance))) best = groups;
  }
  return best;
}

/** Hosts that take every item, as many as may be worth a trial: those that cost least were tasks a fluid. */
function promising(instance: Instance, hosts: readonly number[]): number[] {
  const { dimensions, capacity, cost } = instance;
  const needed = totals(instance, instance.counts);
  const least = (host: number) =>
    needed.reduce((most, amount, row) => Math.max(most, amount / (capacity[host * dimensions + row] as number)), 0) *
    (cost[host] as number);
  const able = hosts.filter((host) => takesAll(instance, host));
  return able.sort((a, b) => least(a) - least(b) || a - b).slice(0, trialsMax);
}

function takesAll({ items, most, countMax }: Instance, host: number): boolean {
  if (countMax[host] !== Number.POSITIVE_INFINITY) return false;
  return most.subarray(host * items, (host + 1) * items).every((count) => count > 0);
}

function packed(instance: Instance, hosts: readonly number[]): Bin[] {
  const { items, dimensions, counts } = instance;
  const bins: Bin[] = [];
  for (const item of decreasing(instance, hosts)) {
    let left = counts[item] as number;
    for (let at = 0; at < bins.length && left > 0; at++) {
      const bin = bins[at] as Bin;
      const each = Math.min(left, more(instance, hosts, { bin, item }));
      if (each <= 0) continue;
      const count = Math.min(bin.count, Math.floor(left / each));
      if (count < bin.count) bins.splice(at + 1, 0, { ...bin, count: bin.count - count });
      bins[at] = grown(instance, bin, { item, each, count });
      left -= each * count;
    }
    const none = { content: new Float64Array(items), used: new Float64Array(dimensions), count: 0 };
    while (left > 0) {
      const each = Math.min(left, more(instance, hosts, { bin: none, item }));
      if (each <= 0) return [];
      const count = Math.floor(left / each);
      bins.push(grown(instance, none, { item, each, count }));
      left -= each * count;
    }
  }
  return bins;
}

function grown(instance: Instance, bin: Bin, by: { item: number; each: number; count: number }): Bin {
  const content = bin.content.slice();
  content[by.item] = (content[by.item] as number) + by.each;
  const { dimensions, amounts } = instance;
  const used = bin.used.map((amount, row) => amount + by.each * (amounts[by.item * dimensions + row] as number));
  return { content, used, count: by.count };
}

/** How many more of the item the bin takes, on whichever of the hosts takes most. */
function more(instance: Instance, hosts: readonly number[], { bin, item }: { bin: Bin; item: number }): number {
  const { items, dimensions, amounts, capacity, most } = instance;
  let best = 0;
  for (const host of hosts) {
    let fit = (most[host * items + item] as number) - (bin.content[item] as number);
    for (let row = 0; row < dimensions && fit > best; row++) {
      const room = (capacity[host * dimensions + row] as number) - (bin.used[row] as number);
      const each = amounts[item * dimensions + row] as number;
      fit = room < 0 ? 0 : Math.min(fit, each > 0 ? Math.floor(room / each) : fit);
    }
    if (fit > best && (hosts.length === 1 || takesContent(instance, host, bin.content))) best = fit;
  }
  return best;
}

function takesContent({ items, most }: Instance, host: number, content: Float64Array): boolean {
  return content.every((count, item) => count <= (most[host * items + item] as number));
}

/** Items by their largest share of the roomiest host. */
function decreasing({ items, dimensions, amounts, capacity }: Instance, hosts: readonly number[]): number[] {
  const largest = Array.from({ length: dimensions }, (_, row) =>
    hosts.reduce((most, host) => Math.max(most, capacity[host * dimensions + row] as number), 1),
  );
  const sizes = Array.from({ length: items }, (_, item) =>
    largest.reduce((size, room, row) => Math.max(size, (amounts[item * dimensions + row] as number) / room), 0),
  );
  return Array.from({ length: items }, (_, item) => item).sort(
    (a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b,
  );
}

/** Each bin on the cheapest host that holds it. */
function settled(instance: Instance, bins: readonly Bin[]): Group[] | null {
  const fleet = emptyFleet(instance);
  if (bins.length === 0) return null;
  for (const { content, count } of bins) {
    for (let left = count; left > 0; ) {
      const host = cheapestFor(fleet, content);
      if (host < 0) return null;
      const taken = Math.min(left, fleet.hostsLeft[host] as number);
      take(fleet, { host, content, count: taken });
      left -= taken;
    }
  }
  return fleet.groups;
}
