import type { PackingHost, PackingItem, PackingProblem } from "../../../api/core/model/packing.ts";

interface Bin {
  readonly room: readonly number[];
  readonly count: number;
}

/**
 * The cheapest fleet of one host type, filled by first-fit decreasing (largest share of a host first), in billionths; null where no
 * type holds every item. Identical hosts are kept as one with a count.
 */
export function bestSingleType({ items, hosts }: PackingProblem): number | null {
  let best: number | null = null;
  const able = hosts.filter((host) => items.every((item) => howManyFit(item, host.capacity) > 0));
  const ordered = able.map((host) => ({ host, least: host.cost * hostsAtLeast(items, host) }));
  for (const { host, least } of ordered.sort((a, b) => a.least - b.least)) {
    if (best !== null && least >= best) break;
    const cost = host.cost * firstFitDecreasing(items, host);
    if (best === null || cost < best) best = cost;
  }
  return best;
}

/** What a spreadsheet says: the sums over the capacity, rounded up, on the type where that is cheapest. */
export function sumsOverCapacity({
  items,
  hosts,
}: PackingProblem): { readonly host: PackingHost; readonly cost: number } | null {
  let least: { readonly host: PackingHost; readonly cost: number } | null = null;
  for (const host of hosts.filter((one) => items.every((item) => howManyFit(item, one.capacity) > 0))) {
    const cost = host.cost * hostsAtLeast(items, host);
    if (least === null || cost < least.cost) least = { host, cost };
  }
  return least;
}

function hostsAtLeast(items: readonly PackingItem[], host: PackingHost): number {
  const shares = host.capacity.map((capacity, at) => {
    const wanted = items.reduce((sum, item) => sum + (item.amounts[at] ?? 0) * item.count, 0);
    return wanted === 0 ? 0 : Math.ceil(wanted / capacity);
  });
  return Math.max(1, ...shares);
}

function firstFitDecreasing(items: readonly PackingItem[], { capacity }: PackingHost): number {
  const share = (item: PackingItem) => Math.max(...item.amounts.map((amount, at) => amount / (capacity[at] || 1)));
  let bins: Bin[] = [];
  for (const item of [...items].sort((a, b) => share(b) - share(a))) {
    let left = item.count;
    bins = bins.flatMap((bin) => {
      const [parts, placed] = filled(bin, item, left);
      left -= placed;
      return parts;
    });
    if (left > 0)
      bins.push(...filled({ room: capacity, count: left }, item, left)[0].filter(({ room }) => room !== capacity));
  }
  return bins.reduce((sum, { count }) => sum + count, 0);
}

/** As many of the item as fit on each, until none is left: the bins full of it, the one with the rest, and the untouched. */
function filled(bin: Bin, item: PackingItem, left: number): [bins: Bin[], placed: number] {
  const each = Math.min(howManyFit(item, bin.room), item.perHostMax ?? Number.POSITIVE_INFINITY);
  if (each === 0 || left === 0) return [[bin], 0];
  const full = Math.min(bin.count, Math.floor(left / each));
  const rest = full < bin.count ? left % each : 0;
  const parts = [
    { room: roomAfter(bin, item, each), count: full },
    { room: roomAfter(bin, item, rest), count: rest > 0 ? 1 : 0 },
    { room: bin.room, count: bin.count - full - (rest > 0 ? 1 : 0) },
  ];
  return [parts.filter(({ count }) => count > 0), full * each + rest];
}

function roomAfter(bin: Bin, item: PackingItem, many: number): number[] {
  return bin.room.map((amount, at) => amount - many * (item.amounts[at] ?? 0));
}

function howManyFit(item: PackingItem, room: readonly number[]): number {
  let fit = Number.MAX_SAFE_INTEGER;
  for (const [at, amount] of item.amounts.entries()) {
    if (amount > 0) fit = Math.min(fit, Math.floor((room[at] ?? 0) / amount));
  }
  return fit;
}
