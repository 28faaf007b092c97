/** What is to happen when, taken out in order of time; at the same second, as it was put in. */
export class Schedule<T> {
  readonly #heap: { readonly seconds: number; readonly order: number; readonly what: T }[] = [];
  #order = 0;

  /** Second of the next; Infinity: there is none. */
  get next(): number {
    return this.#heap[0]?.seconds ?? Number.POSITIVE_INFINITY;
  }

  put(seconds: number, what: T): void {
    const heap = this.#heap;
    const entry = { seconds, order: this.#order++, what };
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as (typeof heap)[number];
      if (!isBefore(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  /** The next, if it is due by `t`. */
  take(t: number): T | null {
    const heap = this.#heap;
    const [first] = heap;
    if (first === undefined || first.seconds > t) return null;
    const last = heap.pop() as (typeof heap)[number];
    if (heap.length > 0) this.#sink(last);
    return first.what;
  }

  #sink(entry: { readonly seconds: number; readonly order: number; readonly what: T }): void {
    const heap = this.#heap;
    let at = 0;
    while (true) {
      let below = 2 * at + 1;
      const right = heap[below + 1];
      if (right !== undefined && isBefore(right, heap[below] ?? right)) below++;
      const child = heap[below];
      if (child === undefined || !isBefore(child, entry)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = entry;
  }
}

function isBefore(
  a: { readonly seconds: number; readonly order: number },
  b: { readonly seconds: number; readonly order: number },
): boolean {
  return a.seconds < b.seconds || (a.seconds === b.seconds && a.order < b.order);
}
