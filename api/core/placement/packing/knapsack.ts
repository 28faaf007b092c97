/** A knapsack of several dimensions: what one instance of a host may hold. */
export interface Knapsack {
  readonly items: number;
  readonly dimensions: number;
  /** Items × dimensions. */
  readonly amounts: Float64Array;
  readonly capacity: Float64Array;
  /** The most of each item. */
  readonly most: Float64Array;
}
