import { describe, expect, test } from "vitest";
import {
  aLifetime,
  aLoad,
  aMetric,
  aScaling,
  aStepper,
  aTracker,
  desiredOf,
  minutes,
  played,
} from "./scaled-service.ts";

const constant = (value: number) => ({ kind: "constant", value }) as const;
const high = { comparison: ">", threshold: 50, datapoints: 3, datapointsToAlarm: 3 } as const;
const low = { comparison: "<", threshold: 45, datapoints: 15, datapointsToAlarm: 15 } as const;

describe("alarms", () => {
  test("of 3 and 15 datapoints seen 180 s late scale out after 360 s, and in after 1,080 s", () => {
    const metric = aMetric({ publicationDelaySeconds: 180 });
    const policy = aTracker(50, { metric, high, low });
    const out = played(aLifetime({ loads: [aLoad(constant(400))], scaling: aScaling({ policies: [policy] }) }), {
      tasks: 4,
    });
    const inward = played(aLifetime({ loads: [aLoad(constant(100))], scaling: aScaling({ policies: [policy] }) }), {
      tasks: 4,
    });

    expect(desiredOf(out.report)).toEqual([
      [0, 4],
      [360, 8],
    ]);
    expect(desiredOf(inward.report)).toEqual([
      [0, 4],
      [1080, 2],
    ]);
  });

  test("of 20-second metrics, seen 20 s late, scale out after 80 s", () => {
    const metric = aMetric({ periodSeconds: 20, publicationDelaySeconds: 20 });
    const scaling = aScaling({ policies: [aTracker(50, { metric, high })] });

    expect(desiredOf(played(aLifetime({ loads: [aLoad(constant(400))], scaling }), { tasks: 4 }).report)[1]).toEqual([
      80, 8,
    ]);
  });

  test("are not set off across a gap: two high datapoints, one missing, two high give no action", () => {
    const scaling = aScaling({
      policies: [aTracker(50, { high, low: { ...low, datapoints: 2, datapointsToAlarm: 2 } })],
    });
    const loads = [aLoad(minutes(90, 90, null, 90, 90, null, 10, null, 10, null))];

    expect(desiredOf(played(aLifetime({ loads, scaling })).report)).toEqual([[0, 1]]);
  });

  test("of a 300-second period see the mean of five minutes", () => {
    const metric = aMetric({ periodSeconds: 300 });
    const values = [100, 0, 100, 0, 100, 100, 100, 0, 0, 0];
    const scaling = aScaling({ policies: [aStepper({ metric, cooldownSeconds: 300 })] });

    // 60 % and, on two tasks, 20 %.
    expect(desiredOf(played(aLifetime({ loads: [aLoad(minutes(...values))], scaling })).report)).toEqual([
      [0, 1],
      [300, 2],
    ]);
  });

  test("of 1 out of 3 low datapoints scale in no further when the newest ones are missing", () => {
    const scaling = aScaling({ policies: [aTracker(50, { low: { ...low, datapoints: 3, datapointsToAlarm: 1 } })] });

    expect(desiredOf(played(aLifetime({ loads: [aLoad(minutes(80, null))], scaling }), { tasks: 4 }).report)).toEqual([
      [0, 4],
      [60, 2],
    ]);
  });

  test("at 55 % are not above 55 %", () => {
    const alarm = { comparison: ">", threshold: 55, datapoints: 1, datapointsToAlarm: 1 } as const;
    const scaling = aScaling({ policies: [aStepper({ alarm })] });

    expect(desiredOf(played(aLifetime({ loads: [aLoad(constant(55))], scaling })).report)).toEqual([[0, 1]]);
  });

  test("of five minutes in the last of which five tasks began to run count those five: at 100 % of a target of 50 they become ten", () => {
    const schedule = { expression: "at", timeZone: "UTC", startSeconds: null, endSeconds: null };
    const scaling = aScaling({
      policies: [aTracker(50, { metric: aMetric({ periodSeconds: 300 }) })],
      scheduledActions: [{ name: "begin", schedule, min: 5, max: null }],
    });
    const calendar = (_: unknown, from: number) => (from <= 240 ? 240 : null);
    const lifetime = aLifetime({ loads: [aLoad(constant(500))], scaling });

    expect(desiredOf(played(lifetime, { tasks: 0, calendar, periodSeconds: 600 }).report)).toEqual([
      [0, 0],
      [240, 5],
      [300, 10],
    ]);
  });

  test("of M out of N datapoints need M of them", () => {
    const alarm = { comparison: ">=", threshold: 50, datapoints: 3, datapointsToAlarm: 2 } as const;
    const scaling = aScaling({ policies: [aStepper({ alarm, cooldownSeconds: 3600 })] });

    expect(desiredOf(played(aLifetime({ loads: [aLoad(minutes(90, 0, 90, 0))], scaling })).report)).toEqual([
      [0, 1],
      [180, 2],
    ]);
  });
});

test("60 requests a minute are above a target of 30 all the time, also when another metric has the minute played in three slots", () => {
  const requests = aMetric({ kind: "requests-offered", statistic: "sum" });
  const cpu = aTracker(50, { metric: aMetric({ periodSeconds: 20 }) });
  const scaling = aScaling({ max: 1, policies: [cpu, aTracker(30, { metric: requests })] });

  expect(played(aLifetime({ loads: [aLoad(constant(1))], scaling })).report.underTargetSeconds).toBe(0);
});

describe("several policies", () => {
  const requests = aTracker(1200, {
    metric: aMetric({ kind: "requests-per-task", statistic: "sum" }),
    low: { comparison: "<", threshold: 1080, datapoints: 1, datapointsToAlarm: 1 },
    high: { comparison: ">", threshold: 1200, datapoints: 1, datapointsToAlarm: 1 },
  });

  test("scale out if any says so, to the largest: 2 by CPU, 5 by requests", () => {
    const scaling = aScaling({ policies: [aTracker(50), requests] });
    const lifetime = aLifetime({ loads: [aLoad(constant(100))], scaling });

    expect(desiredOf(played(lifetime, { tasks: 1 }).report)).toEqual([
      [0, 1],
      [60, 5],
    ]);
  });

  test("scale in only if all say so: CPU wants 1 of 4, requests are at their target", () => {
    const scaling = aScaling({ policies: [aTracker(50), requests] });
    const loads = [aLoad(constant(80), { cpuUnits: 0.1 })];

    expect(desiredOf(played(aLifetime({ loads, scaling }), { tasks: 4 }).report)).toEqual([[0, 4]]);
    const disabled = aScaling({ policies: [aTracker(50), { ...requests, scaleInDisabled: true }] });
    expect(desiredOf(played(aLifetime({ loads, scaling: disabled }), { tasks: 4 }).report).slice(0, 2)).toEqual([
      [0, 4],
      [60, 1],
    ]);
  });

  test("that all have scale-in disabled never scale in", () => {
    const scaling = aScaling({ policies: [aTracker(50, { scaleInDisabled: true })] });

    expect(desiredOf(played(aLifetime({ loads: [aLoad(constant(1))], scaling }), { tasks: 9 }).report)).toEqual([
      [0, 9],
    ]);
  });
});

describe("bounds", () => {
  test("below the minimum nothing happens until a scale-out, which goes to the minimum at least", () => {
    const scaling = aScaling({ min: 6, policies: [aTracker(50)] });
    const loads = [aLoad(minutes(50, 50, 75, 75))];

    expect(desiredOf(played(aLifetime({ loads, scaling }), { tasks: 1 }).report)).toEqual([
      [0, 1],
      [180, 6],
    ]);
  });

  test("a maximum of 3 set below a minimum of 5 takes it along, so that 3 tasks stay when the maximum is 10 again", () => {
    const at = (seconds: number, max: number) => {
      const schedule = { expression: `${seconds}`, timeZone: "UTC", startSeconds: null, endSeconds: null };
      return { name: "set", schedule, min: null, max };
    };
    const scaling = aScaling({ min: 5, max: 10, scheduledActions: [at(60, 3), at(120, 10)] });
    const calendar = ({ expression }: { readonly expression: string }, from: number) =>
      from <= Number(expression) ? Number(expression) : null;

    expect(desiredOf(played(aLifetime({ scaling }), { tasks: 8, calendar }).report)).toEqual([
      [0, 8],
      [60, 3],
    ]);
  });

  test("above the maximum a scale-out does nothing and a scale-in goes to the maximum at most", () => {
    const scaling = aScaling({ max: 4, policies: [aTracker(50)] });
    const loads = [aLoad(minutes(1000, 1000, 400, 400))];

    expect(desiredOf(played(aLifetime({ loads, scaling }), { tasks: 10 }).report)).toEqual([
      [0, 10],
      [180, 4],
    ]);
  });
});

describe("no tasks", () => {
  test("show no CPU, so that nothing leaves 0, but requests that are offered do", () => {
    const tracked = aScaling({ policies: [aTracker(50)] });
    const offered = aScaling({
      policies: [aStepper({ metric: aMetric({ kind: "requests-offered", statistic: "sum" }), cooldownSeconds: 3600 })],
    });

    expect(
      desiredOf(played(aLifetime({ loads: [aLoad(constant(90))], scaling: tracked }), { tasks: 0 }).report),
    ).toEqual([[0, 0]]);
    expect(
      desiredOf(played(aLifetime({ loads: [aLoad(constant(90))], scaling: offered }), { tasks: 0 }).report),
    ).toEqual([
      [0, 0],
      [60, 1],
    ]);
  });

  test("with load are all unmet: 3,600 of 3,600 seconds", () => {
    expect(played(aLifetime({ loads: [aLoad(constant(90))] }), { tasks: 0 }).report.unmetSeconds).toBe(3600);
  });
});

describe("suspended scaling", () => {
  const policies = [aTracker(50)];

  test("out stays, and in goes on", () => {
    const suspended = { in: false, out: true, scheduled: false };
    const loads = [aLoad(minutes(500, 500, 50, 50))];

    expect(
      desiredOf(played(aLifetime({ loads, scaling: aScaling({ policies, suspended }) }), { tasks: 4 }).report),
    ).toEqual([
      [0, 4],
      [180, 1],
    ]);
  });

  test("in stays, and out goes on", () => {
    const suspended = { in: true, out: false, scheduled: false };
    const loads = [aLoad(minutes(50, 50, 500, 500))];

    expect(
      desiredOf(played(aLifetime({ loads, scaling: aScaling({ policies, suspended }) }), { tasks: 4 }).report),
    ).toEqual([
      [0, 4],
      [180, 10],
    ]);
  });
});

describe("tasks", () => {
  const scaling = aScaling({ policies: [aTracker(50)] });
  const loads = [aLoad(minutes(100, 200, 200, 100, 100, 100))];
  const behaviour = { startSeconds: 45, drainSeconds: 30, stops: "newest", utilizationMaxPercent: 100 } as const;

  test("newest first: those of 120 s stop at 300 s and drain for 30 s, the older ones stay", () => {
    const { lives } = played(aLifetime({ loads, scaling, behaviour }), { tasks: 2, periodSeconds: 600 });

    expect(lives).toEqual([
      { service: "web", count: 2, startSeconds: 0, endSeconds: 600, times: 1 },
      { service: "web", count: 2, startSeconds: 120, endSeconds: 270, times: 1 },
    ]);
  });

  test("oldest first: the newer ones stay", () => {
    const stops = { ...behaviour, stops: "oldest" } as const;
    const { lives, report } = played(aLifetime({ loads, scaling, behaviour: stops }), { tasks: 2, periodSeconds: 600 });

    expect(lives.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [0, 270],
      [120, 600],
    ]);
    expect(report.timeline).toEqual([
      { startSeconds: 0, desired: 2, running: 2, alive: 2 },
      { startSeconds: 120, desired: 4, running: 2, alive: 4 },
      { startSeconds: 165, desired: 4, running: 4, alive: 4 },
      { startSeconds: 240, desired: 2, running: 2, alive: 4 },
      { startSeconds: 270, desired: 2, running: 2, alive: 2 },
    ]);
    expect(report).toMatchObject({ taskSeconds: 2 * 270 + 2 * 480, taskStarts: 2, tasks: { peak: 4, p50: 2, p95: 4 } });
  });
});

test("one more task for every 30 requests, a cooldown of 261 s from 200 s on: the next is started at 480 s, the first slot after it", () => {
  const metric = aMetric({ kind: "requests", periodSeconds: 20, publicationDelaySeconds: 180 });
  const alarm = { comparison: ">", threshold: 30, datapoints: 1, datapointsToAlarm: 1 } as const;
  const scaling = aScaling({ max: 3, policies: [aStepper({ metric, alarm, cooldownSeconds: 261 })] });

  expect(desiredOf(played(aLifetime({ loads: [aLoad(constant(2))], scaling })).report)).toEqual([
    [0, 1],
    [200, 2],
    [480, 3],
  ]);
});

test("five tasks at 40.2 % become six, and six they stay, also where the sixth gets ready amid a minute", () => {
  const alarm = { comparison: ">", threshold: 40, datapoints: 2, datapointsToAlarm: 2 } as const;
  const scaling = aScaling({ policies: [aStepper({ alarm, cooldownSeconds: 600 })] });
  const behaviour = { startSeconds: 361, drainSeconds: 0, stops: "newest", utilizationMaxPercent: 100 } as const;
  const one = aLifetime({ loads: [aLoad(constant(201))], scaling, behaviour });

  expect(desiredOf(played(one, { tasks: 5, periodSeconds: 3601 }).report)).toEqual([
    [0, 5],
    [120, 6],
  ]);
});

describe("deployments", () => {
  const week = { periodSeconds: 604_800, tasks: 10 };
  const rolling = {
    perWeek: 1,
    kind: "rolling",
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    roundSeconds: 100,
  } as const;
  const extraOf = (deployments: object) => {
    const { lives } = played(aLifetime({ deployments: { ...rolling, ...deployments } }), week);
    return lives.slice(1).map(({ service: _, ...life }) => life);
  };

  test("at 200/100 run ten extra tasks for one round, in the middle of the week", () => {
    expect(extraOf({})).toEqual([{ count: 10, startSeconds: 302_400, endSeconds: 302_500, times: 1 }]);
  });

  test("at 130/100 run three extra for three rounds and one for a fourth", () => {
    expect(extraOf({ maximumPercent: 130 })).toEqual([
      { count: 3, startSeconds: 302_400, endSeconds: 302_700, times: 3 },
      { count: 1, startSeconds: 302_700, endSeconds: 302_800, times: 1 },
    ]);
  });

  test("at 100/50 add none, since old tasks go first; at 100/100 they are stuck and add none", () => {
    expect(extraOf({ maximumPercent: 100, minimumHealthyPercent: 50 })).toEqual([]);
    expect(extraOf({ maximumPercent: 100 })).toEqual([]);
  });

  test("blue/green run all twice", () => {
    expect(extraOf({ kind: "blue-green", maximumPercent: 100, perWeek: 2 }).map(({ count }) => count)).toEqual([
      10, 10,
    ]);
  });

  test("hold back scale-in until they are over", () => {
    const deployments = { ...rolling, perWeek: 5040, roundSeconds: 3600 };
    const scaling = aScaling({ policies: [aTracker(50)] });
    const { report } = played(aLifetime({ loads: [aLoad(minutes(100, 100, 50, 50))], scaling, deployments }), {
      tasks: 2,
    });

    // The first one begins at second 60.
    expect(desiredOf(report)).toEqual([[0, 2]]);
  });
});
