import { expect, test } from "vitest";
import type { Instance, PlaceableTask } from "../../../api/core/model/placement-rules.ts";
import {
  addInstances,
  type Cluster,
  emptyCluster,
  isIdle,
  placeTasks,
  removeInstances,
  stopTasks,
} from "../../../api/core/placement/cluster.ts";
import { aHost, aPlaceableTask, byInstance, byZone, clusterOf, countsOf, packed } from "./sample-cluster.ts";

const threeZones = [aHost({ zone: "a" }), aHost({ zone: "b" }), aHost({ zone: "c" })] as const;

function placed(cluster: Cluster, task: PlaceableTask, count: number): Cluster {
  const { cluster: after, unplaced } = placeTasks(cluster, task, { count, provider: null });
  expect(unplaced).toBeNull();
  return after;
}

test("spread over zones, then binpack, packs 5 tasks inside each zone: 4 and 1 on two instances (section 6, rules)", () => {
  const cluster = clusterOf([threeZones[0], 2], [threeZones[1], 2]);

  expect(countsOf(placed(cluster, aPlaceableTask({ rankings: [byZone, packed] }), 10))).toEqual([4, 1, 4, 1]);
});

test("binpack leaves the least memory unused: 3 tasks go on the instance with 3,000 MiB left, not on those with 4,000 (section 6, rules)", () => {
  const other = placed(clusterOf([aHost(), 3]), aPlaceableTask({ service: "other" }), 1);

  expect(countsOf(placed(other, aPlaceableTask({ rankings: [packed] }), 4))).toEqual([3, 1, 0]);
});

test("a task too large for the fullest instance goes on the next", () => {
  const other = placed(clusterOf([aHost(), 2]), aPlaceableTask({ service: "other" }), 1);

  expect(countsOf(placed(other, aPlaceableTask({ rankings: [packed], memory: 3500 }), 1))).toEqual([0, 1]);
});

test("spread over zones and instances puts 6 tasks on 6 instances, where binpack would fill 2 (CAS-11)", () => {
  const cluster = clusterOf([threeZones[0], 2], [threeZones[1], 2], [threeZones[2], 2]);

  expect(countsOf(placed(cluster, aPlaceableTask({ rankings: [byZone, byInstance] }), 6))).toEqual([1, 1, 1, 1, 1, 1]);
  expect(countsOf(placed(cluster, aPlaceableTask({ rankings: [packed] }), 6))).toEqual([4, 2, 0, 0, 0, 0]);
});

test("strategies are best effort: with zone a full, 7 tasks still find place, 1 and 6", () => {
  const cluster = clusterOf([aHost({ capacity: { cpu: 300, memory: 4000 } }), 1], [threeZones[1], 2]);

  expect(countsOf(placed(cluster, aPlaceableTask({ rankings: [byZone, byInstance] }), 7))).toEqual([1, 3, 3]);
});

test("spread counts the tasks of the own service only: another's 3 in zone a change nothing", () => {
  const other = placed(clusterOf([threeZones[0], 1], [threeZones[1], 1]), aPlaceableTask({ service: "other" }), 2);

  expect(countsOf(placed(other, aPlaceableTask({ rankings: [byZone] }), 2))).toEqual([1, 1]);
});

test("an instance without the attribute that tasks are spread over takes none of them", () => {
  const cluster = clusterOf([aHost({ attributes: {} }), 1], [threeZones[1], 1]);

  const { unplaced } = placeTasks(cluster, aPlaceableTask({ rankings: [byZone] }), { count: 5, provider: null });

  expect(unplaced).toMatchObject({
    service: "web",
    count: 1,
    refusals: [
      { because: "attribute", name: "zone", instances: 1 },
      { because: "resource", name: "memory", instances: 1 },
    ],
  });
});

test("distinctInstance puts one task on each instance and leaves the 4th of 3 instances out (CQL-8)", () => {
  const task = aPlaceableTask({ distinct: true, rankings: [packed] });

  const { cluster, unplaced } = placeTasks(clusterOf([aHost(), 3]), task, { count: 4, provider: null });

  expect(countsOf(cluster)).toEqual([1, 1, 1]);
  expect(unplaced).toMatchObject({ count: 1, refusals: [{ because: "distinct", instances: 3 }] });
});

test("a constraint on type or zone binds: 4 tasks for 1 instance of the type leave none, 5 leave one (CQL-1, CQL-2)", () => {
  const small = aHost({ type: "small", zone: "b" });
  const cluster = clusterOf([aHost(), 2], [small, 1]);
  const task = aPlaceableTask({ allowsHost: (host) => host.type === "small", rankings: [byInstance] });

  const { cluster: after, unplaced } = placeTasks(cluster, task, { count: 5, provider: null });

  expect(countsOf(after)).toEqual([0, 0, 4]);
  expect(unplaced).toMatchObject({
    count: 1,
    refusals: [
      { because: "constraint", instances: 2 },
      { because: "resource", instances: 1 },
    ],
  });
});

test("affinity finds the instance with the other group's task, anti-affinity the others (CQL-4, CQL-5)", () => {
  const cluster = placed(clusterOf([aHost(), 1], [threeZones[1], 1]), aPlaceableTask({ service: "database" }), 1);
  const withDatabase = ({ groups }: Instance) => groups.has("database");

  expect(countsOf(placed(cluster, aPlaceableTask({ allowsInstance: withDatabase }), 3))).toEqual([3, 0]);
  expect(countsOf(placed(cluster, aPlaceableTask({ allowsInstance: (one) => !withDatabase(one) }), 3))).toEqual([0, 3]);
});

test("a c5.large has interfaces for 2 awsvpc tasks, for 10 with trunking: 12 tasks leave 10, or 2 (ENI-1)", () => {
  const task = aPlaceableTask();
  const awsvpc = { ...task, demand: { ...task.demand, resources: { cpu: 10, memory: 10, "network-interface": 1 } } };
  const left = (interfaces: number) => {
    const host = aHost({ capacity: { cpu: 2048, memory: 4000, "network-interface": interfaces } });
    return placeTasks(clusterOf([host, 1]), awsvpc, { count: 12, provider: null }).unplaced;
  };

  expect(left(2)).toMatchObject({
    count: 10,
    closest: { refusals: [{ because: "resource", name: "network-interface" }] },
  });
  expect(left(10)).toMatchObject({ count: 2 });
});

test("two tasks with the same static host port never share an instance; a stopped one frees it (PORT-2)", () => {
  const web = aPlaceableTask({ exclusive: ["tcp/80"] });
  const proxy = aPlaceableTask({ service: "proxy", exclusive: ["tcp/80"] });
  const { cluster, unplaced } = placeTasks(clusterOf([aHost(), 2]), web, { count: 3, provider: null });

  expect(countsOf(cluster)).toEqual([1, 1]);
  expect(unplaced).toMatchObject({ count: 1, refusals: [{ because: "exclusive", name: "tcp/80", instances: 2 }] });
  expect(placeTasks(cluster, proxy, { count: 1, provider: null }).unplaced?.count).toBe(1);
  expect(countsOf(placed(stopTasks(cluster, web, 1).cluster, proxy, 1), "proxy")).toEqual([0, 1]);
});

test("at most 100 static host ports on an instance, 5 of them the agent's own: 20 tasks of 5 ports leave one (PORT-1)", () => {
  const task = aPlaceableTask();
  const ports = { ...task, demand: { ...task.demand, resources: { cpu: 1, memory: 1, "host-port": 5 } } };
  const host = aHost({ capacity: { cpu: 2048, memory: 4000, "host-port": 95 } });

  expect(placeTasks(clusterOf([host, 1]), ports, { count: 20, provider: null }).unplaced).toMatchObject({ count: 1 });
});

test("a task of 8,192 MiB is never placed on an m4.large, which registers 7,985 (MEM-3)", () => {
  const host = aHost({ capacity: { cpu: 2048, memory: 7985 } });

  const { unplaced } = placeTasks(clusterOf([host, 9]), aPlaceableTask({ memory: 8192 }), { count: 1, provider: null });

  expect(unplaced).toMatchObject({ count: 1, refusals: [{ because: "resource", name: "memory", instances: 9 }] });
});

test("2,048 CPU units and 3,767 MiB are 1,988 and 767 after a task of 60 and 3,000 (MEM-5)", () => {
  const task = aPlaceableTask();
  const host = aHost({ capacity: { cpu: 2048, memory: 3767 } });
  const event = { ...task, demand: { ...task.demand, resources: { cpu: 60, memory: 3000 } } };

  expect(placed(clusterOf([host, 1]), event, 1).runs[0]?.instance.room).toEqual({ cpu: 1988, memory: 767 });
});

test("daemons come first: with one of 1,000 MiB on every instance 3 tasks fit instead of 4, and only daemons is idle", () => {
  const daemon = aPlaceableTask({ service: "agent" });
  const { cluster } = addInstances(emptyCluster(1), aHost(), { count: 2, daemons: [daemon] });

  const { cluster: after, unplaced } = placeTasks(cluster, aPlaceableTask(), { count: 7, provider: null });

  expect([countsOf(after), countsOf(after, "agent"), unplaced?.count]).toEqual([[3, 3], [1, 1], 1]);
  expect(cluster.runs.map(({ instance }) => isIdle(instance))).toEqual([true]);
  expect(after.runs.map(({ instance }) => isIdle(instance))).toEqual([false]);
});

test("a daemon that does not fit, and one for another architecture, are not there: only the first is missed, on 3 instances", () => {
  const huge = aPlaceableTask({ service: "huge", memory: 5000 });
  const arm = { ...huge, service: "arm", demand: { ...huge.demand, kinds: ["arm"] } };

  const { cluster, unplaced } = addInstances(emptyCluster(1), aHost(), { count: 3, daemons: [huge, arm] });

  expect(unplaced).toMatchObject([{ service: "huge", count: 3 }]);
  expect(cluster.runs[0]?.instance.tasks.size).toBe(0);
});

test("scale-in keeps zones balanced: of 3, 1 and 1 tasks two stop in the first zone (D.7)", () => {
  const task = aPlaceableTask({ rankings: [byZone] });
  const uneven = placed(clusterOf([threeZones[0], 1]), task, 1);
  const more = addInstances(addInstances(uneven, threeZones[1], { count: 1, daemons: [] }).cluster, threeZones[2], {
    count: 1,
    daemons: [],
  });
  const cluster = placed(more.cluster, task, 8);

  expect(countsOf(cluster)).toEqual([3, 3, 3]);
  expect(countsOf(stopTasks(cluster, task, 2).cluster)).toEqual([3, 2, 2]);
  expect(countsOf(stopTasks(cluster, task, 7).cluster)).toEqual([1, 1, 0]);
});

test("scale-in of a packed service ends on the instance that has the most left: 2 of 4 + 4 + 1 tasks empty the last, then one of 4 (D.7)", () => {
  const task = aPlaceableTask({ rankings: [packed] });
  const cluster = placed(clusterOf([aHost(), 3]), task, 9);

  expect(countsOf(stopTasks(cluster, task, 2).cluster)).toEqual([4, 3, 0]);
});

test("without a strategy scale-in takes the zone with most tasks, then the instance with most: 3 + 1 and 2 leave 2 + 1 and 2 (D.7)", () => {
  const task = aPlaceableTask({ rankings: [byZone, byInstance] });
  const crowded = placed(clusterOf([threeZones[0], 1]), task, 3);
  const { cluster } = addInstances(crowded, threeZones[0], { count: 1, daemons: [] });
  const cluster2 = placed(
    addInstances(placed(cluster, task, 1), threeZones[1], { count: 1, daemons: [] }).cluster,
    task,
    2,
  );

  expect(countsOf(cluster2)).toEqual([3, 1, 2]);
  expect(countsOf(stopTasks(cluster2, task, 1).cluster)).toEqual([2, 1, 2]);
});

test("no more tasks stop than there are: 5 of 9 asked", () => {
  const task = aPlaceableTask();

  expect(stopTasks(placed(clusterOf([aHost(), 2]), task, 5), task, 9)).toMatchObject({ stopped: 5 });
});

test("tasks of a provider stay on its instances, others go anywhere", () => {
  const cluster = clusterOf([aHost({ provider: "one" }), 1], [aHost({ provider: "two" }), 1]);

  const { cluster: after, unplaced } = placeTasks(cluster, aPlaceableTask(), { count: 5, provider: "two" });

  expect(countsOf(after)).toEqual([0, 4]);
  expect(unplaced).toMatchObject({
    count: 1,
    closest: { host: { provider: "one" }, refusals: [{ because: "provider", name: "two" }] },
  });
});

test("random placement is the same for the same seed and another for another, whatever was done in how many steps", () => {
  const task = aPlaceableTask({ rankings: [{ kind: "random" }] });
  const at = (seed: number) => addInstances(emptyCluster(seed), aHost(), { count: 50, daemons: [] }).cluster;
  const inSteps = placed(placed(placed(at(7), task, 5), task, 10), task, 5);

  expect(countsOf(inSteps)).toEqual(countsOf(placed(at(7), task, 20)));
  expect(countsOf(inSteps)).not.toEqual(countsOf(placed(at(8), task, 20)));
});

test("tasks of a service that differ in size, as in a deployment, leave 3,000 and 2,000 MiB on two instances", () => {
  const rankings = [byInstance];
  const old = placed(clusterOf([aHost(), 2]), aPlaceableTask({ rankings }), 1);
  const both = placed(old, aPlaceableTask({ rankings, memory: 2000 }), 1);

  expect(both.runs.map(({ instance }) => [instance.tasks.get("web"), instance.room.memory])).toEqual([
    [1, 3000],
    [1, 2000],
  ]);
});

test("the newest of the idle instances end first, and keep their numbers out of use", () => {
  const task = aPlaceableTask();
  const cluster = placed(clusterOf([aHost(), 4]), task, 5);
  const ended = removeInstances(cluster, isIdle, 1);

  expect(ended.removed.map(({ first, count }) => [first, count])).toEqual([[3, 1]]);
  expect(countsOf(ended.cluster)).toEqual([4, 1, 0]);
  expect(addInstances(ended.cluster, aHost(), { count: 1, daemons: [] }).cluster.runs.at(-1)?.first).toBe(4);
});

test("100,000 tasks on 5,000 instances are as few kinds of content as there are different instances", () => {
  const cluster = clusterOf(...threeZones.map((host) => [host, 10_000] as const));

  const task = aPlaceableTask({ rankings: [byZone, byInstance] });
  const after = placed(cluster, task, 100_000);

  expect(after.runs.map(({ count, instance }) => [instance.host.zone, count, instance.tasks.get("web")])).toEqual([
    ["a", 3334, 4],
    ["a", 6666, 3],
    ["b", 3333, 4],
    ["b", 6667, 3],
    ["c", 3333, 4],
    ["c", 6667, 3],
  ]);
  expect(stopTasks(after, task, 99_999).cluster.runs.length).toBeLessThan(8);
});
