import type { Knapsack } from "./knapsack.ts";
import { greatestCommonDivisor } from "./tighten.ts";

const choicesMax = 1 << 25;

/** One more decision in the making of a content: how often the item may be taken now, or which of several items that exclude each other. */
interface Stage {
  readonly items: readonly number[];
  readonly times: number;
  readonly isRepeated: boolean;
}

/**
 * The dearest contents of several hosts at once, by dynamic programming: a cell for every room (in units that all amounts are multiples
 * of), whose value is the most that fits in it. Dimensions of which there is one only are no axis: of the items that want it one at most
 * is chosen. An item that wants two such may come with a rival of the other, so that values are upper bounds, and contents are to be checked.
 */
export class ContentTable {
  readonly #knapsack: Knapsack;
  readonly #capacities: readonly Float64Array[];
  readonly #axes: number[] = [];
  readonly #units: number[] = [];
  readonly #sizes: number[] = [];
  readonly #strides: number[] = [];
  readonly #stages: Stage[] = [];
  /** Of items that take nothing of any axis: all there are. */
  readonly #given: number[] = [];
  readonly cells: number;
  #values = new Float64Array(0);
  #choices = new Uint8Array(0);

  /** `knapsack.most`: on the roomiest of the hosts. */
  constructor(knapsack: Knapsack, capacities: readonly Float64Array[], prices: Float64Array) {
    this.#knapsack = knapsack;
    this.#capacities = capacities;
    const exclusive = this.#layOut();
    let cells = 1;
    for (let axis = this.#axes.length - 1; axis >= 0; axis--) {
      this.#strides[axis] = cells;
      cells *= this.#sizes[axis] as number;
    }
    this.cells = cells;
    this.#plan(exclusive, prices);
  }

  get work(): number {
    return this.cells * this.#stages.reduce((sum, { items }) => sum + items.length, 1);
  }

  get isPossible(): boolean {
    return this.cells * this.#stages.length < choicesMax && this.#stages.every(({ items }) => items.length < 255);
  }

  fill(prices: Float64Array): void {
    this.#values = new Float64Array(this.cells);
    this.#choices = new Uint8Array(this.cells * this.#stages.length);
    for (const [at, stage] of this.#stages.entries()) {
      const choices = this.#choices.subarray(at * this.cells, (at + 1) * this.cells);
      const before = stage.items.length > 1 ? this.#values.slice() : this.#values;
      for (const [place, item] of stage.items.entries()) {
        const shifts = this.#shifts(item).map((shift) => shift * stage.times);
        const gain = (prices[item] as number) * stage.times;
        const sweep = { shifts, gain, before, choices, mark: place + 1, isUpwards: stage.isRepeated };
        this.#sweep(sweep, 0, 0);
      }
    }
  }

  /** No content that fits in this room is dearer. */
  bound(capacity: Float64Array, prices: Float64Array): number {
    const given = this.#given.reduce((sum, item) => sum + this.#most(item) * (prices[item] as number), 0);
    return (given + (this.#values[this.#cellOf(capacity)] as number)) * (1 + 1e-12);
  }

  content(capacity: Float64Array): Float64Array {
    const content = new Float64Array(this.#knapsack.items);
    for (const item of this.#given) content[item] = this.#most(item);
    let cell = this.#cellOf(capacity);
    for (let at = this.#stages.length - 1; at >= 0; at--) {
      const { items, times, isRepeated } = this.#stages[at] as Stage;
      for (let mark = this.#choices[at * this.cells + cell] as number; mark > 0; ) {
        const item = items[mark - 1] as number;
        content[item] = (content[item] as number) + times;
        for (const [axis, shift] of this.#shifts(item).entries())
          cell -= shift * times * (this.#strides[axis] as number);
        mark = isRepeated ? (this.#choices[at * this.cells + cell] as number) : 0;
      }
    }
    return content;
  }

  /** Axes in ascending size, the longest innermost; the dimensions that are none. */
  #layOut(): number[] {
    const { items, dimensions, amounts } = this.#knapsack;
    const exclusive: number[] = [];
    const axes: { row: number; unit: number; size: number }[] = [];
    for (let row = 0; row < dimensions; row++) {
      const each = Array.from({ length: items }, (_, item) => amounts[item * dimensions + row] as number);
      const room = this.#capacities.reduce((most, capacity) => Math.max(most, capacity[row] as number), 0);
      const isOne = this.#capacities.every((capacity) => capacity[row] === 1) && each.every((amount) => amount <= 1);
      const total = each.reduce((sum, amount, item) => sum + amount * this.#most(item), 0);
      if (isOne) exclusive.push(row);
      else if (this.#capacities.some((capacity) => total > (capacity[row] as number))) {
        const unit = Math.max(1, each.reduce(greatestCommonDivisor, 0));
        axes.push({ row, unit, size: Math.floor(room / unit) + 1 });
      }
    }
    for (const { row, unit, size } of axes.sort((a, b) => a.size - b.size)) {
      this.#axes.push(row);
      this.#units.push(unit);
      this.#sizes.push(size);
    }
    return exclusive;
  }

  #plan(exclusive: readonly number[], prices: Float64Array): void {
    const { items, dimensions, amounts } = this.#knapsack;
    const rivals = new Map<number, number[]>();
    for (let item = 0; item < items; item++) {
      if ((prices[item] as number) <= 0 || this.#most(item) === 0) continue;
      const only = exclusive.find((row) => amounts[item * dimensions + row] === 1);
      if (only === undefined) this.#planItem(item);
      else rivals.set(only, [...(rivals.get(only) ?? []), item]);
    }
    for (const group of rivals.values()) this.#stages.push({ items: group, times: 1, isRepeated: false });
  }

  #planItem(item: number): void {
    const shifts = this.#shifts(item);
    const fit = shifts.reduce(
      (most, shift, axis) =>
        shift > 0 ? Math.min(most, Math.floor(((this.#sizes[axis] as number) - 1) / shift)) : most,
      Number.POSITIVE_INFINITY,
    );
    if (fit === Number.POSITIVE_INFINITY) this.#given.push(item);
    else if (this.#most(item) >= fit) this.#stages.push({ items: [item], times: 1, isRepeated: true });
    else {
      for (let left = this.#most(item), times = 1; left > 0; times *= 2) {
        const taken = Math.min(times, left);
        this.#stages.push({ items: [item], times: taken, isRepeated: false });
        left -= taken;
      }
    }
  }

  #most(item: number): number {
    return this.#knapsack.most[item] as number;
  }

  /** What the item takes of each axis, in units. */
  #shifts(item: number): number[] {
    const { dimensions, amounts } = this.#knapsack;
    return this.#axes.map((row, axis) => (amounts[item * dimensions + row] as number) / (this.#units[axis] as number));
  }

  #cellOf(capacity: Float64Array): number {
    let cell = 0;
    for (const [axis, row] of this.#axes.entries()) {
      const room = Math.floor((capacity[row] as number) / (this.#units[axis] as number));
      cell += Math.min(room, (this.#sizes[axis] as number) - 1) * (this.#strides[axis] as number);
    }
    return cell;
  }

  /** Takes the item in every cell where that is dearer; upwards, on top of what it has been taken already. */
  #sweep(
    by: {
      readonly shifts: readonly number[];
      readonly gain: number;
      readonly before: Float64Array;
      readonly choices: Uint8Array;
      readonly mark: number;
      readonly isUpwards: boolean;
    },
    axis: number,
    from: number,
  ): void {
    const stride = this.#strides[axis] ?? 1;
    const size = this.#sizes[axis] ?? 1;
    const least = by.shifts[axis] ?? 0;
    if (axis < this.#axes.length - 1) {
      for (let step = least; step < size; step++) {
        this.#sweep(by, axis + 1, from + (by.isUpwards ? step : size - 1 - step + least) * stride);
      }
      return;
    }
    const values = this.#values;
    const { before, choices, gain, mark } = by;
    const back = by.shifts.reduce((sum, shift, at) => sum + shift * (this.#strides[at] as number), 0);
    for (let step = least; step < size; step++) {
      const cell = from + (by.isUpwards ? step : size - 1 - step + least);
      const reached = (before[cell - back] as number) + gain;
      if (reached <= (values[cell] as number)) continue;
      values[cell] = reached;
      choices[cell] = mark;
    }
  }
}
