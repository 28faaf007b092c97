/**
 * The cheapest set of instances that holds a number of tasks: variable-size, variable-cost vector bin packing. Everything is a whole
 * number below 2^53, so that a bound can be checked without a rounding error. Dimensions are in one order throughout: amounts first
 * (CPU units, MiB, network interfaces …), then things of which an instance has one only (a contested host port), as capacities of 1.
 */
export interface PackingProblem {
  readonly items: readonly PackingItem[];
  readonly hosts: readonly PackingHost[];
  readonly effort: Effort;
}

/** How much work may go into a better fleet and a better bound: counted in pivots, nodes and iterations, never in seconds. */
export const efforts = ["standard", "prove"] as const;
export type Effort = (typeof efforts)[number];

/** Tasks that are alike. */
export interface PackingItem {
  readonly amounts: readonly number[];
  readonly count: number;
  /** Most of them on one instance (1: each on an instance of its own); null: as many as fit. */
  readonly perHostMax: number | null;
  /** Places in `hosts` that it may go on; null: all. */
  readonly hosts: readonly number[] | null;
}

export interface PackingHost {
  /** What one instance has for these tasks, daemons and reserves taken off. */
  readonly capacity: readonly number[];
  /** Of one instance for an hour, in billionths of the currency, rounded down. 0: paid for already. */
  readonly cost: number;
  /** Instances there are; null: as many as wanted. */
  readonly countMax: number | null;
}

/**
 * Null: some item fits on none of its hosts, or, where hosts have a `countMax`, no fleet was found: mostly there is none, but where they
 * suffice by a hair it may have been missed.
 */
export interface Packing {
  readonly instances: readonly PackedInstances[];
  /** What the instances cost for an hour, in billionths, at the hosts' rounded costs. */
  readonly cost: number;
  /** No set of instances that holds the items costs less for an hour, in billionths. */
  readonly lowerBound: number;
  /** The fleet is the cheapest there is: `cost` = `lowerBound`. */
  readonly proven: boolean;
  readonly certificate: Certificate;
  readonly work: PackingWork;
}

export interface PackedInstances {
  /** Place in `hosts`. */
  readonly host: number;
  readonly count: number;
  /** Tasks of each item on each of these instances, in the order of `items`. */
  readonly contents: readonly number[];
}

/**
 * What anyone can check the bound by (Farley 1990; weak duality): with a price for a task of each item, let z be the dearest content that
 * fits on a host. Where z ≤ cost for every host without a `countMax`, no fleet costs less than Σ count × price − Σ countMax × max(0, z −
 * cost) over the others.
 */
export interface Certificate {
  /** Of each item, in billionths, at least 0: whole multiples of 2^-10, so that sums and products of them stay exact. */
  readonly prices: readonly number[];
  /** The bound that these prices prove, in billionths, rounded up to a whole number since every cost is one; at most `lowerBound`. */
  readonly lowerBound: number;
}

export interface PackingWork {
  readonly pivots: number;
  readonly nodes: number;
  readonly iterations: number;
}
