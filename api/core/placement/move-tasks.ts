import type { InstanceRun, Ranking } from "../model/placement-rules.ts";
import { nextRandom } from "./draw.ts";
import { drawPlaces } from "./draw-places.ts";
import { countsByValue, type Moving, moveTo, movingOn, recount, replace, type Slot } from "./slots.ts";

interface Wanted {
  readonly count: number;
  readonly rankings: readonly Ranking[];
  /** The one attribute value to stay within; null: none. */
  readonly within: { readonly attribute: string; readonly value: string | undefined } | null;
}

/**
 * Places (direction 1) or stops (−1) up to `count` tasks as if one after another, each where the rankings say. Where a choice is bound
 * to be repeated, it is carried out for many tasks at once, so that time grows with the number of different instances.
 */
export function moveTasks(
  runs: readonly InstanceRun[],
  moving: Pick<Moving, "task" | "direction" | "isOpen" | "random">,
  count: number,
): { readonly runs: InstanceRun[]; readonly random: number; readonly moved: number } {
  const work = movingOn(runs, moving);
  const { rankings, allowsInstance } = moving.task;
  // What is on an instance by then matters only to how many fit.
  if (moving.direction === 1 && rankings[0]?.kind === "random" && allowsInstance === null)
    return drawPlaces(work, count);
  const moved = move(work, { count, rankings: moving.task.rankings, within: null });
  return { runs: work.slots.map((slot) => slot.run), random: work.random, moved };
}

function move(work: Moving, wanted: Wanted): number {
  let left = wanted.count;
  while (left > 0) {
    const now = { ...wanted, count: left };
    const moved = moveRounds(work, now) || moveNext(work, now);
    if (moved === 0) break;
    left -= moved;
  }
  return wanted.count - left;
}

/**
 * Spread over attribute values, whole rounds at once: the values with the fewest tasks get as many each, until they catch up with the
 * next or tasks run out. Only where what follows depends on nothing outside the value, so that the order within a round is all one.
 */
function moveRounds(work: Moving, { count, rankings, within }: Wanted): number {
  const [first, ...rest] = rankings;
  if (within !== null || first?.kind !== "spread" || first.attribute === null) return 0;
  const { attribute } = first;
  if (!rest.every((ranking) => ranking.kind === "binpack" || isByInstance(ranking))) return 0;
  const counts = countsByValue(work, attribute);
  const open = new Set<string | undefined>();
  for (const { run, available } of work.slots) if (available > 0) open.add(run.instance.host.attributes[attribute]);
  const levels = [...open].map((value) => work.direction * (counts.get(value) ?? 0));
  const lowest = Math.min(...levels);
  const next = Math.min(...levels.filter((level) => level > lowest));
  const values = [...open].filter((value) => work.direction * (counts.get(value) ?? 0) === lowest);
  const rounds = Math.min(next - lowest, Math.floor(count / values.length));
  let moved = 0;
  if (rounds === 0 || values.length === 0) return moved;
  for (const value of values) {
    moved += move(work, { count: rounds, rankings: rest, within: { attribute, value } });
  }
  return moved;
}

function isByInstance(ranking: Ranking | undefined): boolean {
  return ranking?.kind === "spread" && ranking.attribute === null;
}

/** The next task, and those that are bound to follow it in the same way. */
function moveNext(work: Moving, { count, rankings, within }: Wanted): number {
  let best = work.slots.filter(({ available }) => available > 0);
  if (within !== null) best = best.filter(({ run }) => run.instance.host.attributes[within.attribute] === within.value);
  let offset = 0;
  for (const ranking of rankings) {
    if (ranking.kind === "random") {
      [best, offset] = drawn(work, best);
      break;
    }
    best = bestBy(work, ranking, best);
  }
  if (work.direction < 0) best.reverse();
  const moved = new Map<Slot, InstanceRun[]>();
  let left = count;
  for (const slot of best) {
    const { each, instances, others } = repeats(work, rankings, slot);
    const part = moveTo(slot, { work, offset, each, instances, count: left });
    moved.set(slot, part.runs);
    left -= part.moved;
    recount(work, slot.run.instance.host, part.moved);
    if (!others || left === 0) break;
  }
  replace(work, moved);
  return count - left;
}

function bestBy(work: Moving, ranking: Exclude<Ranking, { kind: "random" }>, slots: Slot[]): Slot[] {
  const keyOf = keyBy(work, ranking);
  let lowest = Number.POSITIVE_INFINITY;
  let best: Slot[] = [];
  for (const slot of slots) {
    const key = keyOf(slot) * work.direction;
    if (key < lowest) best = [];
    lowest = Math.min(lowest, key);
    if (key === lowest) best.push(slot);
  }
  return best;
}

function keyBy(work: Moving, ranking: Exclude<Ranking, { kind: "random" }>): (slot: Slot) => number {
  if (ranking.kind === "binpack") return ({ run }) => run.instance.room[ranking.resource] ?? 0;
  const { attribute } = ranking;
  if (attribute === null) return ({ own }) => own;
  const counts = countsByValue(work, attribute);
  return ({ run }) => counts.get(run.instance.host.attributes[attribute]) ?? 0;
}

/** One instance of them all, as its slot and its place there. Nothing is drawn where there is no choice. */
function drawn(work: Moving, slots: Slot[]): [Slot[], offset: number] {
  const instances = slots.reduce((sum, { run }) => sum + run.count, 0);
  if (instances <= 1) return [slots, 0];
  work.random = nextRandom(work.random);
  let left = work.random % instances;
  for (const slot of slots) {
    const { count } = slot.run;
    if (left < count) return [[slot], work.direction > 0 ? left : count - 1 - left];
    left -= count;
  }
  return [[], 0];
}

/**
 * How many tasks go on each of how many instances of the chosen run before another choice can be the better one, and whether the other
 * runs that are as good then follow in the same way.
 */
function repeats({ task }: Moving, rankings: readonly Ranking[], { run, available }: Slot) {
  const [first, ...rest] = rankings;
  const isBinpack = (ranking: Ranking) => ranking.kind === "binpack";
  // A task on an instance makes it the worse one for the next.
  if (isByInstance(first) && rest.every(isBinpack)) return { each: 1, instances: run.count, others: true };
  // What is on the instance by then may matter to the next.
  if (task.allowsInstance !== null) return { each: 1, instances: 1, others: false };
  if (rankings.every(isBinpack)) return { each: available, instances: run.count, others: true };
  const takes = first?.kind === "binpack" && (task.demand.resources[first.resource] ?? 0) > 0;
  return { each: takes ? available : 1, instances: 1, others: false };
}
