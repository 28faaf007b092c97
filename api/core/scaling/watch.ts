import type { Alarm, ScalingMetric } from "../model/scaling.ts";

/** An alarm over the datapoints it is fed, in order. */
export class AlarmState {
  readonly #alarm: Alarm;
  readonly #breaching: Uint8Array;
  #at = 0;
  #breaches = 0;

  constructor(alarm: Alarm) {
    this.#alarm = alarm;
    this.#breaching = new Uint8Array(alarm.datapoints);
  }

  get inAlarm(): boolean {
    return this.#breaches >= this.#alarm.datapointsToAlarm;
  }

  feed(value: number): void {
    const breaching = this.#isBreach(value) ? 1 : 0;
    this.#breaches += breaching - (this.#breaching[this.#at] as number);
    this.#breaching[this.#at] = breaching;
    this.#at = this.#at + 1 === this.#breaching.length ? 0 : this.#at + 1;
  }

  #isBreach(value: number): boolean {
    const { threshold, comparison } = this.#alarm;
    if (comparison === ">") return value > threshold;
    if (comparison === "<") return value < threshold;
    return comparison === ">=" ? value >= threshold : value <= threshold;
  }
}

/**
 * A metric's datapoints from slots to alarms. A datapoint covers [k × period, (k + 1) × period) and combines the slots in it that have a
 * value (none: it is missing); alarms see it from its end plus the publication delay on.
 */
export class Watch {
  /** The newest datapoint that can be seen, NaN if missing, and the mean number of running tasks it was measured over. */
  latest = Number.NaN;
  latestRunning = 0;
  readonly metric: ScalingMetric;
  readonly #alarms: readonly AlarmState[];
  readonly #values: Float64Array;
  readonly #running: Float64Array;
  readonly #slotsPerDatapoint: number;
  #done = 0;
  #seen = 0;
  #slots = 0;
  #withValue = 0;
  #value = 0;
  #tasks = 0;

  constructor(metric: ScalingMetric, alarms: readonly AlarmState[], slotSeconds: number) {
    this.metric = metric;
    this.#alarms = alarms;
    this.#slotsPerDatapoint = metric.periodSeconds / slotSeconds;
    const waiting = Math.ceil(metric.publicationDelaySeconds / metric.periodSeconds) + 2;
    this.#values = new Float64Array(waiting);
    this.#running = new Float64Array(waiting);
  }

  /** How long the past can matter: after so many alike seconds every datapoint that can be seen or remembered is alike. */
  memorySeconds(datapoints: number): number {
    return this.metric.publicationDelaySeconds + (datapoints + 2) * this.metric.periodSeconds;
  }

  /** What the slot showed, NaN for nothing, and the tasks it ran on. */
  add(value: number, running: number): void {
    if (!Number.isNaN(value)) {
      this.#value = this.#withValue === 0 ? value : this.#combined(value);
      this.#withValue++;
    }
    this.#tasks += running;
    if (++this.#slots < this.#slotsPerDatapoint) return;
    const at = this.#done % this.#values.length;
    const { statistic } = this.metric;
    const whole = statistic === "average" ? this.#value / this.#withValue : this.#value;
    this.#values[at] = this.#withValue === 0 ? Number.NaN : whole;
    this.#running[at] = this.#tasks / this.#slots;
    this.#done++;
    this.#slots = 0;
    this.#withValue = 0;
    this.#tasks = 0;
  }

  #combined(value: number): number {
    const { statistic } = this.metric;
    if (statistic === "minimum") return Math.min(this.#value, value);
    if (statistic === "maximum") return Math.max(this.#value, value);
    return this.#value + value;
  }

  /** Lets the alarms see what is published by `t`. */
  publish(t: number): void {
    const { publicationDelaySeconds, periodSeconds } = this.metric;
    while (this.#seen < this.#done && (this.#seen + 1) * periodSeconds + publicationDelaySeconds <= t) {
      const at = this.#seen % this.#values.length;
      this.latest = this.#values[at] as number;
      this.latestRunning = this.#running[at] as number;
      for (const alarm of this.#alarms) alarm.feed(this.latest);
      this.#seen++;
    }
  }

  /** Goes on `seconds` (whole datapoints, between datapoints) later as if all meanwhile had been as it was. */
  skip(seconds: number): void {
    const datapoints = seconds / this.metric.periodSeconds;
    this.#done += datapoints;
    this.#seen += datapoints;
    // Every entry is alike, so that it does not matter which place is which.
  }
}
