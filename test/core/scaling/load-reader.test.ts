import { describe, expect, test } from "vitest";
import type { LoadShape } from "../../../api/core/model/load.ts";
import { LoadReader } from "../../../api/core/scaling/load-reader.ts";
import { aLoad } from "./scaled-service.ts";

const seconds = (instant: string) => Date.parse(instant) / 1000;
const utc = { startSeconds: 0, timeZone: "UTC" };

/** Requests per second in the slots at these seconds. */
function read(
  shape: LoadShape,
  at: readonly number[],
  given: { period?: typeof utc; slotSeconds?: number; growthPerMonth?: number } = {},
) {
  const { period = utc, slotSeconds = 60, growthPerMonth = 0 } = given;
  const reader = new LoadReader([aLoad(shape, { growthPerMonth })], { period, slotSeconds, seed: 1 });
  return at.map((t) => {
    if (t >= reader.until) reader.read(t);
    return reader.requestsPerSecond;
  });
}

const hours = (count: number) => Array.from({ length: count }, (_, hour) => hour);

describe("hourly values", () => {
  const step = { kind: "hourly", values: hours(24), interpolation: "step" } as const;

  test("hold for their hour, or are met at its middle with straight lines between", () => {
    expect(read(step, [0, 3540, 3600, 86_399])).toEqual([0, 0, 1, 23]);
    expect(read({ ...step, interpolation: "linear" }, [1800, 3600, 5400, 6300])).toEqual([0, 0.5, 1, 1.25]);
  });

  test("of a week begin on Monday: 1970 on a Thursday, hour 72", () => {
    expect(read({ ...step, values: hours(168) }, [0, 4 * 86_400])).toEqual([72, 0]);
  });

  test("leave 02:00 out when Berlin's clock goes forward and have it twice when it goes back", () => {
    const inBerlin = (startSeconds: number) => ({ period: { startSeconds, timeZone: "Europe/Berlin" } });

    expect(read(step, [0, 3600, 7200, 10_800], inBerlin(seconds("2026-03-28T23:00:00Z")))).toEqual([0, 1, 3, 4]);
    expect(read(step, [0, 3600, 7200, 10_800, 14_400], inBerlin(seconds("2026-10-24T22:00:00Z")))).toEqual([
      0, 1, 2, 2, 3,
    ]);
    // Half past one is 1; the line to half past two ends at two, where the clock says three.
    const linear = { ...step, interpolation: "linear" } as const;
    expect(read(linear, [5400, 6300, 7200, 9000], inBerlin(seconds("2026-03-28T23:00:00Z")))).toEqual([
      1, 1.25, 2.5, 3,
    ]);
  });
});

describe("a series", () => {
  const series = {
    kind: "series",
    startSeconds: 0,
    periodSeconds: 20,
    values: [1, 2, 6, null, 4, null],
    repeatPoints: null,
  } as const;

  test("of 20-second points gives a minute their mean, without those that are missing", () => {
    expect(read(series, [0, 60, 120])).toEqual([3, 4, Number.NaN]);
    expect(read(series, [0, 20, 40, 60], { slotSeconds: 20 })).toEqual([1, 2, 6, Number.NaN]);
  });

  test("repeats, before its start too", () => {
    const daily = { ...series, periodSeconds: 3600, values: hours(24), repeatPoints: 24 };

    expect(read(daily, [0, 86_400, 90_000])).toEqual([0, 0, 1]);
    expect(read({ ...daily, startSeconds: 7200 }, [0, 3600, 7200])).toEqual([22, 23, 0]);
  });
});

test("growth of 100 % a month doubles a load in 730 hours, hour by hour", () => {
  const constant = { kind: "constant", value: 8 } as const;
  expect(read(constant, [0, 3599, 730 * 3600], { growthPerMonth: 1 })).toEqual([8, 8, 16]);
});

describe("a generated load", () => {
  const shape = {
    kind: "generated",
    base: 10,
    peak: 110,
    peakHour: 14,
    weekendFactor: 0.5,
    noise: 0,
    bursts: null,
    seed: null,
  } as const;

  test("is highest about its peak hour, lowest twelve hours away, and by half as far on Saturday", () => {
    const [peak = 0, night = 0, saturday = 0] = read(shape, [13.5 * 3600, 25.5 * 3600, 61.5 * 3600]);

    expect(peak).toBeCloseTo(109.57, 2);
    expect(night).toBeCloseTo(10.43, 2);
    expect(saturday).toBeCloseTo(59.79, 2);
  });

  test("with noise of 0.5 stays within half of itself, differs from minute to minute and is the same for the same seed", () => {
    const minutes = Array.from({ length: 1440 }, (_, minute) => minute * 60);
    const noisy = read({ ...shape, peak: 10, noise: 0.5 }, minutes);

    expect([Math.min(...noisy) >= 5, Math.max(...noisy) < 15, new Set(noisy).size > 1400]).toEqual([true, true, true]);
    expect(read({ ...shape, peak: 10, noise: 0.5 }, minutes)).toEqual(noisy);
    expect(noisy.reduce((sum, value) => sum + value, 0) / 1440).toBeCloseTo(10, 0);
  });

  test("has one burst of ten minutes in each day of seven a week", () => {
    const bursts = { perWeek: 7, factor: 3, seconds: 600 };
    const minutes = Array.from({ length: 7 * 1440 }, (_, minute) => minute * 60);
    const values = read({ ...shape, peak: 10, bursts }, minutes);

    expect(values.filter((value) => value === 30)).toHaveLength(70);
    expect(hours(7).map((day) => values.slice(day * 1440, (day + 1) * 1440).includes(30))).not.toContain(false);
  });
});
