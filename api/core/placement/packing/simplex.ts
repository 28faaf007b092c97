import { Basis } from "./basis.ts";
import { type Column, slack } from "./column.ts";

const tiny = 1e-9;
const candidatesMax = 12;

/**
 * Least cost of instances such that every row is met: the revised simplex method with a dense inverse. A row is either an item (as many
 * tasks at least) or a host (as many instances at most); the first ones are items.
 */
export class Simplex {
  /** Those that are not in the basis, and those that are. */
  readonly columns: Column[] = [];
  /** Of each row: what there is too much of, or too little. */
  readonly slacks: readonly Column[];
  pivots = 0;
  readonly #basis: Basis;
  readonly #isBasic = new Set<Column>();
  readonly #wanted: Float64Array;
  readonly #tolerance: number;
  readonly #typical: number;

  /** `first`: for each item a column with tasks of no other item. */
  constructor(wanted: Float64Array, first: readonly Column[]) {
    this.#wanted = wanted.slice();
    this.slacks = Array.from(wanted, (_, row) => slack(row, row < first.length ? -1 : 1));
    this.columns.push(...this.slacks, ...first);
    this.#basis = new Basis([...first, ...this.slacks.slice(first.length)], wanted);
    for (const column of this.#basis.columns) this.#isBasic.add(column);
    this.#typical = Math.max(
      1,
      first.reduce((sum, column) => sum + column.cost / first.length, 0),
    );
    this.#tolerance = tiny * this.#typical;
  }

  /** The price of each row. */
  get duals(): Float64Array {
    return this.#basis.duals;
  }

  add(column: Column): void {
    this.columns.push(column);
  }

  /** After costs of columns have changed. */
  recost(): void {
    this.#basis.refresh(this.#wanted);
  }

  /** Drops all but those in use, those of one item alone, and so many that are nearest to it. */
  forget(columnsMax: number): Column[] {
    if (this.columns.length <= columnsMax) return [];
    const dearness = (column: Column) =>
      column.rows.length === 1 || this.#isBasic.has(column) ? -1 : this.reducedCost(column) / Math.max(column.cost, 1);
    const order = this.columns.map((column) => ({ column, by: dearness(column) })).sort((a, b) => a.by - b.by);
    this.columns.splice(0, this.columns.length, ...order.slice(0, columnsMax).map(({ column }) => column));
    return order.slice(columnsMax).map(({ column }) => column);
  }

  reducedCost(column: Column): number {
    return this.#basis.reducedCost(column);
  }

  /** Cost at the present solution, which is the least only once `minimise` has come to its end. */
  cost(): number {
    return this.basics().reduce((sum, { column, count }) => sum + column.cost * count, 0);
  }

  /** Columns in use, those that stand for no instance left out. */
  solution(): { readonly column: Column; readonly count: number }[] {
    return this.basics().filter(({ column, count }) => count > tiny && column.host >= 0);
  }

  /** The columns of the basis. */
  basics(): { readonly column: Column; readonly count: number }[] {
    return this.#basis.columns.map((column, row) => ({ column, count: this.#basis.values[row] as number }));
  }

  minimise(pivotsMax: number): void {
    const end = this.pivots + pivotsMax;
    while (this.pivots < end) {
      const candidates = this.#candidates();
      let best = candidates[0];
      if (best === undefined) break;
      for (; best !== undefined && this.pivots < end; best = this.#best(candidates)) {
        if (!this.#enter(best)) break;
      }
    }
    this.#basis.refresh(this.#wanted);
  }

  /** Asks for other amounts: the dual simplex method finds its way back from the present basis, then the primal one. */
  change(wanted: Float64Array, pivotsMax: number): void {
    this.#wanted.set(wanted);
    this.#basis.refresh(wanted);
    const end = this.pivots + pivotsMax;
    while (this.pivots < end) {
      const row = this.#mostNegative();
      const entering = row < 0 ? null : this.#dualEntering(row);
      if (entering === null) break;
      this.#basis.direct(entering);
      const step = (this.#basis.values[row] as number) / (this.#basis.direction[row] as number);
      this.#exchange(entering, row, step);
    }
    this.minimise(pivotsMax);
  }

  /** Those with the least reduced costs for their own, all below 0. */
  #candidates(): Column[] {
    const found: Column[] = [];
    const costs: number[] = [];
    let worst = 0;
    for (const column of this.columns) {
      const reduced = this.reducedCost(column);
      if (reduced >= -this.#tolerance || this.#isBasic.has(column)) continue;
      const cost = reduced / this.#scale(column);
      if (cost >= worst) continue;
      let place = Math.min(found.length, candidatesMax - 1);
      for (; place > 0 && (costs[place - 1] as number) > cost; place--) {
        found[place] = found[place - 1] as Column;
        costs[place] = costs[place - 1] as number;
      }
      found[place] = column;
      costs[place] = cost;
      if (found.length === candidatesMax) worst = costs[candidatesMax - 1] as number;
    }
    return found;
  }

  /** Gains are compared as parts of what a column costs: dear instances would always seem to gain most. */
  #scale({ cost }: Column): number {
    return Math.sqrt(cost > 0 ? cost : this.#typical);
  }

  #best(candidates: readonly Column[]): Column | undefined {
    let best: Column | undefined;
    let least = 0;
    for (const column of candidates) {
      const reduced = this.reducedCost(column);
      if (reduced >= -this.#tolerance || this.#isBasic.has(column)) continue;
      const cost = reduced / this.#scale(column);
      if (cost >= least) continue;
      least = cost;
      best = column;
    }
    return best;
  }

  #enter(entering: Column): boolean {
    this.#basis.direct(entering);
    const { direction, values } = this.#basis;
    let step = Number.POSITIVE_INFINITY;
    let leaving = -1;
    for (let row = 0; row < direction.length; row++) {
      const change = direction[row] as number;
      if (change <= tiny) continue;
      const room = Math.max(0, values[row] as number) / change;
      const isTie = leaving >= 0 && room <= step + 1e-12 && change > (direction[leaving] as number);
      if (room < step - 1e-12 || isTie) {
        step = Math.min(step, room);
        leaving = row;
      }
    }
    if (leaving < 0) return false;
    this.#exchange(entering, leaving, step);
    return true;
  }

  #exchange(entering: Column, leaving: number, step: number): void {
    this.#isBasic.delete(this.#basis.exchange(entering, leaving, step));
    this.#isBasic.add(entering);
    this.pivots++;
  }

  #mostNegative(): number {
    let least = -1e-7;
    let leaving = -1;
    for (const [row, value] of this.#basis.values.entries()) {
      if (value >= least) continue;
      least = value;
      leaving = row;
    }
    return leaving;
  }

  #dualEntering(leaving: number): Column | null {
    let best = Number.POSITIVE_INFINITY;
    let steepest = 0;
    let entering: Column | null = null;
    for (const column of this.columns) {
      const change = this.#basis.change(leaving, column);
      if (change >= -tiny || this.#isBasic.has(column)) continue;
      const ratio = Math.max(0, this.reducedCost(column)) / -change;
      // Of several that are as good, the steepest comes furthest.
      if (ratio > best + this.#tolerance || (ratio > best - this.#tolerance && change >= steepest)) continue;
      best = Math.min(best, ratio);
      steepest = change;
      entering = column;
    }
    return entering;
  }
}
