import { describe, expect, test } from "vitest";
import type { Load } from "../../../api/core/model/load.ts";
import { codesOf, serviceOf, web, workloadOf } from "./parsed.ts";

function loadOf(load: unknown): Load {
  const { lifetime } = serviceOf({ load });
  if (lifetime.kind !== "scaled" || lifetime.loads[0] === undefined) throw new Error("There is no load");
  return lifetime.loads[0];
}

function codes(load: unknown) {
  return codesOf({ taskDefinitions: [web], services: [{ serviceName: "shop", taskDefinition: "web", load }] });
}

const vcpu = { unit: "vCPU" };
const series = { kind: "series", startSeconds: 1_793_491_200, periodSeconds: 300 };

describe("a series", () => {
  test("of get-metric-data, newest first, with a gap of one point", () => {
    const output = {
      MetricDataResults: [
        {
          Id: "m1",
          Label: "CPUUtilization",
          Timestamps: ["2026-11-01T00:15:00+00:00", "2026-11-01T00:05:00+00:00", "2026-11-01T00:00:00+00:00"],
          Values: [3, 2.5, 1],
          StatusCode: "Complete",
        },
      ],
      Messages: [],
    };
    expect(loadOf({ series: output, ...vcpu, repeat: false }).shape).toEqual({
      ...series,
      values: [1, 2.5, null, 3],
      repeatPoints: null,
    });
  });

  test("of get-metric-statistics: sums of requests in 300 seconds, told per second", () => {
    const Datapoints = [
      { Timestamp: "2026-11-01T00:05:00Z", Sum: 600, Unit: "Count" },
      { Timestamp: "2026-11-01T00:00:00Z", Sum: 300, Unit: "Count" },
    ];
    const load = loadOf({
      series: { Label: "RequestCount", Datapoints },
      unit: "requests",
      perRequest: { cpuMilliseconds: 500 },
    });

    expect(load.shape).toEqual({ ...series, values: [300, 600], repeatPoints: 2 });
    expect([load.requestsPerSecond, load.cpuUnits]).toEqual([1 / 300, 512 / 300]);
  });

  test("as CSV text with a header, quotes and an empty value", () => {
    const csv =
      'timestamp,value\n"2026-11-01 00:00:00",1.5\n2026-11-01 00:05:00,\n2026-11-01 00:10:00,2\n2026-11-01 00:15:00,2\n';
    expect(loadOf({ series: csv, ...vcpu, repeat: false }).shape).toMatchObject({
      ...series,
      values: [1.5, null, 2, 2],
    });
  });

  test("of eight days repeats its first seven, of one and a half its first, and of less all of it", () => {
    const hourly = (count: number) =>
      Array.from({ length: count }, (_, hour) => ({ timestamp: 1_793_491_200 + hour * 3600, value: hour }));
    const points = (count: number) =>
      (loadOf({ series: hourly(count), ...vcpu }).shape as { repeatPoints: number }).repeatPoints;

    expect([points(8 * 24), points(36), points(5)]).toEqual([168, 24, 5]);
  });

  test.each([
    ["no_points", { MetricDataResults: [{ Id: "m1", Timestamps: [], Values: [] }] }],
    ["ambiguous_series", { MetricDataResults: [{ Id: "a" }, { Id: "b" }] }],
    ["ambiguous_series", { Datapoints: [{ Timestamp: "2026-11-01T00:00:00Z", Sum: 1, Average: 1 }] }],
    ["not_a_series", { Values: [1] }],
    ["not_a_series", "timestamp,value\n2026-11-01,x"],
    ["not_an_instant", [{ timestamp: "yesterday", value: 1 }]],
    ["not_a_number", [{ timestamp: "2026-11-01", value: -1 }]],
    ["out_of_range", "2026-11-01,1\n2026-11-05,1\n2026-11-09,1"],
  ])("is refused as %s", (code, given) => {
    expect(codes({ series: given, ...vcpu })).toEqual([`${code} at services[0].load.series`]);
  });
});

describe("a load", () => {
  test("of 100 requests per second at 20 ms and 2 MiB each wants 2,048 CPU units and 200 MiB", () => {
    const load = loadOf({
      constant: 100,
      unit: "requests-per-second",
      perRequest: { cpuMilliseconds: 20, memoryMiB: 2 },
    });
    expect([100 * load.cpuUnits, 100 * load.memoryMiB, load.requestsPerSecond]).toEqual([2048, 200, 1]);
  });

  test("in GiB is 1,024 MiB each, scaled and growing by 5 % a month", () => {
    expect(loadOf({ constant: 1, unit: "GiB", scale: 0.5, growthPerMonth: 5 })).toMatchObject({
      memoryMiB: 512,
      growthPerMonth: 0.05,
    });
  });

  test("may be several that add up, with what a task takes idle", () => {
    const { lifetime } = serviceOf({
      load: [
        { constant: 1, unit: "vCPU" },
        { daily: Array.from({ length: 24 }, () => 2), unit: "GiB", perTask: { memory: 100 } },
      ],
    });
    expect(lifetime).toMatchObject({
      loads: [{ cpuUnits: 1024 }, { memoryMiB: 1024 }],
      idle: { cpuUnits: 0, memoryMiB: 100 },
    });
  });

  test("alone keeps the number of tasks, and tells what it took for granted", () => {
    const workload = workloadOf({
      taskDefinitions: [web],
      services: [
        {
          serviceName: "shop",
          taskDefinition: "web",
          desiredCount: 2,
          load: { weekly: Array.from({ length: 168 }, () => 1), ...vcpu },
        },
      ],
    });
    expect(workload.period).toEqual({ startSeconds: 1_767_571_200, timeZone: "UTC", isAssumed: true });
    expect(workload.assumptions.map(({ code }) => code)).toEqual(["load_interpolated", "period_start_assumed"]);
  });

  test.each([
    ["required at services[0].load", { ...vcpu }],
    ["conflicting_values at services[0].load", { constant: 1, daily: Array.from({ length: 24 }, () => 1), ...vcpu }],
    ["required at services[0].load.unit", { constant: 1 }],
    ["conflicting_values at services[0].load.unit", { constant: 1, unit: "requests" }],
    ["wrong_length at services[0].load.weekly", { weekly: [1], ...vcpu }],
    ["unknown_field at services[0].load.constnat", { constant: 1, constnat: 1, ...vcpu }],
    ["wrong_type at services[0].load[0]", [5]],
    ["out_of_range at services[0].load.constant", { constant: -1, ...vcpu }],
  ])("is refused: %s", (code, load) => {
    expect(codes(load)).toEqual([code]);
  });
});
