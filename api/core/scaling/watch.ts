import type { Alarm, ScalingMetric } from "../model/scaling.ts";

/** An alarm over the datapoints it is fed, in order. */
export class AlarmState {
  on = false;
  readonly #threshold: number;
  readonly #above: boolean;
  readonly #inclusive: boolean;
  readonly #needed: number;
  /** Which of the last datapoints breached; null where all of them must, so that their unbroken number says enough. */
  readonly #breaching: Uint8Array | null;
  #at = 0;
  #breaches = 0;

  constructor({ comparison, threshold, datapoints, datapointsToAlarm }: Alarm) {
    this.#threshold = threshold;
    this.#above = comparison === ">" || comparison === ">=";
    this.#inclusive = comparison === ">=" || comparison === "<=";
    this.#needed = datapointsToAlarm;
    this.#breaching = datapoints === datapointsToAlarm ? null : new Uint8Array(datapoints);
  }

  feed(value: number): void {
    const beyond = this.#above ? value > this.#threshold : value < this.#threshold;
    const breaches = beyond || (this.#inclusive && value === this.#threshold);
    if (this.#breaching === null) this.#breaches = breaches ? this.#breaches + 1 : 0;
    else this.#remember(this.#breaching, breaches ? 1 : 0);
    this.on = this.#breaches >= this.#needed;
  }

  #remember(breaching: Uint8Array, breach: 0 | 1): void {
    const at = this.#at;
    this.#breaches += breach - (breaching[at] as number);
    breaching[at] = breach;
    this.#at = at + 1 === breaching.length ? 0 : at + 1;
  }
}

/**
 * A metric's datapoints from slots to alarms. A datapoint covers [k × period, (k + 1) × period) and combines the slots in it that have a
 * value (none: it is missing); alarms see it from its end plus the publication delay on.
 */
export class Watch {
  /** The newest datapoint that can be seen, NaN if missing, and the mean number of tasks that ran in the slots it combines. */
  latest = Number.NaN;
  latestRunning = 0;
  /** What the slot being played shows, NaN for nothing. */
  value = Number.NaN;
  readonly metric: ScalingMetric;
  readonly #first: AlarmState;
  readonly #second: AlarmState | null;
  readonly #values: Float64Array;
  readonly #running: Float64Array;
  readonly #slotsPerDatapoint: number;
  /** When the next datapoint is to be seen. */
  #visibleAt: number;
  #written = 0;
  #read = 0;
  #slots = 0;
  #withValue = 0;
  #sum = 0;
  #tasks = 0;

  constructor(metric: ScalingMetric, alarms: readonly [AlarmState, AlarmState?], slotSeconds: number) {
    this.metric = metric;
    [this.#first] = alarms;
    this.#second = alarms[1] ?? null;
    this.#slotsPerDatapoint = metric.periodSeconds / slotSeconds;
    this.#visibleAt = metric.periodSeconds + metric.publicationDelaySeconds;
    const waiting = Math.ceil(metric.publicationDelaySeconds / metric.periodSeconds) + 2;
    this.#values = new Float64Array(waiting);
    this.#running = new Float64Array(waiting);
  }

  /** How long the past can matter: after so many alike seconds every datapoint that can be seen or is remembered is alike. */
  memorySeconds(datapoints: number): number {
    return this.metric.publicationDelaySeconds + (datapoints + 2) * this.metric.periodSeconds;
  }

  /** What a datapoint shows whose slots are all like the one being played. */
  get asDatapoint(): number {
    return this.metric.statistic === "sum" ? this.value * this.#slotsPerDatapoint : this.value;
  }

  /** Takes the slot's value, shown by so many running tasks. */
  add(running: number): void {
    const { value } = this;
    if (this.#slotsPerDatapoint === 1) {
      this.#write(value, running);
      return;
    }
    if (!Number.isNaN(value)) {
      this.#sum = this.#withValue === 0 ? value : this.#combined(value);
      this.#withValue++;
      this.#tasks += running;
    }
    if (++this.#slots === this.#slotsPerDatapoint) this.#finish();
  }

  #finish(): void {
    const whole = this.metric.statistic === "average" ? this.#sum / this.#withValue : this.#sum;
    const missing = this.#withValue === 0;
    this.#write(missing ? Number.NaN : whole, missing ? 0 : this.#tasks / this.#withValue);
    this.#slots = 0;
    this.#withValue = 0;
    this.#tasks = 0;
  }

  #write(value: number, running: number): void {
    const at = this.#written;
    this.#values[at] = value;
    this.#running[at] = running;
    this.#written = at + 1 === this.#values.length ? 0 : at + 1;
  }

  #combined(value: number): number {
    const { statistic } = this.metric;
    if (statistic === "minimum") return Math.min(this.#sum, value);
    if (statistic === "maximum") return Math.max(this.#sum, value);
    return this.#sum + value;
  }

  /** Lets the alarms see what is published by `t`; says whether one is on. */
  publish(t: number): boolean {
    while (this.#visibleAt <= t) {
      const at = this.#read;
      this.latest = this.#values[at] as number;
      this.latestRunning = this.#running[at] as number;
      this.#first.feed(this.latest);
      this.#second?.feed(this.latest);
      this.#read = at + 1 === this.#values.length ? 0 : at + 1;
      this.#visibleAt += this.metric.periodSeconds;
    }
    return this.#first.on || (this.#second?.on ?? false);
  }

  /** Goes on `seconds` (whole datapoints, between datapoints) later as if all meanwhile had been as it was: every entry is alike. */
  skip(seconds: number): void {
    this.#visibleAt += seconds;
  }
}
