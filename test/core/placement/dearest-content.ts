import { type Good, type Worths, worthsAt } from "./fractional-worths.ts";

/** Contents of the goods decided on so far, of which only what they leave and are worth matters. */
interface State {
  readonly room: readonly number[];
  readonly value: number;
}

const statesMax = 2_000_000;

/**
 * The value of the dearest content that fits, or `floor` where none is dearer: an exact bounded knapsack in several dimensions. Goods are
 * decided on one after another, largest first; of contents that leave the same room the dearest is kept, and none that cannot become
 * dearer than the best known. Null: given up, with too many left.
 */
export function dearestContent(capacity: readonly number[], goods: readonly Good[], floor: number): number | null {
  if (isNoneDearer(capacity, goods, floor)) return floor;
  const sizeOf = (good: Good) =>
    Math.max(...good.amounts.map((amount, at) => amount / (capacity[at] || Number.POSITIVE_INFINITY)));
  const ordered = [...goods].sort((a, b) => sizeOf(b) - sizeOf(a));
  let best = floor;
  let states: readonly State[] = [{ room: capacity, value: 0 }];
  for (let decided = 0; decided < ordered.length && states.length > 0; decided++) {
    const next = decideOn(ordered.slice(decided), states, best);
    if (next.states.length > statesMax) return null;
    ({ states, best } = next);
  }
  return best;
}

const parts = 2 ** 30;

/** Whether cut goods already show it: where prices are those of CPU and memory alone, a great many contents miss the floor by next to nothing. */
function isNoneDearer(capacity: readonly number[], goods: readonly Good[], floor: number): boolean {
  const worths = worthsAt(capacity, goods, parts).map(BigInt);
  const worthOfAll = (amounts: readonly number[]) =>
    amounts.reduce((sum, amount, at) => sum + BigInt(amount) * (worths[at] ?? 0n), 0n);
  let bound = worthOfAll(capacity);
  for (const { amounts, value, most } of goods) {
    const surplus = BigInt(value) * BigInt(parts) - worthOfAll(amounts);
    if (surplus > 0n) bound += surplus * BigInt(most);
  }
  return bound <= BigInt(floor) * BigInt(parts);
}

/** Every number of the first good left that may still lead to something dearer; of the last one, as many as fit. */
function decideOn(left: readonly Good[], states: readonly State[], known: number) {
  const [good, ...rest] = left;
  if (good === undefined) return { states: [], best: known };
  const { kept, worths } = promising(states, left, known);
  const tests = worths.map((worth) => ({ worth, surplus: surplusOf(rest, worth) }));
  const next = new Map<string, State>();
  let best = known;
  for (const state of kept) {
    const most = howMany(good, state.room);
    for (let many = most; many >= (rest.length > 0 ? 0 : most); many--) {
      const value = state.value + many * good.value;
      best = Math.max(best, value);
      const room = state.room.map((amount, at) => amount - many * (good.amounts[at] ?? 0));
      if (tests.some(({ worth, surplus }) => value + surplus + worthOf(room, worth) <= best)) continue;
      const key = room.join();
      if (value > (next.get(key)?.value ?? -1)) next.set(key, { room, value });
    }
    if (next.size > statesMax) break;
  }
  return { states: [...next.values()], best };
}

const roundsMax = 16;

/**
 * The states that might still become dearer than `best`, and the worths that tell. With any worths, no more can come of a state than its
 * value, its room's worth, and what the goods left are worth above their amounts; new ones are taken where a state looks best.
 */
function promising(states: readonly State[], left: readonly Good[], best: number) {
  const worths: Worths[] = [];
  let kept = states.map((state) => ({ state, bound: Number.MAX_VALUE }));
  for (let round = 0; round < roundsMax && kept.length > 0; round++) {
    const highest = kept.reduce((high, other) => (other.bound > high.bound ? other : high));
    const { room } = highest.state;
    const worth = worthsAt(
      room,
      left.map((good) => ({ ...good, most: howMany(good, room) })),
    );
    worths.push(worth);
    const before = kept.length;
    kept = kept
      .map(({ state, bound }) => ({ state, bound: Math.min(bound, boundOf(state, left, worth)) }))
      .filter(({ bound }) => bound > best);
    if (round > 3 && kept.length > before * 0.95) break;
  }
  return { kept: kept.map(({ state }) => state), worths };
}

function boundOf({ room, value }: State, left: readonly Good[], worth: Worths): number {
  let bound = value + worthOf(room, worth);
  for (const good of left) {
    const surplus = good.value - worthOf(good.amounts, worth);
    if (surplus > 0) bound += surplus * howMany(good, room);
  }
  return bound;
}

function surplusOf(goods: readonly Good[], worth: Worths): number {
  return goods.reduce((sum, good) => sum + good.most * Math.max(0, good.value - worthOf(good.amounts, worth)), 0);
}

function worthOf(amounts: readonly number[], worth: Worths): number {
  let sum = 0;
  for (let at = 0; at < amounts.length; at++) sum += (amounts[at] ?? 0) * (worth[at] ?? 0);
  return sum;
}

function howMany(good: Good, room: readonly number[]): number {
  let fit = good.most;
  for (let at = 0; at < room.length; at++) {
    const amount = good.amounts[at] ?? 0;
    if (amount > 0) fit = Math.min(fit, Math.floor((room[at] ?? 0) / amount));
  }
  return fit;
}
