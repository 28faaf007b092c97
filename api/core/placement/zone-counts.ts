/** Tasks of one service to spread evenly over some of the zones. */
export interface Spread {
  readonly service: string;
  readonly count: number;
  /** Places of the zones it may be in. At least one. */
  readonly zones: readonly number[];
  /** What one task weighs when zones are balanced. */
  readonly weight: number;
}

/**
 * How many tasks of each service go to each zone: as many to each of its zones as to any other, but for one; the odd ones, heaviest
 * first, go where least weight is. By service, in the order of the zones.
 */
export function zoneCounts(spreads: readonly Spread[], zones: number): ReadonlyMap<string, readonly number[]> {
  const load = Array.from({ length: zones }, () => 0);
  const counts = new Map<string, number[]>();
  const heaviestFirst = [...spreads].sort((a, b) => b.weight - a.weight || (a.service < b.service ? -1 : 1));
  for (const spread of heaviestFirst) {
    const each = Math.floor(spread.count / spread.zones.length);
    const lightest = [...spread.zones].sort((a, b) => (load[a] ?? 0) - (load[b] ?? 0) || a - b);
    const odd = new Set(lightest.slice(0, spread.count % spread.zones.length));
    const own = Array.from(
      { length: zones },
      (_, zone) => (spread.zones.includes(zone) ? each : 0) + (odd.has(zone) ? 1 : 0),
    );
    for (const [zone, count] of own.entries()) load[zone] = (load[zone] ?? 0) + count * spread.weight;
    counts.set(spread.service, own);
  }
  return counts;
}

/** As many in each zone that any one of them may be lost: what the others would have to take on. */
export function survivingCounts(spreads: readonly Spread[], zones: number): ReadonlyMap<string, readonly number[]> {
  return new Map(
    spreads.map(({ service, count, zones: own }) => {
      const each = Math.ceil(count / Math.max(1, own.length - 1));
      return [service, Array.from({ length: zones }, (_, zone) => (own.includes(zone) ? each : 0))];
    }),
  );
}
