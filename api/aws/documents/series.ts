import { isBlank, isObject, isPlainName, kindOf } from "../../core/model/field.ts";
import type { Refuse } from "./fields.ts";
import { readTimestamp } from "./timestamp.ts";

/** Points of a time series, in the order of its time; a place without a point is a gap. */
export interface Series {
  readonly startSeconds: number;
  readonly periodSeconds: number;
  readonly values: readonly (number | null)[];
}

/** Which of several series, and which statistic of several. */
export interface SeriesChoice {
  readonly id: string | null;
  readonly statistic: string | null;
  /** Null: the commonest distance of two points. */
  readonly periodSeconds: number | null;
}

/** Twice a year of minutes. */
const pointsMax = 1_100_000;
const periodMin = 20;
const periodMax = 86_400;

type Point = readonly [seconds: number, value: number];

/**
 * Output of `aws cloudwatch get-metric-data` or `get-metric-statistics`, CSV text whose first two columns are timestamp and value, or a list
 * of objects with timestamp and value. Timestamps may be in any order; points of one period are averaged. Source: botocore cloudwatch
 * 2010-08-01, GetMetricDataOutput and GetMetricStatisticsOutput.
 */
export function readSeries(value: unknown, choice: SeriesChoice, refuse: Refuse): Series {
  try {
    return seriesOf(value, choice, (code, message) => {
      throw new Refusal(code, message);
    });
  } catch (refusal) {
    if (refusal instanceof Refusal) return refuse(refusal.code, refusal.message);
    throw refusal;
  }
}

/** The first point that is wrong ends the reading of them all. */
class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function seriesOf(value: unknown, choice: SeriesChoice, refuse: Refuse): Series {
  const points = pointsOf(value, choice, refuse);
  if (points.length === 0) return refuse("no_points", "holds no points");
  if (points.length > pointsMax) return refuse("too_many", "holds more points than two years of minutes have");
  points.sort(([a], [b]) => a - b);
  const periodSeconds = choice.periodSeconds ?? commonestDistance(points);
  if (periodSeconds < periodMin || periodSeconds > periodMax) {
    return refuse("out_of_range", "must have a point every 20 seconds to every day; say periodSeconds if it has");
  }
  return placed(points, periodSeconds, refuse);
}

function placed(points: readonly Point[], periodSeconds: number, refuse: Refuse): Series {
  const startSeconds = points[0]?.[0] ?? 0;
  const length = Math.floor(((points.at(-1)?.[0] ?? 0) - startSeconds) / periodSeconds) + 1;
  if (length > pointsMax)
    return refuse("too_long", "is longer than two years of minutes: leave the far-off points out");
  const sums = new Float64Array(length);
  const counts = new Uint32Array(length);
  for (const [seconds, value] of points) {
    const at = Math.floor((seconds - startSeconds) / periodSeconds);
    sums[at] = (sums[at] ?? 0) + value;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const values = Array.from(sums, (sum, at) => (counts[at] === 0 ? null : sum / (counts[at] ?? 1)));
  return { startSeconds, periodSeconds, values };
}

function commonestDistance(points: readonly Point[]): number {
  const counts = new Map<number, number>();
  for (let at = 1; at < points.length; at++) {
    const distance = (points[at]?.[0] ?? 0) - (points[at - 1]?.[0] ?? 0);
    if (distance > 0) counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  const commonest = [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0];
  return commonest?.[0] ?? 60;
}

function pointsOf(value: unknown, choice: SeriesChoice, refuse: Refuse): Point[] {
  if (typeof value === "string") return csvPoints(value, refuse);
  if (Array.isArray(value)) return value.map((item) => pointOf(item, refuse));
  if (!isObject(value)) return refuse("wrong_type", `must be CloudWatch's output, or CSV text, not ${kindOf(value)}`);
  if (Array.isArray(value.MetricDataResults)) return metricData(value.MetricDataResults, choice, refuse);
  if (Array.isArray(value.Datapoints)) return statistics(value.Datapoints, choice, refuse);
  return refuse("not_a_series", "holds neither MetricDataResults nor Datapoints");
}

function metricData(results: readonly unknown[], { id }: SeriesChoice, refuse: Refuse): Point[] {
  const named = results.filter(isObject).filter((result) => id === null || result.Id === id);
  const [result, other] = named;
  if (result === undefined) return refuse("no_points", "holds no result that is meant");
  if (other !== undefined) return refuse("ambiguous_series", "holds several results: say seriesId, the Id of one");
  const { Timestamps: times, Values: values } = result;
  if (!Array.isArray(times) || !Array.isArray(values) || times.length !== values.length) {
    return refuse("not_a_series", "must have as many Timestamps as Values");
  }
  return times.map((time, at) => checked(readTimestamp(time), values[at], refuse));
}

const statisticNames = ["Average", "Sum", "Maximum", "Minimum", "SampleCount"];

function statistics(datapoints: readonly unknown[], choice: SeriesChoice, refuse: Refuse): Point[] {
  const points = datapoints.filter(isObject);
  const present = statisticNames.filter((name) => points.some((point) => typeof point[name] === "number"));
  const name = choice.statistic ?? present[0];
  if (name === undefined) return refuse("no_points", "holds no Average, Sum, Maximum, Minimum or SampleCount");
  if (choice.statistic === null && present.length > 1) {
    return refuse("ambiguous_series", `holds ${present.join(" and ")}: say which statistic`);
  }
  return points.map((point) => checked(readTimestamp(point.Timestamp), point[name], refuse));
}

function csvPoints(text: string, refuse: Refuse): Point[] {
  const points: Point[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [time = "", value = ""] = line.split(cellEnd, 2).map(unquoted);
    const seconds = readTimestamp(time);
    // A header, wherever it stands first.
    if (points.length === 0 && seconds === null && isPlainName(time.replace(/\W+/g, "_"))) continue;
    if (value === "" && seconds !== null) continue;
    const number = value.trim() === "" ? Number.NaN : Number(value);
    if (seconds === null || !Number.isFinite(number)) {
      return refuse("not_a_series", `has a line that is no timestamp and number, line ${at + 1}`);
    }
    points.push(checked(seconds, number, refuse));
  }
  return points;
}

/** The series as it is kept: of CSV the two columns that are read. */
export function keptSeries(value: unknown, seen: () => unknown): unknown {
  if (typeof value !== "string") return seen();
  const lines = value.split(/\r?\n/).map((line) => {
    const cells = line.split(cellEnd, 2);
    return readTimestamp(unquoted(cells[0])) === null && line.trim() !== "" ? "timestamp,value" : cells.join(",");
  });
  return lines.join("\n");
}

const cellEnd = /[,;\t]/;

function unquoted(cell = ""): string {
  return cell.trim().replace(/^"(.*)"$/, "$1");
}

function pointOf(item: unknown, refuse: Refuse): Point {
  if (!isObject(item)) return refuse("wrong_type", "must hold objects with timestamp and value");
  return checked(readTimestamp(item.timestamp), isBlank(item.value) ? null : item.value, refuse);
}

function checked(seconds: number | null, value: unknown, refuse: Refuse): Point {
  if (seconds === null) return refuse("not_an_instant", "has a point whose timestamp is no instant");
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
    return refuse("not_a_number", "has a point whose value is no number of at least 0");
  }
  return [seconds, value];
}
