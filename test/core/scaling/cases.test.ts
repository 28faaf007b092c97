import { describe, expect, test } from "vitest";
import type { StepAdjustment } from "../../../api/core/model/scaling.ts";
import { stepChange } from "../../../api/core/scaling/step-change.ts";
import cases from "../../cases/scaling.json" with { type: "json" };
import { aLifetime, aLoad, aScaling, aStepper, aTracker, desiredOf, minutes, played } from "./scaled-service.ts";

const { threshold } = cases.stepScaling;

function policyOf(direction: string) {
  const out = direction === "out";
  const steps: readonly StepAdjustment[] = out ? cases.stepScaling.out : cases.stepScaling.in;
  const alarm = { threshold, datapoints: 1, datapointsToAlarm: 1 };
  return aStepper({
    adjustment: "percent",
    steps,
    alarm: out ? { ...alarm, comparison: ">=" } : { ...alarm, comparison: "<=" },
  });
}

describe("step scaling", () => {
  test.each(cases.stepScaling.cases)(
    "$id: $tasks tasks with the metric at $metric become $result",
    ({ direction, tasks, metric, result }) => {
      expect(stepChange(policyOf(direction), metric, tasks)).toBe(result);
    },
  );

  test.each(cases.rounding)(
    "$id: $percent % of $tasks tasks, at least $magnitudeMin, is a change of $change",
    ({ tasks, percent, magnitudeMin, change }) => {
      const steps = [{ lower: null, upper: null, adjustment: percent }];
      expect(stepChange(aStepper({ adjustment: "percent", steps, magnitudeMin }), 60, tasks)).toBe(tasks + change);
    },
  );

  test.each(cases.types)("$id: $adjustment by $by makes $result of $tasks", ({ adjustment, by, tasks, result }) => {
    const kind = adjustment === "exact" ? "exact" : "change";
    const steps = [{ lower: 0, upper: null, adjustment: by }];
    expect(stepChange(aStepper({ adjustment: kind, steps }), 60, tasks)).toBe(result);
  });

  test("the whole worked example, played minute by minute, goes from 10 tasks to 11, 14, 13 and back to 10", () => {
    const { workedExample } = cases.stepScaling;
    let before = 10;
    const values = workedExample.flatMap(({ metric, tasks }, at) => {
      const load = metric * before;
      before = tasks;
      // One minute to be seen, then some in which the new tasks show that the metric is between the steps.
      return Array.from({ length: at === workedExample.length - 1 ? 1 : 5 }, () => load);
    });
    const scaling = aScaling({ policies: [policyOf("out"), policyOf("in")] });
    const { report } = played(aLifetime({ loads: [aLoad(minutes(...values))], scaling }), {
      tasks: 10,
      periodSeconds: 1200,
    });

    expect(desiredOf(report)).toEqual([
      [0, 10],
      [60, 11],
      [360, 14],
      [660, 13],
      [960, 10],
    ]);
  });

  test("STEP-9: with +2 under way, a step of +3 within the cooldown adds 1 more, and begins the cooldown anew", () => {
    const steps = [
      { lower: 0, upper: 10, adjustment: 2 },
      { lower: 10, upper: null, adjustment: 3 },
    ];
    const scaling = aScaling({ policies: [aStepper({ steps, cooldownSeconds: 300 })] });
    const loads = [aLoad(minutes(550, 800, 800, 800, 800, 800, 800, 800, 800))];
    const { report } = played(aLifetime({ loads, scaling }), { tasks: 10, periodSeconds: 480 });

    // At 55 %: +2. 800 on 12 tasks is 66.7 %: 10 + 3. Nothing until 120 + 300, when 800 on 13 tasks is 61.5 %: +3.
    expect(desiredOf(report)).toEqual([
      [0, 10],
      [60, 12],
      [120, 13],
      [420, 16],
    ]);
  });

  test("STEP-10: while a scale-in's cooldown runs, a scale-out happens at once and ends it", () => {
    const alarm = { comparison: "<=", threshold: 20, datapoints: 1, datapointsToAlarm: 1 } as const;
    const fewer = aStepper({ alarm, steps: [{ lower: null, upper: 0, adjustment: -1 }], cooldownSeconds: 600 });
    const scaling = aScaling({ min: 1, policies: [aStepper({ cooldownSeconds: 0 }), fewer] });
    const loads = [aLoad(minutes(100, 100, 600, 100, 100, 100))];
    const { report } = played(aLifetime({ loads, scaling }), { tasks: 10, periodSeconds: 360 });

    expect(desiredOf(report)).toEqual([
      [0, 10],
      [60, 9],
      [180, 10],
      [240, 9],
    ]);
  });
});

describe("scheduled actions", () => {
  test.each(cases.scheduled)(
    "$id: $tasks tasks within $min to $max become $result with $action",
    ({ tasks, min, max, action, result }) => {
      const schedule = { expression: "at", timeZone: "UTC", startSeconds: null, endSeconds: null };
      const scaling = aScaling({ min, max, scheduledActions: [{ name: "set", schedule, ...action }] });
      const calendar = (_: unknown, from: number) => (from <= 90 ? 90 : null);
      const { report } = played(aLifetime({ scaling }), { tasks, calendar });

      expect(report.timeline.at(-1)?.desired).toBe(result);
      expect(report.timeline.length).toBe(tasks === result ? 1 : 2);
      expect(report.timeline.at(-1)?.startSeconds).toBe(tasks === result ? 0 : 90);
    },
  );

  test("SCH-7: ignore cooldowns", () => {
    const schedule = { expression: "at", timeZone: "UTC", startSeconds: null, endSeconds: null };
    const scheduledActions = [{ name: "set", schedule, min: 20, max: null }];
    const policies = [aStepper({ cooldownSeconds: 3600 })];
    const calendar = (_: unknown, from: number) => (from <= 120 ? 120 : null);
    const lifetime = aLifetime({ loads: [aLoad(minutes(60))], scaling: aScaling({ policies, scheduledActions }) });

    expect(desiredOf(played(lifetime, { calendar }).report)).toEqual([
      [0, 1],
      [60, 2],
      [120, 20],
    ]);
  });
});

describe("target tracking", () => {
  test.each(cases.targetTracking)(
    "$id: $tasks tasks at $metric % with a target of $target % become $result",
    ({ tasks, metric, target, result }) => {
      const scaling = aScaling({ policies: [aTracker(target)] });
      const { report } = played(aLifetime({ loads: [aLoad(minutes(tasks * metric))], scaling }), { tasks });

      expect(desiredOf(report)).toEqual([
        [0, tasks],
        [60, result],
      ]);
    },
  );
});
