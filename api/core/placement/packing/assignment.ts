import { type AssignmentModel, assignmentModel } from "./assignment-model.ts";
import { BoundedSimplex } from "./bounded-simplex.ts";
import { Filling } from "./filling.ts";
import { holds, type Instance } from "./instance.ts";
import type { Cut } from "./needs.ts";

const hair = 1e-6;
const pivotsMaxEach = 1000;
/** Numbers whose both sides are tried before one is branched on, and how far. */
const lookedAt = 6;
const pivotsMaxProbe = 200;
/** So many steps of a pivot take as long as a node. */
export const stepsForOne = 128;
/** A node costs so many pivots besides its own. */
const pivotsForNode = 2;
/** Of the programme, in numbers: beyond that a pivot takes too long. */
const sizeMax = 40_000;

/** A number of the programme that is not whole. */
interface Broken {
  readonly column: number;
  readonly value: number;
}

/**
 * Which tasks go on which of given instances, by branch and bound on the linear programme of how many of each item each instance takes. It
 * is a weak bound where many instances are alike, and a strong one where a few differ.
 */
export class Assignment {
  nodes = 0;
  /** Of each instance, once packed. */
  readonly contents: Float64Array[] = [];
  /** Of each item, where the programme alone shows the tasks to be too many: prices that may refute other instances too. */
  prices: Float64Array | null = null;
  readonly #instance: Instance;
  readonly #hosts: readonly number[];
  readonly #nodesMax: number;
  readonly #model: AssignmentModel;
  readonly #simplex: BoundedSimplex;
  /** Of each item: its part of all the room there is, in the dimension where that is largest. */
  readonly #sizes: Float64Array;
  /** Of each column: how much it matters. Large tasks on small instances leave least to choose from afterwards. */
  readonly #weights: Float64Array;
  #isOpen = false;

  constructor(
    instance: Instance,
    hosts: readonly number[],
    { cuts, nodesMax }: { readonly cuts: readonly Cut[]; readonly nodesMax: number },
  ) {
    this.#instance = instance;
    this.#hosts = hosts;
    this.#nodesMax = nodesMax;
    this.#model = assignmentModel(instance, hosts, { cuts, times: 1 });
    this.#simplex = new BoundedSimplex(this.#model.programme);
    this.#sizes = sizesOf(instance, hosts);
    const { parts, itemOf } = this.#model;
    this.#weights = parts.map((part, column) => part * (this.#sizes[itemOf[column] as number] as number));
  }

  static isPossible({ items, dimensions }: Instance, hosts: readonly number[]): boolean {
    return (items + hosts.length * dimensions) * items * hosts.length <= sizeMax;
  }

  run(): "packed" | "impossible" | "open" {
    if (this.#descend()) return "packed";
    return this.#isOpen ? "open" : "impossible";
  }

  #descend(): boolean {
    if (this.nodes >= this.#nodesMax) {
      this.#isOpen = true;
      return false;
    }
    const isFirst = this.#simplex.pivots === 0;
    const solved = this.#solve(pivotsMaxEach);
    if (solved === "none" && isFirst) this.prices = this.#simplex.times.slice(0, this.#instance.items);
    if (solved === "unclear") this.#isOpen = true;
    if (solved !== "values") return false;
    return this.#round() || this.#branch();
  }

  #solve(pivotsMax: number): "values" | "none" | "unclear" {
    const { pivots } = this.#simplex;
    const solved = this.#simplex.solve(pivotsMax);
    const { rows, columns } = this.#model.programme;
    this.nodes += ((pivotsForNode + this.#simplex.pivots - pivots) * rows * columns) / stepsForOne;
    return solved;
  }

  /** More of an item on an instance, or no more: where one of these is impossible, the other; else where both are hard to come by, the nearer first. */
  #branch(): boolean {
    const broken = this.#broken().slice(0, lookedAt);
    let chosen = broken[0];
    let most = -1;
    for (const one of broken) {
      const pivots = [false, true].map((isUp) => this.#probe(one, isUp));
      if (pivots.every((count) => count === null)) return false;
      const impossible = pivots.indexOf(null);
      if (impossible >= 0) return this.#side(one, impossible === 0);
      const least = Math.min(...pivots.map((count) => count ?? 0));
      if (least <= most) continue;
      most = least;
      chosen = one;
    }
    if (chosen === undefined) {
      // Whole numbers that rounding did not find good.
      this.#isOpen = true;
      return false;
    }
    const isUpFirst = chosen.value - Math.floor(chosen.value) > 0.5;
    return this.#side(chosen, isUpFirst) || this.#side(chosen, !isUpFirst);
  }

  /** Numbers that are broken, those that matter most first. */
  #broken(): Broken[] {
    const found: (Broken & { readonly matters: number })[] = [];
    for (const [column, value] of this.#simplex.values.entries()) {
      const distance = Math.abs(value - Math.round(value));
      if (distance < hair) continue;
      found.push({ column, value, matters: (this.#weights[column] as number) * (0.1 + distance) });
    }
    return found.sort((a, b) => b.matters - a.matters || a.column - b.column);
  }

  /** After how many pivots there are values, or it is given up; null: there are none. */
  #probe(broken: Broken, isUp: boolean): number | null {
    const { pivots } = this.#simplex;
    const isPossible = this.#within(broken, isUp, () => this.#solve(pivotsMaxProbe) !== "none");
    return isPossible ? this.#simplex.pivots - pivots : null;
  }

  #side(broken: Broken, isUp: boolean): boolean {
    return this.#within(broken, isUp, () => this.#descend());
  }

  /** With the number above where it is broken, or below. */
  #within({ column, value }: Broken, isUp: boolean, decide: () => boolean): boolean {
    const { low, high } = this.#simplex;
    const [least, most] = [low[column] as number, high[column] as number];
    if (isUp) low[column] = Math.ceil(value);
    else high[column] = Math.floor(value);
    const decided = decide();
    low[column] = least;
    high[column] = most;
    return decided;
  }

  /** Numbers rounded down, and the tasks that are left wherever they fit best, the largest first. */
  #round(): boolean {
    const { items, counts } = this.#instance;
    const { itemOf, placeOf } = this.#model;
    const filling = new Filling(this.#instance, this.#hosts);
    const left = counts.slice();
    for (const [column, value] of this.#simplex.values.entries()) {
      const item = itemOf[column] as number;
      const count = Math.min(left[item] as number, Math.floor(value + hair));
      if (count <= 0) continue;
      filling.put(placeOf[column] as number, item, count);
      left[item] = (left[item] as number) - count;
    }
    const order = Array.from({ length: items }, (_, item) => item)
      .filter((item) => (left[item] as number) > 0)
      .sort((a, b) => (this.#sizes[b] as number) - (this.#sizes[a] as number) || a - b);
    for (const item of order) {
      for (let count = left[item] as number; count > 0; count--) {
        const place = filling.bestFor(item);
        if (place < 0) return false;
        filling.put(place, item, 1);
      }
    }
    if (!filling.contents.every((content, at) => holds(this.#instance, this.#hosts[at] as number, content)))
      return false;
    this.contents.push(...filling.contents);
    return true;
  }
}

function sizesOf({ items, dimensions, amounts, capacity }: Instance, hosts: readonly number[]): Float64Array {
  const rooms = Array.from({ length: dimensions }, (_, row) =>
    hosts.reduce((sum, host) => sum + (capacity[host * dimensions + row] as number), 0),
  );
  return Float64Array.from({ length: items }, (_, item) =>
    rooms.reduce(
      (size, room, row) => (room > 0 ? Math.max(size, (amounts[item * dimensions + row] as number) / room) : size),
      0,
    ),
  );
}
