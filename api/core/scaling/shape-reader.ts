import type { GeneratedShape, HourlyShape, LoadShape, SeriesShape } from "../model/load.ts";
import { offsetsOf } from "../model/time-zone.ts";
import type { Period } from "../model/workload.ts";
import { uniform } from "./uniform.ts";

const secondsPerHour = 3600;
const secondsPerDay = 86_400;
const secondsPerWeek = 604_800;
const hoursPerWeek = 168;
/** 1970 began on a Thursday. */
const mondaySeconds = 3 * secondsPerDay;

interface When {
  readonly period: Period;
  readonly slotSeconds: number;
  readonly seed: number;
}

/** A shape, read in order of time. `value` holds for every slot that starts before `until`; NaN is a gap. */
export interface ShapeReader {
  readonly value: number;
  readonly until: number;
  /** The slot that starts at `t` seconds from the start of the period. */
  read(t: number): void;
}

export function shapeReader(shape: LoadShape, when: When): ShapeReader {
  switch (shape.kind) {
    case "constant":
      return { value: shape.value, until: Number.POSITIVE_INFINITY, read: () => undefined };
    case "hourly":
      return new HourlyReader(shape, when.period);
    case "series":
      return new SeriesReader(shape, when);
    case "generated":
      return new GeneratedReader(shape, when);
  }
}

class HourlyReader implements ShapeReader {
  value = 0;
  until = 0;
  readonly #shape: HourlyShape;
  readonly #startSeconds: number;
  readonly #offsetOf: (epochSeconds: number) => number;
  #pieceStart = 0;
  #pieceEnd = 0;
  #from = 0;
  /** In an hour. */
  #rise = 0;

  constructor(shape: HourlyShape, period: Period) {
    this.#shape = shape;
    this.#startSeconds = period.startSeconds;
    this.#offsetOf = offsetsOf(period.timeZone);
  }

  read(t: number): void {
    if (t >= this.#pieceEnd) this.#nextPiece(t);
    this.value = this.#from + (this.#rise * (t - this.#pieceStart)) / secondsPerHour;
    this.until = this.#rise === 0 ? this.#pieceEnd : t + 1;
  }

  /** From one value's moment to the next one's; where the clock is changed meanwhile, no further than this slot. */
  #nextPiece(t: number): void {
    const { values, interpolation } = this.#shape;
    const linear = interpolation === "linear";
    const at = this.#startSeconds + t;
    const offset = this.#offsetOf(at);
    const local = at + offset + mondaySeconds - (linear ? secondsPerHour / 2 : 0);
    const hour = Math.floor(local / secondsPerHour);
    this.#pieceStart = t - (local - hour * secondsPerHour);
    this.#pieceEnd = this.#pieceStart + secondsPerHour;
    if (this.#offsetOf(this.#startSeconds + this.#pieceEnd - 1) !== offset) this.#pieceEnd = t + 1;
    this.#from = valueAt(values, hour);
    this.#rise = linear ? valueAt(values, hour + 1) - this.#from : 0;
  }
}

function valueAt(values: readonly number[], hour: number): number {
  const at = hour % values.length;
  return values[at < 0 ? at + values.length : at] ?? 0;
}

class SeriesReader implements ShapeReader {
  value = Number.NaN;
  until = 0;
  readonly #values: Float64Array;
  readonly #repeat: number | null;
  readonly #periodSeconds: number;
  readonly #slotSeconds: number;
  /** Of the period's start, from that of the first point. */
  readonly #lag: number;

  constructor(shape: SeriesShape, { period, slotSeconds }: When) {
    this.#values = pointsOf(shape);
    this.#repeat = shape.repeatPoints;
    this.#periodSeconds = shape.periodSeconds;
    this.#slotSeconds = slotSeconds;
    this.#lag = period.startSeconds - shape.startSeconds;
  }

  read(t: number): void {
    const start = this.#lag + t;
    const first = Math.floor(start / this.#periodSeconds);
    const last = Math.ceil((start + this.#slotSeconds) / this.#periodSeconds) - 1;
    if (first === last) {
      this.value = this.#point(first);
      this.until = t + (first + 1) * this.#periodSeconds - start - this.#slotSeconds + 1;
      return;
    }
    let sum = 0;
    let count = 0;
    for (let at = first; at <= last; at++) {
      const point = this.#point(at);
      if (Number.isNaN(point)) continue;
      sum += point;
      count++;
    }
    this.value = sum / count;
    this.until = t + 1;
  }

  #point(position: number): number {
    let at = position;
    if (this.#repeat !== null) {
      at %= this.#repeat;
      if (at < 0) at += this.#repeat;
    }
    return at >= 0 && at < this.#values.length ? (this.#values[at] as number) : Number.NaN;
  }
}

const points = new WeakMap<SeriesShape, Float64Array>();

/** The points as doubles, NaN for gaps. */
function pointsOf(shape: SeriesShape): Float64Array {
  const known = points.get(shape) ?? Float64Array.from(shape.values, (value) => value ?? Number.NaN);
  points.set(shape, known);
  return known;
}

class GeneratedReader implements ShapeReader {
  value = 0;
  until = 0;
  readonly #shape: GeneratedShape;
  readonly #noiseAt: (position: number) => number;
  /** A stream of its own: bursts do not depend on the noise. */
  readonly #burstAt: (position: number) => number;
  readonly #hourly: HourlyReader;

  constructor(shape: GeneratedShape, { period, seed }: When) {
    this.#shape = shape;
    this.#noiseAt = uniform(shape.seed ?? seed);
    this.#burstAt = uniform((shape.seed ?? seed) + 1);
    this.#hourly = new HourlyReader({ kind: "hourly", values: weekOf(shape), interpolation: "linear" }, period);
  }

  read(t: number): void {
    const { noise, bursts } = this.#shape;
    this.#hourly.read(t);
    let { value } = this.#hourly;
    if (noise !== 0) value *= 1 + noise * (2 * this.#noiseAt(Math.floor(t / 60)) - 1);
    if (bursts !== null && bursts.perWeek > 0) {
      const every = secondsPerWeek / bursts.perWeek;
      const number = Math.floor(t / every);
      const start = number * every + this.#burstAt(number) * Math.max(0, every - bursts.seconds);
      if (t >= start && t < start + bursts.seconds) value *= bursts.factor;
    }
    this.value = Math.max(0, value);
    this.until = t + 1;
  }
}

function weekOf({ base, peak, peakHour, weekendFactor }: GeneratedShape): number[] {
  return Array.from({ length: hoursPerWeek }, (_, at) => {
    const day = (1 + Math.cos((2 * Math.PI * ((at % 24) + 0.5 - peakHour)) / 24)) / 2;
    return base + (peak - base) * day * (at >= 5 * 24 ? weekendFactor : 1);
  });
}
