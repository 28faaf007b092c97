import { type Column, single } from "./column.ts";
import type { Simplex } from "./simplex.ts";

const widthAtFirst = 0.05;
/** Of what a task costs on an instance of its own: prices of nothing must be able to rise. */
const least = 0.1;

/**
 * Keeps the prices of a linear programme near those of the best bound: a task that is lacking may be bought for a little more than its
 * price, and one too many sold for a little less. Few columns are enough then to tell which way prices go, where free ones would swing
 * from one end to the other (stabilised column generation; du Merle, Villeneuve, Desrosiers and Hansen 1999).
 */
export class PriceBox {
  readonly #simplex: Simplex;
  readonly #alone: Float64Array;
  readonly #lacking: readonly Column[];
  #width = widthAtFirst;
  /** Where it was centred last: the bound of those prices. */
  #bound = 0;

  /** `alone`: what a task of each item costs on an instance with no other. */
  constructor(simplex: Simplex, alone: Float64Array) {
    this.#simplex = simplex;
    this.#alone = alone;
    this.#lacking = Array.from(alone, (cost, item) => single(item, cost));
    for (const column of this.#lacking) simplex.add(column);
    this.lift();
  }

  /** Around these prices; wider, where the bound they prove is no better than the last time. */
  centre(prices: Float64Array, bound: number): void {
    if (bound <= this.#bound * (1 + 1e-6)) this.#width *= 2;
    this.#bound = bound;
    for (const [item, price] of prices.entries()) {
      const width = this.#width * Math.max(price, least * (this.#alone[item] as number));
      (this.#lacking[item] as Column).cost = price + width;
      (this.#simplex.slacks[item] as Column).cost = -Math.max(0, price - width);
    }
    this.#simplex.recost();
  }

  /** Prices are free again. */
  lift(): void {
    for (const [item, cost] of this.#alone.entries()) {
      (this.#lacking[item] as Column).cost = 1000 * cost;
      (this.#simplex.slacks[item] as Column).cost = 0;
    }
    this.#simplex.recost();
  }

  /** What the programme would cost at most without buying and selling. */
  cost(): number {
    const own = new Map<Column, number>();
    for (const [item, cost] of this.#alone.entries()) {
      own.set(this.#lacking[item] as Column, cost);
      own.set(this.#simplex.slacks[item] as Column, 0);
    }
    return this.#simplex.basics().reduce((sum, { column, count }) => sum + count * (own.get(column) ?? column.cost), 0);
  }
}
