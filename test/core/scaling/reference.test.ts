import fc from "fast-check";
import { expect, test } from "vitest";
import type { CapacityProvider } from "../../../api/core/model/capacity.ts";
import type { PlaceableTask, Ranking } from "../../../api/core/model/placement-rules.ts";
import { type GivenCase, SecondBySecond } from "./on-instances-second-by-second.ts";
import { aGroup, aHostType, instancesOf, managed, playedOn } from "./played-on.ts";
import { aLifetime, aScaling } from "./scaled-service.ts";

const periodSeconds = 5400;
const upTo = (max: number, min = 0) => fc.integer({ min, max });
/** Often a whole minute, where everything happens at once. */
const second = fc.oneof(
  upTo(80, 1).map((minute) => minute * 60),
  upTo(periodSeconds - 1, 1),
);

const ranking: fc.Arbitrary<readonly Ranking[]> = fc.constantFrom<readonly Ranking[]>(
  [
    { kind: "spread", attribute: "zone" },
    { kind: "spread", attribute: null },
  ],
  [
    { kind: "spread", attribute: "zone" },
    { kind: "binpack", resource: "memory" },
  ],
  [{ kind: "binpack", resource: "cpu" }],
  [{ kind: "random" }],
  [{ kind: "spread", attribute: "zone" }, { kind: "random" }],
  [],
);

const task = fc.record({
  cpu: upTo(2000, 100),
  memory: upTo(2000, 100),
  rankings: ranking,
  distinct: fc.constantFrom(false, false, false, true),
  exclusive: fc.constantFrom<readonly string[]>([], [], [], ["tcp/80"]),
});

const group = fc.record({
  instanceTypes: fc.constantFrom(["large"], ["large", "larger"]),
  countMin: upTo(2),
  more: fc.constantFrom(0, 2, 8, null),
  instanceStartSeconds: upTo(200),
  managed: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({
        targetCapacityPercent: fc.constantFrom(100, 100, 90, 67, 50),
        stepMin: upTo(3, 1),
        stepMax: fc.constantFrom(1, 3, 10_000),
        warmupSeconds: upTo(400),
        datapointsOut: upTo(2, 1),
        datapointsIn: upTo(15, 1),
      }),
    },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
});

const services = fc.array(
  fc.record({
    task,
    provider: upTo(1),
    tasks: upTo(6),
    steps: fc.uniqueArray(fc.tuple(second, upTo(14)), { maxLength: 6, selector: ([at]) => at }),
    drainSeconds: fc.constantFrom(0, 0, 45, 300),
  }),
  { minLength: 1, maxLength: 3 },
);

const fixed = fc.array(fc.record({ task, provider: upTo(1), count: upTo(4, 1) }), { maxLength: 2 });

const anyCase = fc.record({
  ...{ services, fixed, groups: fc.array(group, { minLength: 1, maxLength: 2 }), zones: upTo(3, 1) },
  daemon: fc.boolean(),
});

type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;

const types = [
  aHostType({ name: "large", capacity: { cpu: 2500, memory: 2600 } }),
  aHostType({ name: "larger", capacity: { cpu: 5200, memory: 3900 } }),
];

function placeable(
  name: string,
  { cpu, memory, rankings, distinct, exclusive }: Case["fixed"][number]["task"],
): PlaceableTask {
  return {
    ...{
      service: name,
      group: name,
      demand: { resources: { cpu, memory }, exclusive, kinds: ["x86"] },
      rankings,
      distinct,
    },
    ...{ allowsHost: () => true, allowsInstance: null },
  };
}

function caseOf(random: Case): GivenCase {
  const providers = random.groups.map(
    ({ more, countMin, instanceTypes, ...growth }, at): CapacityProvider =>
      aGroup(
        { name: `g${at}`, instanceTypes, countMin, countMax: more === null ? null : countMin + more },
        { ...growth, managed: growth.managed && managed(growth.managed) },
      ),
  );
  const named = <T extends { readonly task: Case["fixed"][number]["task"]; readonly provider: number }>(
    all: readonly T[],
    letter: string,
  ) =>
    all.map((one, at) => ({
      ...{ ...one, name: `${letter}${at}`, task: placeable(`${letter}${at}`, one.task) },
      provider: `g${Math.min(one.provider, providers.length - 1)}`,
    }));
  const agent = { cpu: 100, memory: 200, rankings: [], distinct: false, exclusive: [] };
  return {
    services: named(random.services, "s"),
    // In front of and behind them by name.
    fixed: named(random.fixed, "f").map((one) => ({ ...one, startSeconds: 0, endSeconds: periodSeconds })),
    daemons: random.daemon ? [placeable("agent", agent)] : [],
    groups: providers,
    zones: ["a", "b", "c"].slice(0, random.zones),
    hostOf: (type, zone, provider) => {
      const { capacity = {}, kind = "" } = types.find(({ name }) => name === type) ?? {};
      return { type, kind, zone, provider, capacity, attributes: { zone, type } };
    },
    periodSeconds,
  };
}

function played(given: GivenCase) {
  const all = [...given.services, ...given.fixed];
  const lifetimeOf = ({ steps, drainSeconds }: GivenCase["services"][number]) =>
    aLifetime({
      behaviour: { startSeconds: 0, drainSeconds, stops: "newest", utilizationMaxPercent: 100 },
      scaling: aScaling({
        scheduledActions: steps.map(([at, count]) => ({
          ...{ name: "set", min: count, max: count },
          schedule: { expression: `${at}`, timeZone: "UTC", startSeconds: null, endSeconds: null },
        })),
      }),
    });
  const always = { kind: "always" } as const;
  const tasks = [
    ...all.map((one) => ({ ...one.task, provider: one.provider })),
    ...given.daemons.map((one) => ({ ...one, provider: "" })),
  ];
  return playedOn({
    services: Object.fromEntries([
      ...given.services.map((one) => [one.name, { tasks: one.tasks, lifetime: lifetimeOf(one) }] as const),
      ...given.fixed.map(({ name, count }) => [name, { tasks: count, lifetime: always }] as const),
    ]),
    tasks: Object.fromEntries(
      tasks.map(({ provider, ...one }) => [
        one.service,
        { ...one, providers: provider === "" ? [] : [{ name: provider, base: 0, weight: 1 }] },
      ]),
    ),
    ...{
      groups: given.groups,
      types,
      zones: given.zones,
      daemons: given.daemons.map(({ service }) => service),
      periodSeconds,
    },
  });
}

test("services on shared instances come out as second by second, task by task: instances, waiting, task-seconds, whose they were", () => {
  fc.assert(
    fc.property(anyCase, (random) => {
      const given = caseOf(random);
      const all = [...given.services, ...given.fixed];
      // A task that fits no instance is a problem before anything is played.
      fc.pre(
        all.every(
          ({ task }) => (task.demand.resources.cpu ?? 0) <= 2400 && (task.demand.resources.memory ?? 0) <= 2400,
        ),
      );
      const reference = new SecondBySecond(given);
      const result = played(given);
      for (const [at, { name }] of given.groups.entries()) {
        expect(instancesOf(result, at)).toEqual(reference.counts.get(name));
      }
      for (const { name } of given.services) {
        const waits = reference.waits.get(name) ?? [];
        const waiting = result.reports.find(({ service }) => service === name)?.waiting;
        expect([waiting?.tasks, waiting?.taskSeconds, waiting?.longestSeconds]).toEqual([
          waits.length,
          waits.reduce((sum, seconds) => sum + seconds, 0),
          Math.max(0, ...waits),
        ]);
      }
      const area = (name: string) =>
        result.lives
          .filter(({ service }) => service === name)
          .reduce((sum, { count, startSeconds, endSeconds }) => sum + count * (endSeconds - startSeconds), 0);
      for (const { name } of all) expect([name, area(name)]).toEqual([name, reference.taskSeconds.get(name) ?? 0]);
      const rows = result.overTime.filter(({ instanceSeconds }) => instanceSeconds > 0);
      const keyOf = (row: (typeof rows)[number]) => `${row.instanceType} ${given.zones[row.zone]} ${row.provider}`;
      expect(new Map(rows.map((row) => [keyOf(row), row.instanceSeconds]))).toEqual(reference.instanceSeconds);
      const bound = rows.flatMap((row) =>
        row.boundSeconds.map((one) => [`${keyOf(row)} ${one.resource} ${one.service}`, one.amountSeconds] as const),
      );
      expect(new Map(bound)).toEqual(reference.bound);
    }),
    { numRuns: 300 },
  );
});
