import { describe, expect, test } from "vitest";
import { asConfigured } from "../../api/aws/as-configured.ts";
import { add, fraction, multiply } from "../../api/core/model/fraction.ts";
import type { Service } from "../../api/core/model/workload.ts";
import strategies from "../cases/capacity-provider-shares.json" with { type: "json" };
import { aService, aTask, aWorkload } from "../core/sample-workload.ts";

describe("capacity provider strategies", () => {
  test.each(strategies.cases)("$given: $expected ($id)", ({ strategy, tasks, expected }) => {
    const { assignments, problems } = configured({ capacityProviderStrategy: strategy, tasks });

    const taskShares = assignments.map(
      ({ launchType, share }) => [launchType, multiply(share, fraction(tasks))] as const,
    );
    expect(problems).toEqual([]);
    expect(Object.fromEntries(taskShares.map(([launchType, share]) => [launchType, written(share)]))).toEqual(expected);
    expect(taskShares.map(([, share]) => share).reduce(add)).toEqual(fraction(tasks));
  });

  test("FARGATE beside an Auto Scaling group is refused (CP-7)", () => {
    const capacityProviderStrategy = [
      { capacityProvider: "FARGATE", base: 0, weight: 1 },
      { capacityProvider: "my-group", base: 0, weight: 1 },
    ];

    const { assignments, problems } = configured({ capacityProviderStrategy });

    expect(assignments).toEqual([]);
    expect(problems).toEqual([
      {
        code: "capacity_providers_mixed",
        path: "services[0].capacityProviderStrategy",
        message: expect.stringContaining("Split the service"),
      },
    ]);
  });

  test("two Auto Scaling groups are one fleet of EC2, and that is an assumption", () => {
    const capacityProviderStrategy = [
      { capacityProvider: "blue", base: 1, weight: 1 },
      { capacityProvider: "green", base: 0, weight: 2 },
    ];

    const { assignments, assumptions } = configured({ capacityProviderStrategy, tasks: 5 });

    expect(assignments).toEqual([{ service: "web", launchType: "ec2", share: fraction(1) }]);
    expect(assumptions).toEqual([
      { code: "capacity_provider_on_demand", text: expect.stringContaining("blue, green") },
    ]);
  });

  test("no tasks at all are split by weight alone, so that the option can be named", () => {
    const capacityProviderStrategy = [
      { capacityProvider: "FARGATE", base: 2, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
    ];

    const { assignments } = configured({ capacityProviderStrategy, tasks: 0 });

    expect(assignments.map(({ launchType, share }) => [launchType, written(share)])).toEqual([
      ["fargate", "1/4"],
      ["fargate-spot", "3/4"],
    ]);
  });
});

describe("launch types", () => {
  test.each([
    ["FARGATE", "fargate"],
    ["EC2", "ec2"],
    ["MANAGED_INSTANCES", "ecs-managed-instances"],
    ["EXTERNAL", "ecs-anywhere"],
  ])("%s is %s, and nothing is assumed", (launchType, id) => {
    expect(configured({ launchType })).toEqual({
      assignments: [{ service: "web", launchType: id, share: fraction(1) }],
      assumptions: [],
      problems: [],
    });
  });

  test.each([
    [["FARGATE"], "fargate", "launch_type_from_compatibilities"],
    [["MANAGED_INSTANCES"], "ecs-managed-instances", "launch_type_from_compatibilities"],
    [["EXTERNAL"], "ecs-anywhere", "launch_type_from_compatibilities"],
    [["EC2"], "ec2", "launch_type_default"],
    [["EC2", "FARGATE"], "ec2", "launch_type_default"],
    [[], "ec2", "launch_type_default"],
  ])("a silent service whose task requires %j goes to %s, and that is an assumption", (compatibilities, id, code) => {
    const { assignments, assumptions } = configured({ taskDefinition: aTask({ compatibilities }) });

    expect(assignments.map(({ launchType }) => launchType)).toEqual([id]);
    expect(assumptions.map((assumption) => assumption.code)).toEqual([code]);
  });

  test("a strategy counts before a launch type", () => {
    const capacityProviderStrategy = [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }];

    const { assignments } = configured({ launchType: "EC2", capacityProviderStrategy });

    expect(assignments.map(({ launchType }) => launchType)).toEqual(["fargate-spot"]);
  });
});

function configured(fields: Partial<Service>) {
  return asConfigured(aWorkload([aService(fields)]));
}

function written({ numerator, denominator }: { readonly numerator: bigint; readonly denominator: bigint }): string {
  return denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
}
