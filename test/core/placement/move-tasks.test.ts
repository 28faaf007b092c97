import fc from "fast-check";
import { expect, test } from "vitest";
import type { Host, Instance, PlaceableTask, Ranking, Unplaced } from "../../../api/core/model/placement-rules.ts";
import {
  addInstances,
  type Cluster,
  emptyCluster,
  isIdle,
  placeTasks,
  removeInstances,
  stopTasks,
} from "../../../api/core/placement/cluster.ts";
import { type Machine, OneByOne } from "./one-by-one.ts";

const ranking = fc.constantFrom<Ranking>(
  { kind: "spread", attribute: "zone" },
  { kind: "spread", attribute: "zone" },
  { kind: "spread", attribute: null },
  { kind: "spread", attribute: null },
  { kind: "spread", attribute: "rack" },
  { kind: "binpack", resource: "cpu" },
  { kind: "binpack", resource: "memory" },
  { kind: "random" },
);

const task = fc
  .record({
    cpu: fc.constantFrom(0, 1, 2, 3),
    memory: fc.constantFrom(1, 2, 3, 4),
    interfaces: fc.constantFrom(0, 0, 1),
    exclusive: fc.constantFrom([], [], [], ["tcp/80"]),
    kinds: fc.constantFrom(["x86"], ["x86", "arm"]),
    group: fc.constantFrom(null, null, "shared"),
    rankings: fc.array(ranking, { maxLength: 4 }),
    distinct: fc.constantFrom(false, false, false, true),
    zone: fc.constantFrom(null, null, null, "a"),
    limit: fc.constantFrom(null, null, null, "few", "apart"),
  })
  .map(({ cpu, memory, interfaces, exclusive, kinds, zone, limit, ...rest }) => ({
    demand: { resources: { cpu, memory, interfaces }, exclusive, kinds },
    ...rest,
    allowsHost: (host: Host) => zone === null || host.zone === zone,
    allowsInstance: limit === null ? null : allows(limit),
  }));

/** At most two tasks on the instance, or none of the group `shared`. */
function allows(limit: string): (instance: Instance) => boolean {
  if (limit === "apart") return ({ groups }) => !groups.has("shared");
  return ({ tasks }) => [...tasks.values()].reduce((sum, count) => sum + count, 0) < 3;
}

const host = fc
  .record({
    zone: fc.constantFrom("a", "b", "c"),
    rack: fc.constantFrom(null, "r1", "r2"),
    kind: fc.constantFrom("x86", "x86", "arm"),
    provider: fc.constantFrom(null, "one", "two"),
    cpu: fc.integer({ min: 1, max: 16 }),
    memory: fc.integer({ min: 2, max: 20 }),
    interfaces: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ zone, rack, kind, provider, ...capacity }): Host => {
    const attributes = rack === null ? { zone } : { zone, rack };
    return { type: `${capacity.cpu}/${capacity.memory}`, kind, zone, provider, attributes, capacity };
  });

const some = fc.nat({ max: 1000 });
const step = fc.oneof(
  fc.record({ kind: fc.constant("start" as const), host: some, count: fc.integer({ min: 0, max: 6 }) }),
  fc.record({
    kind: fc.constant("place" as const),
    task: some,
    count: fc.integer({ min: 0, max: 25 }),
    provider: fc.constantFrom(null, null, null, "one"),
  }),
  fc.record({ kind: fc.constant("stop" as const), task: some, count: fc.integer({ min: 0, max: 12 }) }),
  fc.record({
    kind: fc.constant("end" as const),
    zone: fc.constantFrom("a", "b"),
    idle: fc.boolean(),
    count: fc.integer({ min: 0, max: 2 }),
  }),
);

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const story = fc.record({
  seed: fc.nat(),
  hosts: fc.array(host, { minLength: 1, maxLength: 4 }),
  tasks: fc.array(task, { minLength: 1, maxLength: 4 }),
  daemons: fc.array(task, { maxLength: 2 }),
  steps: fc.array(step, { minLength: 3, maxLength: 14 }),
});

test("1,000 random clusters over time hold what placing and stopping one task at a time gives", () => {
  fc.assert(
    fc.property(story, (told) => {
      const tasks = told.tasks.map((one, at) => named(one, `s${at}`));
      const daemons = told.daemons.map((one, at) => ({ ...named(one, `d${at}`), rankings: [], distinct: false }));
      const both: Both = { cluster: emptyCluster(told.seed), reference: new OneByOne(told.seed), daemons };
      const starts = told.hosts.map((_, host) => ({ kind: "start", host, count: 3 }) as const);
      for (const next of [...starts, ...told.steps]) {
        const [ours, theirs] = take(next, both, { hosts: told.hosts, tasks });

        expect(ours).toEqual(theirs);
        expect(contentsOf(both.cluster)).toEqual(both.reference.machines.map(contentOf));
      }
    }),
    { numRuns: 1000 },
  );
});

interface Both {
  cluster: Cluster;
  readonly reference: OneByOne;
  readonly daemons: readonly PlaceableTask[];
}

/** What the engine and the reference say about the step: instances that took no task, tasks that found no instance. */
function take(
  next: Step,
  both: Both,
  { hosts, tasks }: { hosts: readonly Host[]; tasks: readonly PlaceableTask[] },
): [ours: unknown, theirs: unknown] {
  const { cluster, reference, daemons } = both;
  if (next.kind === "start") {
    const host = hosts[next.host % hosts.length] as Host;
    both.cluster = addInstances(cluster, host, { count: next.count, daemons }).cluster;
    reference.start(host, next.count, daemons);
    return [null, null];
  }
  if (next.kind === "end") {
    const ends = ({ host: { zone } }: Instance | Machine) => zone === next.zone;
    const ended = removeInstances(cluster, (it) => ends(it) && !(next.idle && !isIdle(it)), next.count);
    both.cluster = ended.cluster;
    reference.end((it) => ends(it) && !(next.idle && it.tasks.length > it.daemons.length), next.count);
    return [null, null];
  }
  const task = tasks[next.task % tasks.length] as PlaceableTask;
  if (next.kind === "stop") {
    const stopped = stopTasks(cluster, task, next.count);
    both.cluster = stopped.cluster;
    return [stopped.stopped, times(next.count, () => reference.stopOne(task))];
  }
  const placed = placeTasks(cluster, task, next);
  both.cluster = placed.cluster;
  const unplaced = times(next.count, () => !reference.placeOne(task, next.provider));
  const refused = placed.unplaced === null || isRefusedByEvery(placed.cluster, placed.unplaced);
  return [
    { unplaced: placed.unplaced?.count ?? 0, refused },
    { unplaced, refused: true },
  ];
}

function named(
  one: Omit<PlaceableTask, "service" | "group"> & { group: string | null },
  service: string,
): PlaceableTask {
  return { ...one, service, group: one.group ?? service };
}

function times(count: number, happens: () => boolean): number {
  return Array.from({ length: count }, happens).filter(Boolean).length;
}

function isRefusedByEvery({ runs }: Cluster, { refusals, closest }: Unplaced): boolean {
  const instances = runs.reduce((sum, { count }) => sum + count, 0);
  const reasons = refusals.reduce((sum, refusal) => sum + refusal.instances, 0);
  return instances === 0 ? closest === null : reasons >= instances && (closest?.refusals.length ?? 0) > 0;
}

/** Of each instance, in order: number, tasks by service, groups, what is taken and what is left. */
function contentsOf({ runs }: Cluster) {
  return runs.flatMap(({ first, count, instance }) =>
    Array.from({ length: count }, (_, at) => ({
      id: first + at,
      tasks: sorted(instance.tasks),
      groups: sorted(instance.groups),
      taken: [...instance.taken].sort(),
      left: ["cpu", "memory", "interfaces"].map((name) => instance.room[name]),
      daemons: instance.daemons,
    })),
  );
}

function contentOf({ id, tasks, host: { capacity }, daemons }: Machine) {
  const counts = (nameOf: (one: PlaceableTask) => string) => {
    const names = [...new Set(tasks.map(nameOf))];
    return sorted(new Map(names.map((name) => [name, tasks.filter((one) => nameOf(one) === name).length])));
  };
  const used = (name: string) => tasks.reduce((sum, { demand }) => sum + (demand.resources[name] ?? 0), 0);
  return {
    id,
    tasks: counts(({ service }) => service),
    groups: counts(({ group }) => group),
    taken: tasks.flatMap(({ demand }) => demand.exclusive).sort(),
    left: ["cpu", "memory", "interfaces"].map((name) => (capacity[name] ?? 0) - used(name)),
    daemons,
  };
}

function sorted(counts: ReadonlyMap<string, number>) {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
