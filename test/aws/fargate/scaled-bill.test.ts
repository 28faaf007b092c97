import { expect, test } from "vitest";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";

const [book] = await bundledBooks("us-east-1");

const definition = {
  family: "web",
  cpu: "1024",
  memory: "2048",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
  runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
  containerDefinitions: [{ name: "web", image: "nginx:1" }],
};

const id = {
  ServiceNamespace: "ecs",
  ResourceId: "service/default/web",
  ScalableDimension: "ecs:service:DesiredCount",
};

/** vCPU-hours of a service within 1 to 100 tasks for a day. */
function vcpuHours(service: object): string {
  const request = {
    region: "us-east-1",
    hours: 24,
    period: { start: "2026-11-02T00:00:00Z" },
    taskDefinitions: [definition],
    services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 1, ...service }],
    options: ["fargate"],
  };
  const option = optionOf(comparisonOf(request, book), "fargate");
  const charges = option.charges.filter(({ sku }) => sku === "fargate/linux/x86_64/vcpu");
  expect([option.problems, charges.length]).toEqual([[], 1]);
  return charges[0]?.quantity.toFixed() ?? "";
}

const at = (Schedule: string, MinCapacity: number, MaxCapacity: number) => ({
  ...id,
  ScheduledActionName: Schedule,
  Schedule,
  ScalableTargetAction: { MinCapacity, MaxCapacity },
});

test("a schedule of 4 tasks from 8 to 20 h and 1 else is 60 vCPU-hours in a day, on one line", () => {
  const scaling = [
    { ...id, MinCapacity: 1, MaxCapacity: 100 },
    at("cron(0 8 * * ? *)", 4, 4),
    at("cron(0 20 * * ? *)", 1, 1),
  ];

  expect(vcpuHours({ scaling })).toBe("60");
});

test("two tasks that are there for 30 s are billed for 60 s each: 24 + 2/60 vCPU-hours", () => {
  const scaling = [
    { ...id, MinCapacity: 1, MaxCapacity: 100 },
    at("at(2026-11-02T08:00:00)", 3, 3),
    at("at(2026-11-02T08:00:30)", 1, 1),
  ];

  expect(vcpuHours({ scaling })).toMatch(/^24\.0333333333/);
});

test("three deployments a week of one task are none in a day but the one at 28 h; seven are one of 100 s", () => {
  const target = { ...id, MinCapacity: 1, MaxCapacity: 100 };

  expect(vcpuHours({ scaling: { ScalableTargets: [target], deploymentsPerWeek: 3 } })).toBe("24");
  expect(vcpuHours({ scaling: { ScalableTargets: [target], deploymentsPerWeek: 7 } })).toMatch(/^24\.0277777777/);
});

test("a canary of 10 minutes and 5 of bake time has one task run twice for 1,000 s once a day: 24 + 1000/3600 vCPU-hours", () => {
  const deploymentConfiguration = { strategy: "CANARY", bakeTimeInMinutes: 5 };
  const scaling = { ScalableTargets: [{ ...id, MinCapacity: 1, MaxCapacity: 100 }], deploymentsPerWeek: 7 };

  expect(vcpuHours({ scaling, deploymentConfiguration })).toMatch(/^24\.2777777777/);
});

test("10 vCPU of load kept at 50 % by target tracking is 20 tasks after 6 minutes, 479 vCPU-hours in a day", () => {
  const policy = {
    ...id,
    PolicyName: "cpu",
    PolicyType: "TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 50,
      PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
    },
  };
  const scaling = { ScalableTargets: [{ ...id, MinCapacity: 1, MaxCapacity: 100 }], ScalingPolicies: [policy] };
  const load = { constant: 10, unit: "vCPU" };

  // Ten tasks are all at 100 %, so that 20 are wanted at once; with a single one, 2 are, then 4, 8, 16 and 20.
  const whole = Number(vcpuHours({ scaling, load, desiredCount: 10 }));
  expect(whole).toBeCloseTo(20 * 24 - 10 * 0.1, 9);
  expect(Number(vcpuHours({ scaling, load, desiredCount: 1 }))).toBeLessThan(whole);
});
