import type { InstanceRun } from "../model/placement-rules.ts";
import { nextRandom } from "./draw.ts";
import { joined, withTasks } from "./instance.ts";
import type { Moving } from "./slots.ts";

/**
 * Places up to `count` tasks, each on one instance drawn from all that have room by then. The same as drawing among slots, but what a draw
 * takes grows with the logarithm of the number of instances. Nothing is drawn where there is no choice.
 */
export function drawPlaces(
  work: Moving,
  count: number,
): { readonly runs: InstanceRun[]; readonly random: number; readonly moved: number } {
  const rooms = work.slots.flatMap(({ run, available }) => new Array<number>(run.count).fill(available));
  const open = new Ranks(rooms.map((room) => (room > 0 ? 1 : 0)));
  const placed = new Uint32Array(rooms.length);
  let { random } = work;
  let moved = 0;
  for (; moved < count && open.total > 0; moved++) {
    if (open.total > 1) random = nextRandom(random);
    const at = open.find(open.total > 1 ? random % open.total : 0);
    placed[at] = (placed[at] ?? 0) + 1;
    if (placed[at] === rooms[at]) open.remove(at);
  }
  return { runs: runsOf(work, placed), random, moved };
}

/** Instances next to each other with as many tasks are one run again. */
function runsOf({ slots, task }: Moving, placed: Uint32Array): InstanceRun[] {
  const runs: InstanceRun[] = [];
  let at = 0;
  for (const { run } of slots) {
    const end = at + run.count;
    let { first } = run;
    while (at < end) {
      const tasks = placed[at] ?? 0;
      const from = at;
      while (at < end && placed[at] === tasks) at++;
      const part = {
        ...{ first, count: at - from },
        instance: tasks === 0 ? run.instance : withTasks(run.instance, task, tasks),
      };
      const last = runs.at(-1);
      const one = last === undefined ? null : joined(last, part);
      if (one === null) runs.push(part);
      else runs[runs.length - 1] = one;
      first += at - from;
    }
  }
  return runs;
}

/** Which of many places is the k-th that is still there (Fenwick 1994). */
class Ranks {
  total: number;
  readonly #sums: Int32Array;
  readonly #top: number;

  constructor(there: readonly number[]) {
    const sums = new Int32Array(there.length + 1);
    for (const [at, one] of there.entries()) sums[at + 1] = one;
    for (let at = 1; at < sums.length; at++) {
      const above = at + (at & -at);
      if (above < sums.length) sums[above] = (sums[above] ?? 0) + (sums[at] ?? 0);
    }
    this.total = there.reduce((sum, one) => sum + one, 0);
    this.#sums = sums;
    this.#top = 2 ** Math.floor(Math.log2(Math.max(1, there.length)));
  }

  find(rank: number): number {
    let at = 0;
    let left = rank;
    for (let step = this.#top; step > 0; step = Math.floor(step / 2)) {
      const below = this.#sums[at + step];
      if (below === undefined || below > left) continue;
      at += step;
      left -= below;
    }
    return at;
  }

  remove(place: number): void {
    this.total--;
    for (let at = place + 1; at < this.#sums.length; at += at & -at) this.#sums[at] = (this.#sums[at] ?? 0) - 1;
  }
}
