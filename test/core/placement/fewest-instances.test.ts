import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlaceableTask, Ranking } from "../../../api/core/model/placement-rules.ts";
import { addInstances, emptyCluster, placeTasks } from "../../../api/core/placement/cluster.ts";
import { fewestInstances } from "../../../api/core/placement/fewest-instances.ts";
import type { FewestRequest } from "../../../api/core/placement/fewest-request.ts";
import { aHost, aPlaceableTask, byInstance, byZone, countsOf, packed } from "./sample-cluster.ts";

const zones = ["a", "b", "c"];

function request(
  tasks: FewestRequest["tasks"],
  fields: Partial<FewestRequest> & { zones?: number } = {},
): FewestRequest {
  const hosts = zones.slice(0, fields.zones ?? 1).map((zone) => aHost({ zone }));
  const pools = [{ hosts, countMin: 0, countMax: null }];
  return { from: emptyCluster(1), settled: [], pools, tasks, daemons: [], room: new Map(), evenOver: null, ...fields };
}

const anyProvider = { provider: null };

test.each([
  [7, 3, "CAS-1"],
  [10, 4, "CAS-2"],
])("%i tasks of which 3 fit an instance need %i instances (%s)", (count, instances) => {
  const task = aPlaceableTask({ memory: 1300, rankings: [packed] });

  expect(fewestInstances(request([{ task, count, ...anyProvider }]))).toMatchObject({
    counts: [instances],
    proven: true,
  });
});

test("distinctInstance needs an instance for each of 5 tasks, and for one more while it is deployed (CQL-8)", () => {
  const tasks = [{ task: aPlaceableTask({ distinct: true }), count: 5, ...anyProvider }];

  expect(fewestInstances(request(tasks)).counts).toEqual([5]);
  expect(fewestInstances(request(tasks, { room: new Map([["web", 1]]) })).counts).toEqual([6]);
});

test("room for a deployment is tried and not kept: 4 tasks and one more are 2 instances with 4 tasks", () => {
  const tasks = [{ task: aPlaceableTask(), count: 4, ...anyProvider }];
  const { counts, cluster } = fewestInstances(request(tasks, { room: new Map([["web", 1]]) }));

  expect([counts, countsOf(cluster)]).toEqual([[2], [4, 0]]);
});

test("spreading 2 tasks of 2,000 MiB leaves no room for a third one of 1,300 on 2 instances: 3, where packing them needs 2", () => {
  const counts = (ranking: Ranking) =>
    fewestInstances(
      request([
        { task: aPlaceableTask({ service: "a", memory: 2000, rankings: [ranking] }), count: 2, ...anyProvider },
        { task: aPlaceableTask({ service: "b", memory: 1300, rankings: [packed] }), count: 3, ...anyProvider },
      ]),
    ).counts;

  expect([counts(byInstance), counts(packed)]).toEqual([[3], [2]]);
});

test("instances are spread evenly over zones: 9 tasks of 4 to an instance in 3 zones are 3 instances, one in each", () => {
  const tasks = [{ task: aPlaceableTask({ rankings: [byZone, packed] }), count: 9, ...anyProvider }];
  const { counts, cluster } = fewestInstances(request(tasks, { zones: 3 }));

  expect(counts).toEqual([3]);
  expect(countsOf(cluster)).toEqual([3, 3, 3]);
});

test("tasks bound to one zone of three need 3 instances for each that they use there: 5 tasks, 2 instances in a, 4 in all", () => {
  const task = aPlaceableTask({ allowsHost: ({ zone }) => zone === "a" });

  expect(fewestInstances(request([{ task, count: 5, ...anyProvider }], { zones: 3 })).counts).toEqual([4]);
});

test("far above the lower bound the steps double and the gap is halved: 800 tasks bound to one of three zones are 598 instances, not proven", () => {
  const task = aPlaceableTask({ allowsHost: ({ zone }) => zone === "a" });

  const { counts, proven, cluster } = fewestInstances(request([{ task, count: 800, ...anyProvider }], { zones: 3 }));

  expect([counts, proven]).toEqual([[598], false]);
  expect(countsOf(cluster).reduce((sum, count) => sum + count, 0)).toBe(800);
});

test("nothing to place needs no instance", () => {
  expect(fewestInstances(request([]))).toMatchObject({ counts: [0], proven: true });
});

test("a pool grows for its own provider's tasks, from its least number on and never beyond its most", () => {
  const pool = (provider: string, countMin: number, countMax: number | null) => ({
    hosts: [aHost({ provider })],
    countMin,
    countMax,
  });
  const tasks = [
    { task: aPlaceableTask({ service: "a" }), count: 9, provider: "one" },
    { task: aPlaceableTask({ service: "b" }), count: 9, provider: "two" },
  ];

  const enough = fewestInstances(request(tasks, { pools: [pool("one", 0, null), pool("two", 5, null)] }));
  const tooFew = fewestInstances(request(tasks, { pools: [pool("one", 0, null), pool("two", 0, 2)] }));

  expect(enough).toMatchObject({ counts: [3, 5], unplaced: [] });
  expect(tooFew).toMatchObject({ counts: [3, 2], proven: false, unplaced: [{ service: "b", count: 1 }] });
});

test("what fits no empty instance is told at once: 3 tasks of 4,000 MiB beside a daemon of 100", () => {
  const tasks = [{ task: aPlaceableTask({ memory: 4000 }), count: 3, ...anyProvider }];
  const daemons = [aPlaceableTask({ service: "agent", memory: 100 })];

  expect(fewestInstances(request(tasks))).toMatchObject({ counts: [3], unplaced: [] });
  expect(fewestInstances(request(tasks, { daemons }))).toMatchObject({
    unplaced: [{ service: "web", count: 3, refusals: [{ because: "resource", name: "memory", instances: 1 }] }],
  });
});

test("an affinity to a group that never runs ends, with all 4 tasks unplaced", () => {
  const task = aPlaceableTask({ allowsInstance: ({ groups }) => groups.has("nothing") });

  expect(fewestInstances(request([{ task, count: 4, ...anyProvider }], { zones: 2 })).unplaced).toMatchObject([
    { service: "web", count: 4, refusals: [{ because: "constraint" }] },
  ]);
});

test("the largest share of an instance is placed first, equal ones by name, in whatever order they are given", () => {
  const tasks = ["c", "a", "b"].map((service, at) => ({
    task: aPlaceableTask({ service, memory: [1000, 1000, 3000][at] ?? 0, rankings: [packed] }),
    count: 1,
    ...anyProvider,
  }));
  const found = fewestInstances(request(tasks));

  expect(["a", "b", "c"].map((service) => countsOf(found.cluster, service))).toEqual([
    [1, 0],
    [1, 0],
    [0, 1],
  ]);
  expect(fewestInstances(request(tasks.toReversed()))).toEqual(found);
});

const planned = fc.record({
  // At least the share that its CPU units are, so that memory decides the order.
  memory: fc.integer({ min: 500, max: 4000 }),
  count: fc.integer({ min: 1, max: 12 }),
  room: fc.integer({ min: 0, max: 2 }),
  rankings: fc.subarray([byZone, byInstance, packed]),
  distinct: fc.boolean(),
});

test("no smaller number of instances holds what 300 random requests ask for, deployments included", () => {
  fc.assert(
    fc.property(fc.array(planned, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 3 }), (all, zoneCount) => {
      const tasks = all
        .map(({ count, room, ...one }, at) => ({
          task: aPlaceableTask({ service: `s${at}`, ...one }),
          count,
          room,
          ...anyProvider,
        }))
        .sort((a, b) => shareOf(b.task) - shareOf(a.task));
      const room = new Map(tasks.map((one) => [one.task.service, one.room]));
      const asked = request(tasks, { zones: zoneCount, room });
      const { counts, proven } = fewestInstances(asked);

      const holds = (count: number) => holdsAll(asked, count);
      const smaller = Array.from({ length: counts[0] ?? 0 }, (_, count) => holds(count));
      expect(proven).toBe(true);
      expect([...smaller, holds(counts[0] ?? 0)]).toEqual([...smaller.map(() => false), true]);
    }),
    { numRuns: 300 },
  );
});

/** Memory is the largest share of every task but of those that want an instance each. */
function shareOf({ distinct, demand }: PlaceableTask): number {
  return distinct ? Number.MAX_SAFE_INTEGER : (demand.resources.memory ?? 0);
}

/** With tasks given largest share first. */
function holdsAll({ pools, tasks, room }: FewestRequest, count: number): boolean {
  let cluster = emptyCluster(1);
  const hosts = pools[0]?.hosts ?? [];
  for (const [zone, host] of hosts.entries()) {
    const inZone = Array.from({ length: count }).filter((_, at) => at % hosts.length === zone).length;
    cluster = addInstances(cluster, host, { count: inZone, daemons: [] }).cluster;
  }
  const missing: unknown[] = [];
  const place = (task: (typeof tasks)[number]["task"], extra: number) => {
    const placed = placeTasks(cluster, task, { count: extra, provider: null });
    if (placed.unplaced !== null) missing.push(placed.unplaced);
    return placed.cluster;
  };
  for (const { task, count: own } of tasks) cluster = place(task, own);
  for (const { task } of tasks) place(task, room.get(task.service) ?? 0);
  return missing.length === 0;
}
