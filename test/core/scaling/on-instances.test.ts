import fc from "fast-check";
import { expect, test } from "vitest";
import { instanceSecondsByHour } from "../../../api/core/model/instance-seconds.ts";
import type { Service } from "../../../api/core/model/workload.ts";
import { anyLifetime, upTo } from "./any-lifetime.ts";
import { aGroup, managed, playedOn } from "./played-on.ts";
import { played } from "./scaled-service.ts";

const day = { periodSeconds: 86_400, calendar: (_: unknown, from: number) => Math.ceil(from / 40_010) * 40_010 };
const capacity = { cpuUnits: 1000, memoryMiB: 1000 };

/** Ten times the load, since a task here has ten times as much as alone. */
const scaled = fc.record({ lifetime: anyLifetime, tasks: upTo(8) }).map(({ lifetime, tasks }) => ({
  ...{
    tasks,
    lifetime: { ...lifetime, loads: lifetime.loads.map((load) => ({ ...load, cpuUnits: 10, memoryMiB: 10 })) },
  },
}));
const services = fc
  .array(scaled, { minLength: 1, maxLength: 3 })
  .map((all) => Object.fromEntries(all.map((one, at) => [`s${at}`, one satisfies Partial<Service>])));

const group = fc
  .record({
    countMin: upTo(3),
    more: upTo(12),
    instanceStartSeconds: upTo(300),
    targetCapacityPercent: fc.constantFrom(100, 80),
    warmupSeconds: upTo(600),
    byPolicy: fc.boolean(),
  })
  .map(({ countMin, more, instanceStartSeconds, byPolicy, ...rest }) => {
    const policy = randomPolicy;
    const growth = byPolicy ? { managed: null, policies: [policy], busyProtected: false } : { managed: managed(rest) };
    return aGroup({ countMin, countMax: countMin + more }, { instanceStartSeconds, ...growth });
  });

const randomPolicy = {
  kind: "target-tracking",
  name: "reserved",
  metric: { kind: "cpu", periodSeconds: 60, statistic: "average", publicationDelaySeconds: 0 },
  target: 70,
  high: { comparison: ">", threshold: 70, datapoints: 3, datapointsToAlarm: 3 },
  low: { comparison: "<", threshold: 63, datapoints: 15, datapointsToAlarm: 15 },
  scaleOutCooldownSeconds: 300,
  scaleInCooldownSeconds: 300,
  scaleInDisabled: false,
} as const;

function areaOf(rows: readonly { count: number; startSeconds: number; endSeconds: number }[]): number {
  return rows.reduce((sum, { count, startSeconds, endSeconds }) => sum + count * (endSeconds - startSeconds), 0);
}

test("where there is always room, services on shared instances are played as each by itself", () => {
  fc.assert(
    fc.property(services, (all) => {
      const together = playedOn({ services: all, groups: [aGroup({ countMin: 150 })], ...day });
      for (const [name, { lifetime, tasks }] of Object.entries(all)) {
        const { report } = played(lifetime, { ...day, tasks, capacity });
        const own = together.reports.find(({ service }) => service === name);
        expect({ ...own, service: "web", waiting: null }).toEqual(report);
        expect(own?.waiting?.tasks).toBe(0);
      }
    }),
    { numRuns: 30 },
  );
});

test("task-seconds are the area under the timelines, the sum over lives, and what the tasks took of their instances", () => {
  fc.assert(
    fc.property(services, group, (all, one) => {
      const together = playedOn({ services: all, groups: [one], ...day });
      const { reports, lives, overTime } = together;
      for (const { service, timeline, taskSeconds } of reports) {
        const area = timeline.reduce((sum, { startSeconds, alive }, at) => {
          return sum + alive * ((timeline[at + 1]?.startSeconds ?? day.periodSeconds) - startSeconds);
        }, 0);
        expect([area, areaOf(lives.filter((life) => life.service === service))]).toEqual([taskSeconds, taskSeconds]);
        expect(timeline.every(({ desired, running }) => running <= desired)).toBe(true);
      }
      // With policies of the group tasks that drain are lost with their instances, before their time.
      if (one.growth.managed === null) return;
      const used = overTime.reduce((sum, { usedSeconds }) => sum + (usedSeconds.memory ?? 0), 0);
      expect(used).toBe(1000 * areaOf(lives));
      const bound = overTime
        .flatMap(({ boundSeconds }) => boundSeconds)
        .reduce((sum, row) => sum + row.amountSeconds, 0);
      expect(bound).toBe(used);
    }),
    { numRuns: 40 },
  );
});

test("instance-seconds are the same in the rows of the bill, by type and zone, under the timeline and over the hours; counts stay within min and max", () => {
  fc.assert(
    fc.property(services, group, (all, one) => {
      const { instances, overTime, capacityProviders } = playedOn({
        services: all,
        groups: [one],
        zones: ["a", "b"],
        ...day,
      });
      const [report] = capacityProviders;
      const hours = [...instanceSecondsByHour(instances, day.periodSeconds)];
      const whole = areaOf(instances);
      expect(overTime.reduce((sum, { instanceSeconds }) => sum + instanceSeconds, 0)).toBe(whole);
      expect(report?.instanceSeconds).toBe(whole);
      expect([hours.length, hours.reduce((sum, hour) => sum + (hour.get("large") ?? 0), 0)]).toEqual([24, whole]);
      const counts = report?.timeline.map((step) => step.instances) ?? [];
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(one.countMin);
      expect(Math.max(...counts)).toBeLessThanOrEqual(one.countMax ?? 0);
      expect(report?.timeline.every((step) => step.ready <= step.instances)).toBe(true);
      for (const { usedSeconds, capacity: has, instanceSeconds } of overTime) {
        expect(usedSeconds.memory ?? 0).toBeLessThanOrEqual((has.memory ?? 0) * instanceSeconds);
      }
    }),
    { numRuns: 40 },
  );
});
