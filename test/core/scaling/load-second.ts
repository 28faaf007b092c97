import type {
  Bursts,
  GeneratedShape,
  HourlyShape,
  Load,
  LoadShape,
  SeriesShape,
} from "../../../api/core/model/load.ts";
import { uniform } from "../../../api/core/scaling/uniform.ts";

/** What `loadAt` needs to know besides the load. */
export interface LoadScene {
  readonly startSeconds: number;
  readonly timeZone: string;
  readonly slotSeconds: number;
  readonly seed: number;
}

export interface LoadOfSlot {
  readonly requestsPerSecond: number;
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

/** The sum of the loads in the slot that starts at second `t`, as model/load.ts says it; null where one has a gap. */
export function loadAt(loads: readonly Load[], t: number, scene: LoadScene): LoadOfSlot | null {
  const values = loads.map((load) => valueAt(load.shape, t, scene));
  if (values.includes(null)) return null;
  const sum = (of: (load: Load) => number) =>
    loads.reduce((total, load, at) => {
      const growth = (1 + load.growthPerMonth) ** (Math.floor(t / 3600) / 730);
      return total + (values[at] ?? 0) * growth * of(load);
    }, 0);
  return {
    requestsPerSecond: sum((load) => load.requestsPerSecond),
    cpuUnits: sum((load) => load.cpuUnits),
    memoryMiB: sum((load) => load.memoryMiB),
  };
}

function valueAt(shape: LoadShape, t: number, scene: LoadScene): number | null {
  if (shape.kind === "constant") return shape.value;
  if (shape.kind === "hourly") return hourlyAt(shape, localHour(t, scene));
  if (shape.kind === "series") return seriesAt(shape, t, scene);
  return generatedAt(shape, t, scene);
}

const clock = { weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Hours since Monday's midnight by the local clock, with the fraction. */
function localHour(t: number, { startSeconds, timeZone }: LoadScene): number {
  const format = clocks.get(timeZone) ?? new Intl.DateTimeFormat("en-GB", { ...clock, timeZone });
  clocks.set(timeZone, format);
  const parts = new Map(
    format.formatToParts((startSeconds + t) * 1000).map(({ type, value }): [string, string] => [type, value]),
  );
  const number = (of: string) => Number(parts.get(of));
  const day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(parts.get("weekday") ?? "");
  return day * 24 + number("hour") + number("minute") / 60 + number("second") / 3600;
}

function hourlyAt({ values, interpolation }: Pick<HourlyShape, "values" | "interpolation">, hour: number): number {
  const of = (index: number) => values[(index + values.length) % values.length] ?? 0;
  if (interpolation === "step") return of(Math.floor(hour));
  const before = Math.floor(hour - 0.5);
  const way = hour - 0.5 - before;
  return of(before) + (of(before + 1) - of(before)) * way;
}

function seriesAt(shape: SeriesShape, t: number, { startSeconds, slotSeconds }: LoadScene): number | null {
  const points = new Set<number>();
  for (let second = t; second < t + slotSeconds; second += 1) {
    points.add(Math.floor((startSeconds + second - shape.startSeconds) / shape.periodSeconds));
  }
  const there = [...points].map((point) => pointAt(shape, point)).filter((value) => value !== null);
  return there.length === 0 ? null : there.reduce((sum, value) => sum + value, 0) / there.length;
}

function pointAt({ values, repeatPoints }: SeriesShape, point: number): number | null {
  const index = repeatPoints === null ? point : ((point % repeatPoints) + repeatPoints) % repeatPoints;
  return values[index] ?? null;
}

function generatedAt(shape: GeneratedShape, t: number, scene: LoadScene): number {
  const values = Array.from({ length: 168 }, (_, hour) => {
    const day = (1 + Math.cos((2 * Math.PI * ((hour % 24) + 0.5 - shape.peakHour)) / 24)) / 2;
    const week = hour < 120 ? 1 : shape.weekendFactor;
    return shape.base + (shape.peak - shape.base) * day * week;
  });
  const smooth = hourlyAt({ values, interpolation: "linear" }, localHour(t, scene));
  const seed = shape.seed ?? scene.seed;
  const noise = 2 * uniform(seed)(Math.floor(t / 60)) - 1;
  const burst = shape.bursts !== null && isBurst(shape.bursts, t, seed) ? shape.bursts.factor : 1;
  return Math.max(0, smooth * (1 + shape.noise * noise) * burst);
}

function isBurst({ perWeek, seconds }: Bursts, t: number, seed: number): boolean {
  const apart = 604_800 / perWeek;
  const number = Math.floor(t / apart);
  const start = number * apart + uniform(seed + 1)(number) * Math.max(0, apart - seconds);
  return t >= start && t < start + seconds;
}
