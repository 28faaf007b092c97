import { describe, expect, test } from "vitest";
import { Exact } from "../../../api/core/model/exact.ts";
import type { HostType, InstanceLife, TaskDemand } from "../../../api/core/model/placement.ts";
import type { PlacementRequest } from "../../../api/core/model/placement-request.ts";
import { place } from "../../../api/core/placement/place.ts";
import { aPlacementRequest, aServiceTask, zoneNames } from "./sample-request.ts";

const large = hostType("large", { cpu: 2048, memory: 4000 }, "0.10");
const xlarge = hostType("xlarge", { cpu: 4096, memory: 8000 }, "0.19");

describe("the cheapest type", () => {
  test("holds four tasks of half a large: one xlarge at $0.19 beats two large at $0.20", () => {
    expect(fleetOf(request({ web: [4, { cpu: 1024, memory: 2000 }] }, [large, xlarge]))).toEqual([
      ["xlarge", 1, { web: 4 }],
    ]);
  });

  test("for five such tasks is large: three at $0.30 beat two xlarge at $0.38", () => {
    expect(fleetOf(request({ web: [5, { cpu: 1024, memory: 2000 }] }, [large, xlarge]))).toEqual([
      ["large", 2, { web: 2 }],
      ["large", 1, { web: 1 }],
    ]);
  });

  test("holds the largest task: one of 2,049 CPU units does not go on large", () => {
    expect(fleetOf(request({ web: [1, { cpu: 2049, memory: 1 }] }, [large, xlarge]))).toEqual([
      ["xlarge", 1, { web: 1 }],
    ]);
  });

  test("fills what large tasks leave with small ones before it opens another", () => {
    const services = { big: [2, { cpu: 1500, memory: 1000 }], small: [2, { cpu: 500, memory: 1000 }] } as const;

    expect(fleetOf(request(services, [large]))).toEqual([["large", 2, { big: 1, small: 1 }]]);
  });

  test("with an estimated price is taken only where no published one holds the tasks", () => {
    const guessed = { ...hostType("guessed", { cpu: 4096, memory: 8000 }, "0.01"), estimated: true };

    expect(fleetOf(request({ web: [1, { cpu: 1024, memory: 100 }] }, [large, guessed]))).toEqual([
      ["large", 1, { web: 1 }],
    ]);
    expect(fleetOf(request({ web: [1, { cpu: 4096, memory: 100 }] }, [large, guessed]))).toEqual([
      ["guessed", 1, { web: 1 }],
    ]);
  });
});

describe("zones", () => {
  test("share 7 tasks as 3, 2 and 2", () => {
    const fleet = placed(request({ web: [7, { cpu: 1024, memory: 100 }] }, [large], { zones: 3 }));
    const perZone = [0, 1, 2].map((zone) => sumOf(fleet.filter((life) => life.zone === zone)));

    expect(perZone.sort()).toEqual([2, 2, 3]);
    expect(sumInstances(fleet)).toBe(4);
  });

  test("of two services with one task each are one: the odd tasks go where an instance is open already", () => {
    const services = { a: [1, { cpu: 1024, memory: 100 }], b: [1, { cpu: 1024, memory: 100 }] } as const;

    expect(sumInstances(placed(request(services, [large], { zones: 3 })))).toBe(1);
  });
});

describe("room for a deployment", () => {
  test("is one more instance where every one is full, and it is kept free", () => {
    const fleet = placed(request({ web: [2, { cpu: 1024, memory: 100 }] }, [large], { room: { web: 1 } }));

    expect(fleet.map(({ count, spare, tasks }) => [count, spare, tasks])).toEqual([
      [1, false, [{ service: "web", count: 2 }]],
      [1, true, []],
    ]);
  });

  test("is nothing more where a task still fits", () => {
    expect(sumInstances(placed(request({ web: [1, { cpu: 1024, memory: 100 }] }, [large], { room: { web: 1 } })))).toBe(
      1,
    );
  });

  test("is for one service at a time: the largest need counts, not the sum", () => {
    const services = { a: [2, { cpu: 1024, memory: 100 }], b: [1, { cpu: 2048, memory: 100 }] } as const;

    const fleet = placed(request(services, [large], { room: { a: 4, b: 1 } }));

    expect(fleet.filter((life) => life.spare).map(({ count }) => count)).toEqual([2]);
  });

  test("is given by one more instance for as long as a job takes it: 600 of 3,600 seconds", () => {
    const services = { web: [1, { cpu: 2048, memory: 100 }], job: [1, { cpu: 1, memory: 1 }] } as const;
    const asked = request(services, [large], { room: { web: 1 } });
    const lives = asked.lives.map((life) => (life.service === "job" ? { ...life, endSeconds: 600 } : life));

    const fleet = placed({ ...asked, lives });

    expect(fleet.map(({ endSeconds, spare }) => [endSeconds, spare])).toEqual([
      [3600, false],
      [3600, false],
      [600, true],
    ]);
  });
});

describe("daemons", () => {
  test("are on every instance, the free ones too, and their share is taken first", () => {
    const services = { web: [2, { cpu: 1024, memory: 100 }], log: [0, { cpu: 100, memory: 100 }] } as const;

    const fleet = placed(request(services, [large], { daemons: ["log"], room: { web: 2 } }));

    expect(fleet.map(({ count, tasks, used }) => [count, tasks, used.cpu])).toEqual([
      [2, tasksOf({ web: 1, log: 1 }), 1124],
      [2, tasksOf({ log: 1 }), 100],
    ]);
  });

  test("alone need no instance", () => {
    expect(placed(request({ log: [0, { cpu: 100, memory: 100 }] }, [large], { daemons: ["log"] }))).toEqual([]);
  });
});

describe("what an instance has one of", () => {
  test("keeps tasks apart: three with port 80 need three instances, and others fill them up", () => {
    const services = { web: [3, { cpu: 10, memory: 10 }, ["tcp/80"]], api: [6, { cpu: 10, memory: 10 }] } as const;

    expect(fleetOf(request(services, [large]))).toEqual([
      ["large", 1, { web: 1, api: 6 }],
      ["large", 2, { web: 1 }],
    ]);
  });

  test("does not keep a service with another port away", () => {
    const services = { a: [2, { cpu: 1, memory: 1 }, ["tcp/80"]], b: [2, { cpu: 1, memory: 1 }, ["tcp/81"]] } as const;

    expect(fleetOf(request(services, [large]))).toEqual([["large", 2, { a: 1, b: 1 }]]);
  });
});

describe("kinds", () => {
  const arm = { ...hostType("arm", { cpu: 2048, memory: 4000 }, "0.08"), kind: "arm64" };
  const both = { kinds: ["x86_64", "arm64"] };

  test("of tasks that run on either are the cheaper one for all of them", () => {
    expect(fleetOf(request({ web: [1, { cpu: 1, memory: 1 }, [], both.kinds] }, [large, arm]))).toEqual([
      ["arm", 1, { web: 1 }],
    ]);
  });

  test("that differ are a type each, and who runs on both joins whichever is cheapest", () => {
    const services = {
      a: [1, { cpu: 1024, memory: 1 }, [], ["x86_64"]],
      b: [1, { cpu: 2048, memory: 1 }, [], ["arm64"]],
      c: [1, { cpu: 1024, memory: 1 }, [], both.kinds],
    } as const;

    expect(fleetOf(request(services, [large, arm])).sort()).toEqual([
      ["arm", 1, { b: 1 }],
      ["large", 1, { a: 1, c: 1 }],
    ]);
  });
});

describe("problems", () => {
  test("name the task that no type holds, and what it wants", () => {
    const result = place(request({ web: [1, { cpu: 5000, memory: 1 }] }, [large, xlarge]));

    expect(result).toMatchObject({ ok: false, problems: [{ code: "no_instance_type" }] });
    expect(JSON.stringify(result)).toContain("web (5000 cpu, 1 memory)");
  });

  test("name the services that no one type holds together", () => {
    const fat = hostType("fat", { cpu: 512, memory: 60_000 }, "0.2");
    const services = { web: [1, { cpu: 2048, memory: 1 }], cache: [1, { cpu: 1, memory: 60_000 }] } as const;

    const result = place(request(services, [large, fat]));

    expect(JSON.stringify(result)).toMatch(
      /No one instance type holds a task of each service \((web, cache|cache, web)\)/,
    );
  });

  test("say so where there is no type at all, and nothing to place needs none", () => {
    expect(place(request({ web: [1, { cpu: 1, memory: 1 }] }, []))).toMatchObject({ ok: false });
    expect(placed(request({}, []))).toEqual([]);
  });
});

type Asked = readonly [
  count: number,
  resources: Record<string, number>,
  exclusive?: readonly string[],
  kinds?: readonly string[],
];

function request(
  services: Readonly<Record<string, Asked>>,
  hostTypes: readonly HostType[],
  fields: { zones?: number; daemons?: readonly string[]; room?: Readonly<Record<string, number>> } = {},
): PlacementRequest {
  const demandOf = ([, resources, exclusive = [], kinds = ["x86_64"]]: Asked): TaskDemand => ({
    resources,
    exclusive,
    kinds,
  });
  return aPlacementRequest({
    lives: Object.entries(services)
      .filter(([, [count]]) => count > 0)
      .map(([service, [count]]) => ({ service, count, startSeconds: 0, endSeconds: 3600, times: 1 })),
    tasks: new Map(
      Object.entries(services).map(([service, asked]) => [service, aServiceTask(service, demandOf(asked))]),
    ),
    daemons: fields.daemons ?? [],
    hostTypes,
    zones: zoneNames(fields.zones ?? 1),
    room: new Map(Object.entries(fields.room ?? {})),
  });
}

function hostType(name: string, capacity: Record<string, number>, costPerHour: string): HostType {
  const cost = { costPerHour: new Exact(costPerHour), roughCostPerHour: Number(costPerHour) };
  return { name, kind: "x86_64", capacity, ...cost, estimated: false };
}

function placed(asked: PlacementRequest): readonly InstanceLife[] {
  const result = place(asked);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value.instances;
}

/** Type, count and tasks by service of each row of the fleet. */
function fleetOf(asked: PlacementRequest): [string, number, Record<string, number>][] {
  return placed(asked).map(({ instanceType, count, tasks }) => [
    instanceType,
    count,
    Object.fromEntries(tasks.map((on) => [on.service, on.count])),
  ]);
}

function sumOf(fleet: readonly InstanceLife[]): number {
  return fleet.reduce((sum, life) => sum + life.count * life.tasks.reduce((tasks, on) => tasks + on.count, 0), 0);
}

function sumInstances(fleet: readonly InstanceLife[]): number {
  return fleet.reduce((sum, life) => sum + life.count, 0);
}

function tasksOf(counts: Record<string, number>) {
  return Object.entries(counts).map(([service, count]) => ({ service, count }));
}
