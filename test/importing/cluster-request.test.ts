import { describe, expect, test } from "vitest";
import { clusterRequest, importOptions } from "../../api/importing/cluster-request.ts";
import type { ServiceRow } from "../../api/importing/service-row.ts";

const web: ServiceRow = {
  ...{ row: 2, service: "web", cluster: "shop", region: "us-east-1", tasks: 3, tasksMin: null, tasksMax: null },
  ...{ loadProfile: null, cpuUnits: 256, memoryMiB: 512, architecture: "X86_64", operatingSystem: "LINUX" },
  ...{ hours: null, options: [], owner: null, costCentre: null, interruptible: false },
};

interface Request {
  readonly hours: string;
  readonly period?: object;
  readonly options: readonly string[];
  readonly taskDefinitions: readonly { readonly family: string }[];
  readonly services: readonly { readonly scaling?: object; readonly taskDefinition: string; readonly load?: object }[];
}

function requestOf(...rows: readonly Partial<ServiceRow>[]): Request {
  return clusterRequest(rows.map((row) => ({ ...web, ...row }))) as Request;
}

describe("the rows of a cluster", () => {
  test("become a task definition and a service each, in their order", () => {
    const row = { cpuUnits: 1024, memoryMiB: 2048, architecture: "ARM64", owner: "anna", costCentre: "C1" } as const;

    expect(requestOf({ ...row, interruptible: true })).toEqual({
      ...{ region: "us-east-1", hours: "730", options: expect.any(Array) },
      taskDefinitions: [
        {
          ...{ family: "web", cpu: "1024", memory: "2048", networkMode: "awsvpc" },
          runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
          containerDefinitions: [{ name: "main", image: "main" }],
        },
      ],
      services: [
        {
          ...{ serviceName: "web", taskDefinition: "web", desiredCount: 3, launchType: "FARGATE", interruptible: true },
          tags: { owner: "anna", "cost-center": "C1" },
        },
      ],
    });
  });

  test("have families that ECS would take, each another", () => {
    const names = ["Shop: web/1", "shop-web-1", "Shop web 1", "日本", "本", "x".repeat(250)];
    const { taskDefinitions, services } = requestOf(...names.map((service) => ({ service })));
    const families = taskDefinitions.map(({ family }) => family);

    expect(families).toEqual(["Shop-web-1", "shop-web-1", "Shop-web-1-2", "service", "service-2", "x".repeat(200)]);
    expect(services.map(({ taskDefinition }) => taskDefinition)).toEqual(families);
  });

  test.each([
    ["730 hours where none says any", [null, null], "730"],
    ["the longest of them", ["100", "200.5"], "200.5"],
    ["730 where one of them says none", ["100", null], "730"],
    ["more than 730 where one says so", ["8760", null], "8760"],
  ])("are priced for %s", (_, hours, period) => {
    expect(requestOf(...hours.map((some, at) => ({ service: `${at}`, hours: some }))).hours).toBe(period);
  });

  test("end where their hours do, counted from a Monday", () => {
    const { period, services } = requestOf({ hours: "730" }, { service: "half", hours: "365.0001" });

    expect(period).toEqual({ start: "2026-01-05T00:00:00Z" });
    expect(services[0]?.scaling).toBeUndefined();
    expect(services[1]?.scaling).toEqual({
      ScalableTargets: [{ MinCapacity: 3, MaxCapacity: 3 }],
      ScheduledActions: [
        {
          ...{ ScheduledActionName: "end", Schedule: "at(2026-01-20T05:00:00)" },
          ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
        },
      ],
    });
  });

  test.each([
    [{ tasksMin: 2, tasksMax: 9 }, [2, 9]],
    [{ tasksMin: 2 }, [2, 3]],
    [{ tasksMax: 9 }, [3, 9]],
    [{ tasksMin: 5, tasks: 5 }, [5, 5]],
  ])("with a load profile and %j scale between the two", (bounds, [min, max]) => {
    const { services } = requestOf({ ...bounds, loadProfile: "days" });

    expect(services[0]?.load).toEqual({ profile: "days" });
    expect(services[0]?.scaling).toMatchObject({
      ScalableTargets: [{ MinCapacity: min, MaxCapacity: max }],
      ScalingPolicies: [{ TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 } }],
    });
  });

  test("do not scale without a load, whatever their bounds, nor without bounds", () => {
    const { services } = requestOf({ tasksMin: 1, tasksMax: 9 }, { service: "other", loadProfile: "days" });

    expect(services.map(({ scaling }) => scaling)).toEqual([undefined, undefined]);
  });

  test("ask for what any of them asks for, and for the usual where one asks for nothing", () => {
    const usual = requestOf({}).options;

    expect(usual).toEqual(["fargate", "fargate-spot", "ec2", "ec2-mixed", "ec2-spot", "mixed"]);
    expect(requestOf({ options: ["ec2"] }, { options: ["fargate"] }).options).toEqual(["fargate", "ec2"]);
    expect(requestOf({ options: ["ec2-reserved"] }, {}).options).toEqual([
      ...usual.slice(0, 5),
      ...["ec2-reserved", "mixed"],
    ]);
    expect(importOptions()).not.toContain("as-configured");
  });
});
