/**
 * What a service is asked to do over time. Several loads add up; where one has a gap, so has the sum. Times are seconds from the start of
 * the period, `t`; a slot is [t, t + slot), slot being 20 or 60. A load's value in a slot is its shape's there times
 * (1 + growthPerMonth) ^ (floor(t / 3600) / 730).
 */
export interface Load {
  readonly shape: LoadShape;
  /** What one unit of the shape's value is: requests per second, CPU units and MiB that are wanted. */
  readonly requestsPerSecond: number;
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  /** 0.05: five percent more after 730 hours, compounded. */
  readonly growthPerMonth: number;
}

export type LoadShape = ConstantShape | HourlyShape | SeriesShape | GeneratedShape;

interface ConstantShape {
  readonly kind: "constant";
  readonly value: number;
}

/** By the local clock at the slot's start: 24 hourly values from midnight, or 168 from Monday's midnight. */
export interface HourlyShape {
  readonly kind: "hourly";
  readonly values: readonly number[];
  /** Step: the hour's own value. Linear: each value holds at the middle of its hour, with straight lines between. */
  readonly interpolation: "step" | "linear";
}

/**
 * Point i covers [startSeconds + i × periodSeconds, + periodSeconds), null is a gap. A slot has the mean of the points it overlaps that are
 * there; none there: a gap.
 */
export interface SeriesShape {
  readonly kind: "series";
  /** Of the first point, in seconds since 1970 UTC. */
  readonly startSeconds: number;
  readonly periodSeconds: number;
  readonly values: readonly (number | null)[];
  /** So many of its points, from the first, over and over, before and after too; null: once, all else is a gap. */
  readonly repeatPoints: number | null;
}

/**
 * base + (peak − base) × day × week, where day is (1 + cos(2π (hour + 0.5 − peakHour) / 24)) / 2 and week is 1 from Monday to Friday and
 * weekendFactor else, as 168 hourly values joined linearly; times 1 + noise × u, u uniform in [−1, 1) for each minute of the period;
 * times the burst's factor while there is one. Never below 0. The random stream of the seed has the noise by the minute's number, that of
 * seed + 1 the bursts' places by theirs.
 */
export interface GeneratedShape {
  readonly kind: "generated";
  readonly base: number;
  readonly peak: number;
  readonly peakHour: number;
  readonly weekendFactor: number;
  readonly noise: number;
  readonly bursts: Bursts | null;
  /** Null: the workload's. */
  readonly seed: number | null;
}

/** One in each 604,800 / perWeek seconds of the period, somewhere in them, whole where there is room, for so many seconds. */
export interface Bursts {
  readonly perWeek: number;
  readonly factor: number;
  readonly seconds: number;
}
