import { describe, expect, test } from "vitest";
import type { InstanceLife } from "../../api/core/model/placement.ts";
import { type Settings, unsetSettings } from "../../api/core/model/settings.ts";
import type { Service } from "../../api/core/model/workload.ts";
import { faultsOf } from "./placement-checker.ts";
import { aBook, anInstanceType } from "./sample-book.ts";
import { aContainer, aService, aTask } from "./sample-workload.ts";

const book = aBook([], {
  instanceTypes: [
    anInstanceType(),
    anInstanceType({ name: "g9.large", gpus: 1 }),
    anInstanceType({ name: "m9g.large", architecture: "arm64" }),
  ],
});
const oneZone = { ...unsetSettings, zones: 1 };
const web = aService({ tasks: 2, taskDefinition: aTask({ cpuUnits: 512, memoryMiB: 1000, networkMode: "bridge" }) });

describe("a checked fleet", () => {
  test("that holds its tasks has no faults", () => {
    expect(faultsOf(aFleet([web], [on({ web: 2 })]))).toEqual([]);
  });

  test.each<[what: string, services: Service[], fleet: InstanceLife[], settings: Settings, fault: RegExp]>([
    ["CPU overrun", [tasks(5)], [on({ web: 5 })], oneZone, /2560 of 2048 CPU units/],
    ["memory overrun", [bigMemory(8)], [on({ web: 8 })], oneZone, /8000 of 7800 MiB of memory/],
    [
      "memory overrun by what the agent keeps",
      [bigMemory(7)],
      [on({ web: 7 })],
      { ...oneZone, reservedMemoryMiB: 1000 },
      /7000 of 6800 MiB/,
    ],
    ["a third awsvpc task on three interfaces", [awsvpc(3)], [on({ web: 3 })], oneZone, /3 of 2 network interfaces/],
    ["a GPU that is not there", [gpu(1)], [on({ web: 1 })], oneZone, /1 of 0 GPUs/],
    ["a host port twice", [ports(2, [8080])], [on({ web: 2 })], oneZone, /host port claimed twice/],
    ["a host port of the agent", [ports(1, [51678])], [on({ web: 1 })], oneZone, /a host port of the agent/],
    [
      "96 host ports",
      [
        ports(
          1,
          Array.from({ length: 96 }, (_, at) => 3000 + at),
        ),
      ],
      [on({ web: 1 })],
      oneZone,
      /96 of 95 host ports/,
    ],
    [
      "two tasks that want distinct instances",
      [distinct(2)],
      [on({ web: 2 })],
      oneZone,
      /2 tasks of web, which wants distinct/,
    ],
    [
      "another architecture",
      [web],
      [on({ web: 2 }, { instanceType: "m9g.large" })],
      oneZone,
      /web runs on x86_64, m9g.large is arm64/,
    ],
    [
      "a type nobody sells",
      [web],
      [on({ web: 2 }, { instanceType: "m0.huge" })],
      oneZone,
      /m0.huge is in no price list/,
    ],
    ["a task too few", [tasks(3)], [on({ web: 2 })], oneZone, /2 of 3 tasks of web are placed/],
    ["a task twice", [tasks(1)], [on({ web: 2 })], oneZone, /2 of 1 tasks of web are placed/],
    ["an instance for nothing", [web], [on({ web: 2 }), on({})], oneZone, /an instance without tasks/],
    [
      "an instance that goes too soon",
      [web],
      [on({ web: 2 }, { endSeconds: 3599 })],
      oneZone,
      /web outlives its m9.large/,
    ],
    ["all tasks in one of three zones", [web], [on({ web: 2 })], unsetSettings, /web is spread 2,0,0/],
    ["no room for a deployment", [tasks(4)], [on({ web: 4 })], oneZone, /finds room for 0 of 1 more/],
    [
      "room only on an instance that goes",
      [tasks(4)],
      [on({ web: 4 }), on({}, { spare: true, endSeconds: 600 })],
      oneZone,
      /finds room for 0 of 1 more/,
    ],
    [
      "room on another architecture",
      [tasks(4)],
      [on({ web: 4 }), on({}, { spare: true, instanceType: "m9g.large" })],
      oneZone,
      /finds room for 0 of 1 more/,
    ],
    [
      "too little of the room asked for",
      [tasks(3)],
      [on({ web: 3 })],
      { ...oneZone, deploymentRoom: "maximum-percent" },
      /finds room for 1 of 3 more/,
    ],
    [
      "an instance without its daemon",
      [web, daemon()],
      [on({ web: 2 })],
      oneZone,
      /0 tasks of the daemon log on m9.large/,
    ],
    ["two daemons on an instance", [web, daemon()], [on({ web: 2, log: 2 })], oneZone, /2 tasks of the daemon log/],
  ])("is faulted for %s", (_, services, fleet, settings, fault) => {
    expect(faultsOf(aFleet(services, fleet, settings)).join("\n")).toMatch(fault);
  });

  test("without an observation registers less than its nominal memory by the published fits", () => {
    const fitted = (fields: Parameters<typeof anInstanceType>[0]) => {
      const type = anInstanceType({ registeredMemoryMiB: null, memoryMiB: 8192, ...fields });
      const services = [bigMemory(8)];
      const fleet = [on({ web: 8 }, { instanceType: type.name })];
      const faults = faultsOf({ ...aFleet(services, fleet), book: aBook([], { instanceTypes: [type] }) });
      return Number(/of (\d+) MiB/.exec(faults.join())?.[1]);
    };

    expect(fitted({ name: "m7i.large" })).toBe(7756);
    expect(fitted({ name: "m7g.large", architecture: "arm64" })).toBe(7692);
    expect(fitted({ name: "m5a.large" })).toBe(7628);
    expect(fitted({ name: "c5a.large" })).toBe(7570);
    expect(fitted({ name: "m3.large", hypervisor: "xen" })).toBe(7911);
  });

  test("may hold a deployment whose old tasks stop first", () => {
    expect(faultsOf(aFleet([{ ...tasks(4), minimumHealthyPercent: 50 }], [on({ web: 4 })]))).toEqual([]);
  });
});

function tasks(count: number): Service {
  return { ...web, tasks: count };
}

function bigMemory(count: number): Service {
  return { ...web, tasks: count, taskDefinition: aTask({ cpuUnits: 10, memoryMiB: 1000, networkMode: "bridge" }) };
}

function awsvpc(count: number): Service {
  return { ...web, tasks: count, taskDefinition: aTask() };
}

function gpu(count: number): Service {
  const containers = [aContainer({ gpus: 1 })];
  return { ...web, tasks: count, taskDefinition: aTask({ networkMode: "bridge", containers }) };
}

function ports(count: number, hostPorts: readonly number[]): Service {
  const portMappings = hostPorts.map((hostPort) => ({ containerPort: 80, hostPort, protocol: "tcp" as const }));
  return {
    ...web,
    tasks: count,
    taskDefinition: aTask({ networkMode: "bridge", containers: [aContainer({ portMappings })] }),
  };
}

function distinct(count: number): Service {
  return { ...web, tasks: count, placementConstraints: [{ type: "distinctInstance", expression: null }] };
}

function daemon(): Service {
  return { ...web, name: "log", daemon: true, tasks: 0 };
}

function on(counts: Readonly<Record<string, number>>, fields: Partial<InstanceLife> = {}): InstanceLife {
  const life = { instanceType: "m9.large", count: 1, startSeconds: 0, endSeconds: 3600, used: {}, capacity: {} };
  const onIt = Object.entries(counts).map(([service, count]) => ({ service, count }));
  return {
    ...life,
    tasks: onIt,
    binds: "cpu",
    zone: 0,
    spare: false,
    provider: null,
    purchaseOption: null,
    existing: false,
    ...fields,
  };
}

function aFleet(services: readonly Service[], fleet: readonly InstanceLife[], settings: Settings = oneZone) {
  return { fleet, services, settings, book, periodSeconds: 3600 };
}
