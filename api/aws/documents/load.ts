import type { z } from "zod";
import { isBlank, isEmpty, isObject, kindOf, pathBelow, unknownFields } from "../../core/model/field.ts";
import type { GeneratedShape, Load, LoadShape } from "../../core/model/load.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import { amount } from "./amount.ts";
import { choice, field, fieldsOf, flag, keptAs, objectOf, problemsOf, text, whole } from "./fields.ts";
import { keptSeries, readSeries, type Series } from "./series.ts";

/** What `services[].load` says. */
export interface LoadReading {
  readonly loads: readonly Load[];
  readonly idle: { readonly cpuUnits: number; readonly memoryMiB: number };
  readonly notes: readonly { readonly code: string; readonly text: string }[];
  readonly problems: readonly Problem[];
}

const cpuUnitsPerVcpu = 1024;
const mibPerGib = 1024;
const secondsPerWeek = 604_800;
const secondsPerDay = 86_400;
const valueMax = 1e12;

const value = amount({ min: 0, max: valueMax, what: "a number" });

function hours(count: number) {
  return field((list, refuse): readonly number[] | null => {
    if (isBlank(list)) return null;
    const isNumber = (one: unknown): one is number => typeof one === "number" && one >= 0 && one <= valueMax;
    if (!Array.isArray(list)) return refuse("wrong_type", `must be a list of ${count} numbers, not ${kindOf(list)}`);
    if (list.length !== count || !list.every(isNumber)) {
      return refuse("wrong_length", `must hold ${count} hourly values, numbers of at least 0`);
    }
    return list;
  });
}

const loadShape = {
  constant: value,
  daily: hours(24),
  weekly: hours(168),
  generate: objectOf({
    base: value,
    peak: value,
    peakHour: amount({ min: 0, max: 24, what: "an hour of the day" }),
    weekendFactor: amount({ min: 0, max: 1000, what: "a factor" }),
    noise: amount({ min: 0, max: 1, what: "a share" }),
    bursts: objectOf({
      perWeek: amount({ min: 0, max: 10_000, what: "a number" }),
      factor: amount({ min: 0, max: 1000, what: "a factor" }),
      minutes: amount({ min: 1, max: 10_080, what: "a number of minutes" }),
    }),
    seed: whole({ min: 0, max: Number.MAX_SAFE_INTEGER, unit: null }),
  }),
  series: keptAs(
    field((series) => (isEmpty(series) ? null : series)),
    keptSeries,
  ),
  seriesId: text(255),
  statistic: choice(["Average", "Sum", "Maximum", "Minimum", "SampleCount"]),
  periodSeconds: whole({ min: 20, max: 86_400, unit: "seconds" }),
  repeat: flag(),
  interpolation: choice(["linear", "step"]),
  unit: choice(["requests-per-second", "requests", "vCPU", "GiB"]),
  scale: amount({ min: 0, max: valueMax, what: "a factor" }),
  growthPerMonth: amount({ min: -99, max: 1000, what: "a percentage" }),
  perRequest: objectOf({
    cpuMilliseconds: amount({ min: 0, max: 1e9, what: "a number of milliseconds" }),
    memoryMiB: amount({ min: 0, max: 1e9, what: "a number of MiB" }),
  }),
  perTask: objectOf({
    cpu: amount({ min: 0, max: 1e6, what: "a number of CPU units" }),
    memory: amount({ min: 0, max: 1e8, what: "a number of MiB" }),
  }),
};

const load = fieldsOf(loadShape);
type Fields = z.output<typeof load>;

/** `services[].load`, ours: one load, or a list of loads that add up. */
export function readLoad(given: unknown, path: string): LoadReading {
  const items = Array.isArray(given) ? given : [given];
  const readings = items.flatMap((item, at) => {
    if (isEmpty(item)) return [];
    return [readOne(item, Array.isArray(given) ? pathBelow(path, [at]) : path)];
  });
  return {
    loads: readings.flatMap(({ loads }) => loads),
    idle: {
      cpuUnits: readings.reduce((sum, { idle }) => sum + idle.cpuUnits, 0),
      memoryMiB: readings.reduce((sum, { idle }) => sum + idle.memoryMiB, 0),
    },
    notes: readings.flatMap(({ notes }) => notes),
    problems: readings.flatMap(({ problems }) => problems),
  };
}

function readOne(given: unknown, path: string): LoadReading {
  const nothing = { loads: [], idle: { cpuUnits: 0, memoryMiB: 0 }, notes: [] };
  if (!isObject(given)) {
    const message = `load must be an object, or a list of them, not ${kindOf(given)}.`;
    return { ...nothing, problems: [{ code: "wrong_type", path, message }] };
  }
  const unknown = unknownFields(given, path, Object.keys(loadShape));
  const parsed = load.safeParse(given);
  if (!parsed.success) return { ...nothing, problems: [...unknown, ...problemsOf(parsed.error, path)] };
  const fields = parsed.data;
  const series = seriesOf(fields);
  if (series !== null && !series.success) {
    return { ...nothing, problems: [...unknown, ...problemsOf(series.error, path)] };
  }
  const shapes = shapesOf(fields, series?.data.series ?? null);
  const problems = [...unknown, ...fieldProblems(fields, shapes, path)];
  const [shape] = shapes;
  if (problems.length > 0 || shape === undefined) return { ...nothing, problems };
  return {
    loads: [loadOf(fields, shape)],
    idle: { cpuUnits: fields.perTask?.cpu ?? 0, memoryMiB: fields.perTask?.memory ?? 0 },
    notes: notesOf(fields, shape),
    problems: [],
  };
}

/** The series needs other fields to be read, which is why it is read after them. */
function seriesOf(fields: Fields) {
  if (fields.series === null) return null;
  const { seriesId: id, statistic, periodSeconds } = fields;
  const schema = fieldsOf({
    series: field((value, refuse): Series => readSeries(value, { id, statistic, periodSeconds }, refuse)),
  });
  return schema.safeParse({ series: fields.series });
}

function shapesOf(fields: Fields, series: Series | null): LoadShape[] {
  const shapes: LoadShape[] = [];
  const interpolation = fields.interpolation ?? "linear";
  if (fields.constant !== null) shapes.push({ kind: "constant", value: fields.constant });
  for (const values of [fields.daily, fields.weekly]) {
    if (values !== null) shapes.push({ kind: "hourly", values, interpolation });
  }
  if (series !== null) {
    shapes.push({ kind: "series", ...series, repeatPoints: fields.repeat === false ? null : repeatOf(series) });
  }
  if (fields.generate !== null) shapes.push(generatedOf(fields.generate));
  return shapes;
}

/** Whole weeks of it, so that days of the week stay theirs; less than that, whole days; less than that, all of it. */
function repeatOf({ values, periodSeconds }: Series): number {
  const seconds = values.length * periodSeconds;
  for (const unit of [secondsPerWeek, secondsPerDay]) {
    if (seconds >= unit && unit % periodSeconds === 0) return (Math.floor(seconds / unit) * unit) / periodSeconds;
  }
  return values.length;
}

function generatedOf(fields: NonNullable<Fields["generate"]>): GeneratedShape {
  const { bursts } = fields;
  return {
    kind: "generated",
    base: fields.base ?? 0,
    peak: fields.peak ?? fields.base ?? 0,
    peakHour: fields.peakHour ?? 14,
    weekendFactor: fields.weekendFactor ?? 1,
    noise: fields.noise ?? 0,
    bursts:
      bursts === null
        ? null
        : {
            perWeek: bursts.perWeek ?? 1,
            factor: bursts.factor ?? 2,
            seconds: Math.round((bursts.minutes ?? 15) * 60),
          },
    seed: fields.seed,
  };
}

function fieldProblems(fields: Fields, shapes: readonly LoadShape[], path: string): Problem[] {
  const problems: Problem[] = [];
  if (shapes.length !== 1) {
    const message = `load must have one of constant, daily, weekly, series and generate, and has ${shapes.length}.`;
    problems.push({ code: shapes.length === 0 ? "required" : "conflicting_values", path, message });
  }
  if (fields.unit === null) {
    const message = "unit is missing: say requests-per-second, requests (in each point's period), vCPU or GiB.";
    problems.push({ code: "required", path: fieldPath(path, "unit"), message });
  }
  if (fields.unit === "requests" && shapes[0]?.kind !== "series") {
    const message = "unit requests is for a series, whose points are sums: say requests-per-second.";
    problems.push({ code: "conflicting_values", path: fieldPath(path, "unit"), message });
  }
  return problems;
}

function loadOf(fields: Fields, shape: LoadShape): Load {
  const scale = (fields.scale ?? 1) / (fields.unit === "requests" && shape.kind === "series" ? shape.periodSeconds : 1);
  const requests = fields.unit === "requests" || fields.unit === "requests-per-second";
  const each = requests ? fields.perRequest : null;
  return {
    shape,
    requestsPerSecond: requests ? scale : 0,
    cpuUnits:
      (fields.unit === "vCPU" ? cpuUnitsPerVcpu : ((each?.cpuMilliseconds ?? 0) * cpuUnitsPerVcpu) / 1000) * scale,
    memoryMiB: (fields.unit === "GiB" ? mibPerGib : (each?.memoryMiB ?? 0)) * scale,
    growthPerMonth: (fields.growthPerMonth ?? 0) / 100,
  };
}

function notesOf(fields: Fields, shape: LoadShape): LoadReading["notes"] {
  if (shape.kind === "hourly" && fields.interpolation === null) {
    const text = "hourly values hold at the middle of their hours, with straight lines between (interpolation).";
    return [{ code: "load_interpolated", text }];
  }
  if (shape.kind !== "series" || fields.repeat !== null) return [];
  const days = ((shape.repeatPoints ?? 0) * shape.periodSeconds) / secondsPerDay;
  const text = `the series of its load, ${Math.round(days * 100) / 100} days, repeats for as long as the period lasts (repeat).`;
  return [{ code: "load_repeated", text }];
}
