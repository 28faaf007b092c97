import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Service } from "../../../api/core/model/workload.ts";
import { simulate } from "../../../api/core/scaling/simulate.ts";
import { aService, aWorkload } from "../sample-workload.ts";
import { aLifetime, aLoad, aScaling, aTracker } from "./scaled-service.ts";

describe("a service that is always on", () => {
  test("of 6 tasks is alive for all 2,628,000 seconds of 730 hours", () => {
    expect(livesOf({ tasks: 6 })).toEqual([
      { service: "web", count: 6, startSeconds: 0, endSeconds: 2_628_000, times: 1 },
    ]);
  });

  test("of 0 tasks has no lives, and a daemon lives with the instances", () => {
    expect(livesOf({ tasks: 0 })).toEqual([]);
    expect(livesOf({ tasks: 3, daemon: true })).toEqual([]);
  });
});

describe("runs", () => {
  test("30 of 600 seconds with 5 tasks follow one another: 5 tasks for 18,000 seconds, 30 lives each", () => {
    expect(runs({ tasks: 5, seconds: 600, times: 30 })).toEqual([
      { service: "web", count: 5, startSeconds: 0, endSeconds: 18_000, times: 30 },
    ]);
  });

  test("3 of 600 seconds in a period of 1,200 take two lanes: two runs in the one, one in the other", () => {
    expect(runs({ tasks: 4, seconds: 600, times: 3 }, 1200)).toEqual([
      { service: "web", count: 4, startSeconds: 0, endSeconds: 1200, times: 2 },
      { service: "web", count: 4, startSeconds: 0, endSeconds: 600, times: 1 },
    ]);
  });

  test("as many as just fit the period are one lane", () => {
    expect(runs({ tasks: 1, seconds: 600, times: 2 }, 1200)).toEqual([
      { service: "web", count: 1, startSeconds: 0, endSeconds: 1200, times: 2 },
    ]);
  });

  test("none at all have no lives", () => {
    expect(runs({ tasks: 4, seconds: 600, times: 0 })).toEqual([]);
  });

  test("are all there, once, and within the period, however many lanes they take", () => {
    const job = fc.record({ tasks: count(50), seconds: count(5000), times: count(500) });
    fc.assert(
      fc.property(job, count(10_000), ({ tasks, seconds, times }, more) => {
        const periodSeconds = seconds + more;
        const lives = runs({ tasks, seconds, times }, periodSeconds);
        expect(lives.reduce((sum, life) => sum + life.count * life.times, 0)).toBe(tasks * times);
        expect(lives.every((life) => life.endSeconds <= periodSeconds)).toBe(true);
        expect(lives.every((life) => life.endSeconds === seconds * life.times)).toBe(true);
      }),
    );
  });
});

describe("a service that is scaled", () => {
  const shape = { kind: "generated", base: 10, peak: 900, peakHour: 14, weekendFactor: 1, noise: 0.3 } as const;
  const lifetime = aLifetime({
    loads: [aLoad({ ...shape, bursts: null, seed: null })],
    scaling: aScaling({ min: 1, policies: [aTracker(50)] }),
  });
  const service = aService({ lifetime });
  const reportWith = (seed: number, cpuUnits = 100) => {
    const workload = aWorkload([service], { periodSeconds: 86_400, seed });
    return simulate(workload, { capacityOf: () => ({ cpuUnits, memoryMiB: 100 }), calendar: () => null }).reports[0];
  };

  test("is played once for each capacity of its tasks with one seed, and anew with another, of which alone it is known then", () => {
    const [small, large] = [reportWith(1), reportWith(1, 200)];
    expect(reportWith(1)).toBe(small);
    expect(reportWith(1, 200)).toBe(large);

    expect(reportWith(2)?.taskSeconds).not.toBe(small?.taskSeconds);
    expect(reportWith(1)).not.toBe(small);
    expect(reportWith(1)).toEqual(small);
  });
});

function livesOf(fields: Partial<Service>, periodSeconds = 730 * 3600) {
  const workload = aWorkload([aService(fields)], { periodSeconds });
  return simulate(workload, { capacityOf: () => ({ cpuUnits: 256, memoryMiB: 512 }), calendar: () => null }).lives;
}

function runs({ tasks, seconds, times }: { tasks: number; seconds: number; times: number }, periodSeconds?: number) {
  return livesOf({ tasks, lifetime: { kind: "runs", seconds, times } }, periodSeconds);
}

function count(max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 1, max });
}
