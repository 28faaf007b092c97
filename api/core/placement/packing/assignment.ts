import { type AssignmentModel, assignmentModel } from "./assignment-model.ts";
import { BoundedSimplex } from "./bounded-simplex.ts";
import { holds, type Instance } from "./instance.ts";
import type { Cut } from "./needs.ts";

const hair = 1e-6;
const pivotsMaxEach = 1000;
/** So many steps of a pivot take as long as a node. */
export const stepsForOne = 128;
/** A node costs so many pivots besides its own. */
const pivotsForNode = 2;
/** Of the programme, in numbers: beyond that a pivot takes too long. */
const sizeMax = 400_000;

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
    const { pivots } = this.#simplex;
    const solved = this.#simplex.solve(pivotsMaxEach);
    const { rows, columns } = this.#model.programme;
    this.nodes += ((pivotsForNode + this.#simplex.pivots - pivots) * rows * columns) / stepsForOne;
    if (solved === "none" && pivots === 0) this.prices = this.#simplex.times.slice(0, this.#instance.items);
    if (solved === "unclear") this.#isOpen = true;
    if (solved !== "values") return false;
    return this.#round() || this.#branch();
  }

  /** One more of an item on an instance, or no more: the nearer first. */
  #branch(): boolean {
    const { low, high, values } = this.#simplex;
    const column = this.#broken();
    if (column < 0) {
      // Whole numbers that rounding did not find good.
      this.#isOpen = true;
      return false;
    }
    const value = values[column] as number;
    const whole = Math.floor(value);
    const [least, most] = [low[column] as number, high[column] as number];
    const isUpFirst = value - whole > 0.5;
    for (const isUp of [isUpFirst, !isUpFirst]) {
      if (isUp) low[column] = whole + 1;
      else high[column] = whole;
      const isFound = this.#descend();
      low[column] = least;
      high[column] = most;
      if (isFound) return true;
    }
    return false;
  }

  /** The column whose number is broken and matters most; -1: all are whole. */
  #broken(): number {
    let most = 0;
    let broken = -1;
    for (const [column, value] of this.#simplex.values.entries()) {
      const distance = Math.abs(value - Math.round(value));
      if (distance < hair) continue;
      const matters = (this.#weights[column] as number) * (0.1 + distance);
      if (matters <= most) continue;
      most = matters;
      broken = column;
    }
    return broken;
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

/** Instances being filled. */
class Filling {
  readonly contents: Float64Array[];
  readonly #rooms: Float64Array[];
  readonly #instance: Instance;
  readonly #hosts: readonly number[];

  constructor(instance: Instance, hosts: readonly number[]) {
    const { items, dimensions, capacity } = instance;
    this.#instance = instance;
    this.#hosts = hosts;
    this.contents = hosts.map(() => new Float64Array(items));
    this.#rooms = hosts.map((host) => capacity.slice(host * dimensions, (host + 1) * dimensions));
  }

  put(place: number, item: number, count: number): void {
    const { dimensions, amounts } = this.#instance;
    const content = this.contents[place] as Float64Array;
    const room = this.#rooms[place] as Float64Array;
    content[item] = (content[item] as number) + count;
    for (let row = 0; row < dimensions; row++)
      room[row] = (room[row] as number) - count * (amounts[item * dimensions + row] as number);
  }

  /** Where least room would be left; -1: it fits nowhere. */
  bestFor(item: number): number {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let place = 0; place < this.#hosts.length; place++) {
      const spare = this.#spare(place, item);
      if (spare >= least) continue;
      least = spare;
      best = place;
    }
    return best;
  }

  #spare(place: number, item: number): number {
    const { items, dimensions, amounts, capacity, most } = this.#instance;
    const host = this.#hosts[place] as number;
    if ((this.contents[place]?.[item] as number) >= (most[host * items + item] as number))
      return Number.POSITIVE_INFINITY;
    let spare = 0;
    for (let row = 0; row < dimensions; row++) {
      const after = (this.#rooms[place]?.[row] as number) - (amounts[item * dimensions + row] as number);
      if (after < 0) return Number.POSITIVE_INFINITY;
      spare += after / Math.max(1, capacity[host * dimensions + row] as number);
    }
    return spare;
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
