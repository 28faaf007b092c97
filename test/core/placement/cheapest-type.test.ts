import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../../api/aws/catalogue.ts";
import type { InstanceBilledLaunchType } from "../../../api/core/model/launch-type.ts";
import type { HostType, InstanceLife, Resources, TaskDemand } from "../../../api/core/model/placement.ts";
import type { PlacementRequest } from "../../../api/core/model/placement-request.ts";
import { unsetSettings } from "../../../api/core/model/settings.ts";
import { place } from "../../../api/core/placement/place.ts";
import { pricedHosts } from "../../../api/core/priced-hosts.ts";
import { bundledBooks } from "../bundled-books.ts";
import { aWorkload } from "../sample-workload.ts";
import { aPlacementRequest, aServiceTask, zoneNames } from "./sample-request.ts";

const [book] = await bundledBooks("us-east-1");
const ec2 = catalogue.launchTypes.find(({ id }) => id === "ec2") as InstanceBilledLaunchType;
const settings = { ...unsetSettings, allowedKinds: ["burstable", "previous-generation"] as const };
const { hostTypes } = pricedHosts(ec2, aWorkload([], { settings }), { book, catalogue });

const resources = fc.record({
  cpu: fc.constantFrom(0, 100, 256, 500, 1024, 3000, 7000),
  memory: fc.constantFrom(60, 500, 1000, 1900, 4000, 12_000, 50_000),
  "network-interface": fc.constantFrom(0, 1),
});
const service = fc.record({
  resources,
  count: fc.integer({ min: 1, max: 25 }),
  exclusive: fc.constantFrom([], [], [], ["tcp/80"]),
  kinds: fc.constantFrom(["x86_64"], ["x86_64"], ["x86_64", "arm64"], ["arm64"]),
  endSeconds: fc.constantFrom(3600, 3600, 900),
  room: fc.constantFrom(0, 1, 1, 4),
});
const cluster = fc.record({
  services: fc.array(service, { minLength: 1, maxLength: 4 }),
  zones: fc.constantFrom(1, 2, 3),
  daemons: fc.constantFrom([], [], [{ cpu: 64, memory: 100, "network-interface": 0 }]),
});

describe(`over all ${hostTypes.length} types of us-east-1`, () => {
  test("the type that is chosen is cheaper than every other, each packed by itself", () => {
    fc.assert(
      fc.property(cluster, (asked) => {
        const request = requestOf(asked, hostTypes);
        const chosen = costOf(placed(request));
        const others = hostTypes.filter((type) => everyKindIs(request, type.kind));
        const cheapest = Math.min(...others.map((type) => costOf(placed({ ...request, hostTypes: [type] }))));
        expect(chosen).toBeLessThanOrEqual(cheapest * (1 + 1e-12));
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  test("and no type holds the tasks for less by plain first-fit decreasing, one task at a time", () => {
    fc.assert(
      fc.property(cluster, ({ services, ...asked }) => {
        const alike = services.map((one) => ({ ...one, kinds: ["x86_64"], endSeconds: 3600, room: 0 }));
        const request = requestOf({ ...asked, services: alike, zones: 1, daemons: [] }, hostTypes);
        const types = hostTypes.filter(({ kind }) => kind === "x86_64");
        const cheapest = Math.min(...types.map((type) => firstFitDecreasing(request, type)));
        expect(costOf(placed(request))).toBeLessThanOrEqual(cheapest * (1 + 1e-12));
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});

interface Cluster {
  readonly services: readonly (TaskDemand & {
    readonly count: number;
    readonly endSeconds: number;
    readonly room: number;
  })[];
  readonly zones: number;
  readonly daemons: readonly Resources[];
}

function requestOf({ services, zones, daemons }: Cluster, types: readonly HostType[]): PlacementRequest {
  const daemonDemands = daemons.map(
    (each, at) => [`daemon-${at}`, { resources: each, exclusive: [], kinds: ["x86_64", "arm64"] }] as const,
  );
  return aPlacementRequest({
    lives: services.map(({ count, endSeconds }, at) => ({
      service: `${at}`,
      count,
      startSeconds: 0,
      endSeconds,
      times: 1,
    })),
    tasks: new Map(
      [...services.map((demand, at) => [`${at}`, demand] as const), ...daemonDemands].map(([name, demand]) => [
        name,
        aServiceTask(name, demand),
      ]),
    ),
    daemons: daemonDemands.map(([name]) => name),
    hostTypes: types,
    zones: zoneNames(zones),
    room: new Map(services.map(({ room, endSeconds }, at) => [`${at}`, endSeconds === 3600 ? room : 0])),
  });
}

function placed(request: PlacementRequest): readonly InstanceLife[] | null {
  const result = place(request);
  return result.ok ? result.value.instances : null;
}

function costOf(instances: readonly InstanceLife[] | null): number {
  if (instances === null) return Number.POSITIVE_INFINITY;
  return instances.reduce((sum, { instanceType, count, startSeconds, endSeconds }) => {
    return sum + (priceOf(instanceType) * count * (endSeconds - startSeconds)) / 3600;
  }, 0);
}

const prices = new Map(hostTypes.map(({ name, costPerHour }) => [name, costPerHour.toNumber()]));

function priceOf(name: string): number {
  return prices.get(name) ?? Number.NaN;
}

function everyKindIs({ tasks, daemons }: PlacementRequest, kind: string): boolean {
  return [...tasks].every(([name, { demand }]) => daemons.includes(name) || demand.kinds.includes(kind));
}

/** The textbook's: tasks by their largest share of an instance, each into the first instance that still has room. */
function firstFitDecreasing({ lives, tasks: all }: PlacementRequest, type: HostType): number {
  const tasks = lives.flatMap(({ service: name, count }) => {
    const demand = all.get(name)?.demand;
    const shares = Object.entries(demand?.resources ?? {}).map(
      ([key, amount]) => amount && amount / (type.capacity[key] ?? 0),
    );
    const claims = { ...demand?.resources, ...Object.fromEntries(demand?.exclusive.map((port) => [port, 1]) ?? []) };
    return Array.from({ length: count }, () => ({
      claims,
      size: Math.max(...shares, demand?.exclusive.length ? 1 : 0),
    }));
  });
  if (tasks.some(({ size }) => size > 1)) return Number.POSITIVE_INFINITY;
  const bins: Record<string, number>[] = [];
  for (const { claims } of tasks.sort((a, b) => b.size - a.size)) {
    const roomFor = (bin: Record<string, number>) =>
      Object.entries(claims).every(([key, amount]) => amount + (bin[key] ?? 0) <= (type.capacity[key] ?? 1));
    const bin = bins.find(roomFor) ?? bins[bins.push({}) - 1];
    for (const [key, amount] of Object.entries(claims)) if (bin) bin[key] = (bin[key] ?? 0) + amount;
  }
  return bins.length * priceOf(type.name);
}
