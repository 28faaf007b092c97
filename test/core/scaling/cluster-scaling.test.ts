import { describe, expect, test } from "vitest";
import { aGroup, aHostType, instancesOf, managed, playedOn, reportOf, stepping } from "./played-on.ts";

const packed = [{ kind: "binpack", resource: "memory" }] as const;
const spread = [{ kind: "spread", attribute: null }] as const;
const big = { demand: { resources: { cpu: 3000, memory: 3000 }, exclusive: [], kinds: ["x86"] } };
const huge = { demand: { resources: { cpu: 5000, memory: 5000 }, exclusive: [], kinds: ["x86"] } };

describe("managed scaling (section 4 of the shared cases)", () => {
  test("CAS-1: 7 tasks, 3 to an instance, need the 3 instances there are: nothing changes", () => {
    expect(instancesOf(playedOn({ services: { web: stepping(7) } }))).toEqual([[0, 3]]);
  });

  test("CAS-2: with the 10th task one waits, the metric is 133, and a 4th instance is launched within the minute", () => {
    const played = playedOn({ services: { web: stepping(7, [60, 10]) } });

    expect(instancesOf(played)).toEqual([
      [0, 3],
      [60, 4],
    ]);
    expect(reportOf(played, "web").waiting).toEqual({
      tasks: 1,
      taskSeconds: 120,
      longestSeconds: 120,
      p95Seconds: 120,
    });
  });

  test("CAS-4: without instances and tasks nothing is launched", () => {
    const played = playedOn({ services: { web: stepping(0) } });

    expect([instancesOf(played), played.instances]).toEqual([[[0, 0]], []]);
  });

  test("CAS-7: from none two are launched, for one task as for ten, and the other two once the warm-up of 300 s is over", () => {
    const launches = (tasks: number) =>
      instancesOf(playedOn({ services: { web: stepping(0, [60, tasks]) } })).slice(0, 3);

    expect(launches(1)).toEqual([
      [0, 0],
      [60, 2],
      // One of them is idle from 180 on, when they take tasks: the fifteenth minute is 1020.
      [1020, 1],
    ]);
    expect(launches(10)).toEqual([
      [0, 0],
      [60, 2],
      [360, 4],
    ]);
  });

  test("CAS-6: two empty of ten instances are a metric of 80, not 98: below a target of 90 one of them goes", () => {
    const growth = { managed: managed({ targetCapacityPercent: 90 }) };
    const played = playedOn({
      services: { web: stepping(24) },
      tasks: { web: { rankings: packed } },
      groups: [aGroup({ countMin: 0 }, growth)],
    });
    // 8 in use: ceil(8 / 0.9) = 9 from the start on; with 10 at first (9 in use) one of two empty ones goes.
    expect(instancesOf(played)).toEqual([[0, 9]]);
    const fewer = playedOn({
      services: { web: stepping(27, [60, 24]) },
      tasks: { web: { rankings: packed } },
      groups: [aGroup({}, growth)],
    });
    expect(instancesOf(fewer)).toEqual([
      [0, 10],
      [900, 9],
    ]);
  });

  test("CAS-8: a target of 90 keeps one of 10 instances empty, whole, and one of three at a target of 67", () => {
    const of = (targetCapacityPercent: number, tasks: number) =>
      playedOn({
        services: { web: stepping(tasks) },
        tasks: { web: { rankings: packed } },
        groups: [aGroup({}, { managed: managed({ targetCapacityPercent }) })],
      });

    expect(instancesOf(of(90, 27))).toEqual([[0, 10]]);
    expect(instancesOf(of(67, 6))).toEqual([[0, 3]]);
  });

  test("CAS-9: steps are at least 3 where one is needed, and at most 2, 300 s apart, where 5 are", () => {
    const launched = (steps: object, tasks: number) =>
      instancesOf(
        playedOn({
          services: { web: stepping(3, [60, tasks]) },
          groups: [aGroup({}, { managed: managed({ datapointsIn: 1000, ...steps }) })],
        }),
      );

    expect(launched({ stepMin: 3 }, 4)).toEqual([
      [0, 1],
      [60, 4],
    ]);
    expect(launched({ stepMax: 2 }, 18)).toEqual([
      [0, 1],
      [60, 3],
      [360, 5],
      [660, 6],
    ]);
  });

  test("CAS-9: scale-in begins with the 15th minute below the target and takes less than half each minute: 11, 6, 4, 3, 2, 1", () => {
    const played = playedOn({ services: { web: stepping(33, [60, 3]) }, tasks: { web: { rankings: packed } } });

    expect(instancesOf(played)).toEqual([
      [0, 11],
      [900, 6],
      [960, 4],
      [1020, 3],
      [1080, 2],
      [1140, 1],
    ]);
  });

  test("CAS-9: a task that wants an instance in the 14th minute sets the 15 minutes back", () => {
    const played = playedOn({
      services: { web: stepping(6, [60, 3], [840, 7], [900, 3]) },
      tasks: { web: { rankings: packed } },
    });

    expect(instancesOf(played)).toEqual([
      [0, 2],
      [840, 3],
      [1740, 2],
      [1800, 1],
    ]);
  });

  test("CAS-10: of tasks of two sizes the one that needs most instances counts, on the larger of two types: 2 for 5 small or 2 big ones", () => {
    const types = [aHostType({ name: "large" }), aHostType({ name: "larger", capacity: { cpu: 6000, memory: 6000 } })];
    const groups = [aGroup({ instanceTypes: ["large", "larger"], countMin: 1 })];
    const launched = (small: number, large: number) =>
      instancesOf(
        playedOn({
          services: { web: stepping(3, [60, small + 3]), wide: stepping(0, [60, large]) },
          tasks: { wide: big },
          ...{ types, groups },
        }),
      ).slice(0, 2);

    // One large instance is full at first.
    expect(launched(7, 0)[1]).toEqual([60, 3]);
    expect(launched(6, 2)[1]).toEqual([60, 2]);
    expect(launched(6, 3)[1]).toEqual([60, 3]);
  });

  test("CAS-10: a task larger than the smallest type asks for no instance: the metric stays 100, idle ones stay, and it waits to the end", () => {
    const types = [aHostType({ name: "large" }), aHostType({ name: "larger", capacity: { cpu: 6000, memory: 6000 } })];
    const played = playedOn({
      services: { web: stepping(3), wide: stepping(0, [60, 1]) },
      tasks: { wide: huge },
      groups: [aGroup({ instanceTypes: ["large", "larger"] })],
      types,
    });

    expect(instancesOf(played)).toEqual([[0, 1]]);
    expect(reportOf(played, "wide").waiting).toMatchObject({ tasks: 1, longestSeconds: 7140 });
  });

  test("CAS-11: after a peak of 18, 6 tasks that spread over instances keep 6 of them, and 2 where they are packed", () => {
    const of = (rankings: typeof packed | typeof spread) =>
      instancesOf(playedOn({ services: { web: stepping(18, [60, 6]) }, tasks: { web: { rankings } } })).at(-1)?.[1];

    expect([of(spread), of(packed)]).toEqual([6, 2]);
  });

  test("a group at its maximum leaves tasks waiting, and one at its minimum keeps idle instances", () => {
    const growth = aGroup({ countMin: 2, countMax: 3 });
    const played = playedOn({ services: { web: stepping(0, [60, 12], [3600, 0]) }, groups: [growth] });

    expect(instancesOf(played)).toEqual([
      [0, 2],
      [60, 3],
      [4440, 2],
    ]);
    expect(reportOf(played, "web").waiting?.tasks).toBe(6);
  });

  test("with managed scaling off the number of instances stays", () => {
    const groups = [aGroup({ countMin: 1 }, { managed: null })];

    expect(instancesOf(playedOn({ services: { web: stepping(3, [60, 12]) }, groups }))).toEqual([[0, 1]]);
  });
});

describe("zones and daemons", () => {
  test("new instances go to the zone with the fewest, and the zone with the most loses one first", () => {
    const played = playedOn({
      services: { web: stepping(3, [60, 15], [1200, 3]) },
      tasks: { web: { rankings: packed } },
      zones: ["a", "b", "c"],
    });
    const inZones = played.overTime.map(({ zone, peak, instanceSeconds }) => [zone, peak, instanceSeconds]);

    expect(instancesOf(played).map(([, count]) => count)).toEqual([1, 5, 3, 2, 1]);
    // Launched in b, c, a and b at 60; idle from 1200 on, the last of b and that of a go at 2040, then c's, then b's other one.
    expect(inZones).toEqual([
      [0, 2, 7200 + 2040 - 60],
      [1, 2, 2040 - 60 + (2160 - 60)],
      [2, 1, 2100 - 60],
    ]);
  });

  test("an instance with nothing but a daemon is idle, and what the daemon takes of it is its own", () => {
    const played = playedOn({
      services: { web: stepping(4, [60, 2]) },
      daemons: ["agent"],
      tasks: { web: { rankings: packed } },
    });

    expect(instancesOf(played)).toEqual([
      [0, 2],
      [900, 1],
    ]);
    const bound = played.overTime[0]?.boundSeconds.map(({ service, amountSeconds }) => [service, amountSeconds]);
    expect(bound).toEqual([
      ["web", 1000 * (4 * 60 + 2 * 7140)],
      ["agent", 1000 * (2 * 900 + 6300)],
    ]);
  });
});

describe("the order within a second", () => {
  test("what a service stops makes room for what waits, oldest first: at 300 s, when the group is full at one instance", () => {
    const played = playedOn({
      services: { a: stepping(3, [300, 1]), b: stepping(0, [60, 1]), c: stepping(0, [120, 2]) },
      groups: [aGroup({ countMax: 1 })],
    });

    expect(reportOf(played, "b").waiting).toMatchObject({ tasks: 1, longestSeconds: 240 });
    expect(reportOf(played, "c").waiting).toMatchObject({ tasks: 2, longestSeconds: 7080, taskSeconds: 180 + 7080 });
  });

  test("of a service's tasks those that wait go first: 2 of 5 wait, and none that runs is stopped for 3", () => {
    const played = playedOn({ services: { a: stepping(3, [60, 5], [90, 3]) }, groups: [aGroup({ countMax: 1 })] });

    expect(played.lives).toEqual([{ service: "a", count: 3, startSeconds: 0, endSeconds: 7200, times: 1 }]);
    expect(reportOf(played, "a").waiting).toEqual({ tasks: 2, taskSeconds: 60, longestSeconds: 30, p95Seconds: 30 });
  });

  test("tasks that are always on have their place before any that scale, and are told where there is none", () => {
    const fixed = { tasks: 4, lifetime: { kind: "always" } } as const;
    const played = playedOn({ services: { a: stepping(2), z: fixed }, groups: [aGroup({ countMax: 1 })] });

    expect(played.unplaced).toEqual([{ service: "z", count: 1 }]);
    expect(reportOf(played, "a").waiting?.tasks).toBe(2);
  });
});

describe("several groups", () => {
  const groups = [aGroup({ name: "first" }), aGroup({ name: "second" })];
  const strategy = [
    { name: "first", base: 1, weight: 1 },
    { name: "second", base: 0, weight: 4 },
  ];
  const tasksOn = (played: ReturnType<typeof playedOn>, provider: string) =>
    played.overTime
      .filter((row) => row.provider === provider)
      .reduce((sum, { usedSeconds }) => sum + (usedSeconds.memory ?? 0) / 1000, 0);

  test("CP-1: base 1 and weights of 1 to 4 put 3 of 10 tasks on the first and 7 on the second, of 5 then 2 and 3", () => {
    const of = (...steps: [number, number][]) =>
      playedOn({
        services: { web: stepping(10, ...steps) },
        tasks: { web: { providers: strategy, rankings: packed } },
        groups,
      });
    const [whole, halved] = [of(), of([3600, 5])];

    expect([tasksOn(whole, "first"), tasksOn(whole, "second")]).toEqual([3 * 7200, 7 * 7200]);
    expect([tasksOn(halved, "first"), tasksOn(halved, "second")]).toEqual([5 * 3600, 10 * 3600]);
    expect([instancesOf(halved, 0), instancesOf(halved, 1)]).toEqual([
      [[0, 1]],
      [
        [0, 3],
        [4440, 2],
        [4500, 1],
      ],
    ]);
  });

  test("tasks wait for their own group, though the other has room", () => {
    const played = playedOn({
      services: { a: stepping(1), b: stepping(0, [60, 1]) },
      tasks: {
        a: { providers: [{ name: "first", base: 0, weight: 1 }] },
        b: { providers: [{ name: "second", base: 0, weight: 1 }] },
      },
      groups,
    });

    expect(reportOf(played, "b").waiting).toMatchObject({ tasks: 1, longestSeconds: 120 });
  });

  test("tasks that take any instance take free ones of either group, and make none grow", () => {
    const played = playedOn({
      services: { a: stepping(2), b: stepping(0, [60, 4]) },
      tasks: { a: { providers: strategy }, b: { providers: "any" } },
      groups,
    });

    // A task on each of two instances leaves room for two more each.
    expect([instancesOf(played, 0), instancesOf(played, 1)]).toEqual([[[0, 1]], [[0, 1]]]);
    expect(reportOf(played, "b")).toMatchObject({ taskSeconds: 4 * 7140, waiting: { tasks: 0 } });
    const more = playedOn({
      services: { a: stepping(2), b: stepping(0, [60, 5]) },
      tasks: { a: { providers: strategy }, b: { providers: "any" } },
      groups,
    });
    expect([instancesOf(more, 0), reportOf(more, "b").waiting?.longestSeconds]).toEqual([[[0, 1]], 7140]);
  });
});
