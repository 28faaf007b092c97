import type { Instance } from "./instance.ts";
import { Random } from "./random.ts";

/** For so many moves at least an item does not come back to where it was taken from. */
const forbiddenFor = 8;
const hair = 1e-12;
/** To look at so many moves takes as long as a node. */
const movesForOne = 1.5;
/** Nodes that a move takes besides. */
const overhead = 8;

interface Move {
  readonly item: number;
  readonly from: number;
  readonly to: number;
  /** The item that comes back for it; -1: none. */
  readonly back: number;
}

/**
 * Tasks on given instances by moving and exchanging them until no instance is too full: of all moves from one that is, the best is made,
 * though it be a bad one; what stays too full weighs more and more.
 */
export class Swaps {
  /** Of each instance. */
  readonly contents: Float64Array[];
  nodes = 0;
  readonly #instance: Instance;
  readonly #hosts: readonly number[];
  /** Items × dimensions, in parts of all the room there is. */
  readonly #parts: Float64Array;
  /** Instances × dimensions: by how much they are too full; below 0 there is room. */
  readonly #over: Float64Array;
  readonly #weights: Float64Array;
  /** Instances × items: the move from which on the item may come back. */
  readonly #allowedFrom: Float64Array;
  readonly #random: Random;

  constructor(instance: Instance, hosts: readonly number[], seed: number) {
    this.#random = new Random(seed);
    const { items, dimensions, amounts, capacity } = instance;
    this.#instance = instance;
    this.#hosts = hosts;
    this.contents = hosts.map(() => new Float64Array(items));
    const rooms = Array.from({ length: dimensions }, (_, row) =>
      hosts.reduce((sum, host) => sum + (capacity[host * dimensions + row] as number), 0),
    );
    const part = (amount: number, row: number) => amount / Math.max(1, rooms[row] as number);
    this.#parts = amounts.map((amount, at) => part(amount, at % dimensions));
    this.#over = Float64Array.from(
      hosts.flatMap((host) => rooms.map((_, row) => -part(capacity[host * dimensions + row] as number, row))),
    );
    this.#weights = new Float64Array(this.#over.length).fill(1);
    this.#allowedFrom = new Float64Array(hosts.length * items);
  }

  /** Whether all tasks are on, and no instance is too full. */
  run(nodesMax: number): boolean {
    if (!this.#start()) return false;
    for (let at = 1; this.nodes < nodesMax; at++) {
      const from = this.#tooFull();
      if (from < 0) return true;
      this.#make(this.#best(from, at), at);
    }
    return this.#tooFull() < 0;
  }

  /** Tasks on the instances, the largest first, each where it is least too much. False: it may go on none. */
  #start(): boolean {
    const { items, dimensions, counts } = this.#instance;
    const sizes = Float64Array.from({ length: items }, (_, item) =>
      this.#parts.subarray(item * dimensions, (item + 1) * dimensions).reduce((sum, part) => sum + part, 0),
    );
    const order = Array.from(sizes, (_, item) => item);
    for (const item of order.sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b)) {
      for (let left = counts[item] as number; left > 0; left--) {
        let best = -1;
        let least = Number.POSITIVE_INFINITY;
        for (let place = 0; place < this.#hosts.length; place++) {
          const change = this.#takes(place, item) ? this.#change(place, item, -1) : Number.POSITIVE_INFINITY;
          if (change >= least) continue;
          least = change;
          best = place;
        }
        if (best < 0) return false;
        this.#put(best, item, 1);
      }
    }
    return true;
  }

  /** As many of the item may be on the instance, other tasks left aside. */
  #takes(place: number, item: number): boolean {
    const most = this.#instance.most[(this.#hosts[place] as number) * this.#instance.items + item] as number;
    return (this.contents[place]?.[item] as number) < most;
  }

  #put(place: number, item: number, count: number): void {
    const { dimensions } = this.#instance;
    const content = this.contents[place] as Float64Array;
    content[item] = (content[item] as number) + count;
    for (let row = 0, at = place * dimensions; row < dimensions; row++, at++)
      this.#over[at] = (this.#over[at] as number) + count * (this.#parts[item * dimensions + row] as number);
  }

  /** One of the instances that are too full, drawn; -1: none is. */
  #tooFull(): number {
    const { dimensions } = this.#instance;
    const isOver = (place: number) =>
      this.#over.subarray(place * dimensions, (place + 1) * dimensions).some((over) => over > hair);
    const found = Array.from(this.#hosts, (_, place) => place).filter(isOver);
    return found.length === 0 ? -1 : (found[this.#random.below(found.length)] as number);
  }

  /** By how much more the instance is too full with the item more and another less (-1: none). */
  #change(place: number, more: number, less: number): number {
    const { dimensions } = this.#instance;
    let change = 0;
    for (let row = 0, at = place * dimensions; row < dimensions; row++, at++) {
      const before = this.#over[at] as number;
      let after = before;
      if (more >= 0) after += this.#parts[more * dimensions + row] as number;
      if (less >= 0) after -= this.#parts[less * dimensions + row] as number;
      change += (this.#weights[at] as number) * ((after > hair ? after : 0) - (before > hair ? before : 0));
    }
    return change;
  }

  #best(from: number, now: number): Move | null {
    let least = Number.POSITIVE_INFINITY;
    let best: Move | null = null;
    this.nodes += overhead;
    const present = this.contents.map((content) => [...content.keys()].filter((item) => (content[item] as number) > 0));
    const mayCome = (place: number, item: number) =>
      this.#takes(place, item) && (this.#allowedFrom[place * this.#instance.items + item] as number) <= now;
    for (const item of present[from] as number[]) {
      for (let to = 0; to < this.#hosts.length; to++) {
        if (to === from || !mayCome(to, item)) continue;
        const inReturn = (present[to] as number[]).filter((back) => back !== item && mayCome(from, back));
        for (const back of [-1, ...inReturn]) {
          this.nodes += 1 / movesForOne;
          const change = this.#change(to, item, back) + this.#change(from, back, item);
          if (change >= least) continue;
          least = change;
          best = { item, from, to, back };
        }
      }
    }
    if (least >= -hair) this.#weigh();
    return best;
  }

  /** No move makes it better. */
  #weigh(): void {
    for (const [at, over] of this.#over.entries())
      if (over > hair) this.#weights[at] = (this.#weights[at] as number) * 1.05 + 0.02;
  }

  #make(move: Move | null, now: number): void {
    if (move === null) return;
    const { item, from, to, back } = move;
    this.#shift(item, { from, to }, now);
    if (back >= 0) this.#shift(back, { from: to, to: from }, now);
  }

  #shift(item: number, { from, to }: { readonly from: number; readonly to: number }, now: number): void {
    this.#put(from, item, -1);
    this.#put(to, item, 1);
    this.#allowedFrom[from * this.#instance.items + item] = now + forbiddenFor + this.#random.below(forbiddenFor);
  }
}
