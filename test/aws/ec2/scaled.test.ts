import { describe, expect, test } from "vitest";
import type { Estimate } from "../../../api/core/model/comparison.ts";
import { Exact } from "../../../api/core/model/exact.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";

const [virginia] = await bundledBooks("us-east-1");

const resource = { ServiceNamespace: "ecs", ScalableDimension: "ecs:service:DesiredCount" };

/** For ten hours: two tasks of half an m5.large, ten from the third hour on, two again from the fifth on. */
function request(cluster: object, service: object = {}) {
  const set = (at: string, count: number) => ({
    ...{ ...resource, ScheduledActionName: at, Schedule: `at(2026-11-01T${at}:00:00)` },
    ScalableTargetAction: { MinCapacity: count, MaxCapacity: count },
  });
  return {
    region: "us-east-1",
    hours: 10,
    period: { start: "2026-11-01T00:00:00Z", timeZone: "UTC" },
    taskDefinitions: [{ family: "web", containerDefinitions: [{ name: "web", cpu: 1000, memory: 3000 }] }],
    services: [
      {
        ...{ serviceName: "web", taskDefinition: "web", desiredCount: 2 },
        scaling: {
          ScalableTargets: [{ ...resource, MinCapacity: 2, MaxCapacity: 10 }],
          ScheduledActions: [set("02", 10), set("04", 2)],
        },
        ...service,
      },
    ],
    cluster: { zones: 1, ...cluster },
    options: ["ec2", "ec2-mixed", "ec2-reserved"],
  };
}

const packed = { placementStrategy: [{ type: "binpack", field: "memory" }] };
const own = { name: "own", instanceTypes: ["m5.large"] };

function ec2(asked: object): Estimate {
  return optionOf(comparisonOf(asked, virginia), "ec2");
}

describe("a service that scales on a capacity provider of m5.large", () => {
  const estimate = ec2(request({ capacityProviders: [own] }, packed));

  test("has one instance for 2 tasks, five for 10 from 02:00 on, and one again 14 to 17 minutes after 04:00", () => {
    expect(estimate.scaling?.capacityProviders).toMatchObject([
      {
        ...{ provider: "own", peak: 5, launches: 4 },
        timeline: [
          { startSeconds: 0, instances: 1, ready: 1 },
          { startSeconds: 7200, instances: 5, ready: 1 },
          { startSeconds: 7320, instances: 5, ready: 5 },
          { startSeconds: 15_240, instances: 3, ready: 3 },
          { startSeconds: 15_300, instances: 2, ready: 2 },
          { startSeconds: 15_360, instances: 1, ready: 1 },
        ],
      },
    ]);
  });

  test("pays for 10 hours of the one and for each of the others from its launch on: 18.983 instance-hours, $1.82", () => {
    // 36,000 + 2 × 8,040 + 8,100 + 8,160 seconds, at $0.096.
    const charge = estimate.charges.find(({ sku }) => sku === "ec2/linux/m5.large");

    expect([charge?.quantity.toFixed(3), charge?.cost.toFixed(4)]).toEqual(["18.983", "1.8224"]);
  });

  test("is given its own part of that by what it took of them, and what is idle is nobody's", () => {
    const sum = estimate.allocation.reduce((whole, { cost }) => whole.plus(cost), new Exact(0));
    const [web, idle] = estimate.allocation;

    expect(sum.toFixed(10)).toBe(estimate.total?.toFixed(10));
    expect([web?.service, idle?.service]).toEqual(["web", null]);
    // Tasks: 2 for 10 hours and 8 more from 02:02 to 04:00, each 1,000 of 2,048 CPU units.
    const share = ((2 * 36_000 + 8 * 7080) * 1000) / 2048 / (36_000 + 2 * 8040 + 8100 + 8160);
    expect(web?.cost.div(estimate.total ?? 1).toNumber()).toBeCloseTo(share, 9);
  });

  test("has a fleet of one row: five at most", () => {
    expect(estimate.fleet?.map(({ count, instanceType, provider }) => [count, instanceType, provider])).toEqual([
      [5, "m5.large", "own"],
    ]);
  });

  test("says what had to be assumed, with the figures of the group", () => {
    const texts = new Map(estimate.assumptions.map(({ code, text }) => [code, text]));

    expect(texts.get("ec2_managed_scaling")).toMatch(/out after 1 .* 300 s after the last launch, in after 15/);
    expect(texts.get("ec2_instance_start")).toMatch(/takes tasks 120 s after its launch/);
    expect(texts.has("ec2_idle_first")).toBe(true);
    expect(texts.has("ec2_deployment_room")).toBe(false);
    expect(texts.has("ec2_group_chosen")).toBe(false);
  });
});

test("what is always on keeps its instance, shares it with what scales, and is allotted for itself", () => {
  const asked = request({ capacityProviders: [own] }, packed);
  const db = { serviceName: "db", taskDefinition: "web", desiredCount: 1, launchType: "EC2" };
  const estimate = ec2({ ...asked, services: [...asked.services, db] });

  expect(estimate.scaling?.capacityProviders[0]?.timeline[0]).toMatchObject({ instances: 2 });
  expect(estimate.allocation.map(({ service }) => service)).toEqual(["web", "db", null]);
});

describe("without given capacity", () => {
  const estimate = ec2(request({ instanceTypes: ["m5.large", "m5.xlarge", "c5.large"] }, packed));

  test("a group of the cheapest type that is played out is chosen, and said so", () => {
    expect(estimate.scaling?.capacityProviders).toHaveLength(1);
    expect(estimate.fleet?.map(({ instanceType }) => instanceType)).toEqual(["m5.large"]);
    expect(estimate.assumptions.map(({ code }) => code)).toContain("ec2_group_chosen");
  });

  test("Spot instances of at least two types are launched in turn", () => {
    const asked = { ...request({ spotInstanceTypesMin: 2 }, packed), options: ["ec2-spot"] };
    const { fleet, scaling } = optionOf(comparisonOf(asked, virginia), "ec2-spot");

    expect(new Set(fleet?.map(({ instanceType }) => instanceType)).size).toBe(2);
    expect(scaling?.capacityProviders.map(({ instanceTypes }) => instanceTypes.length)).toEqual([2]);
  });

  test("tasks of two architectures have a group each, and the bill is theirs", () => {
    const asked = request({}, packed);
    const runtimePlatform = { cpuArchitecture: "ARM64" };
    const arm = { family: "arm", runtimePlatform, containerDefinitions: [{ name: "arm", cpu: 500, memory: 1000 }] };
    const services = [...asked.services, { serviceName: "arm", taskDefinition: "arm", desiredCount: 3 }];
    const both = ec2({ ...asked, taskDefinitions: [...asked.taskDefinitions, arm], services });

    expect(both.scaling?.capacityProviders).toHaveLength(2);
    expect(both.allocation.map(({ service }) => service)).toEqual(["web", "arm", null]);
    expect(both.problems).toEqual([]);
  });

  test("the cheapest mix and reserved instances refuse what scales, each with its reason", () => {
    const comparison = comparisonOf(request({}), virginia);

    expect(optionOf(comparison, "ec2-mixed").problems).toMatchObject([
      { code: "scaled_on_instances", message: expect.stringContaining("the cheapest mix is of instances that stay") },
    ]);
    expect(optionOf(comparison, "ec2-reserved").problems).toMatchObject([
      { code: "scaled_on_instances", message: expect.stringContaining("do not come and go") },
    ]);
  });

  test("room for the loss of a zone is refused rather than left out", () => {
    expect(ec2(request({ zones: 2, surviveZoneLoss: true })).problems.map(({ code }) => code)).toEqual([
      "scaled_on_instances",
    ]);
  });
});

test("a task that no instance of the provider holds is not placed, in the words of ECS", () => {
  const asked = request({ capacityProviders: [{ ...own, instanceTypes: ["c5.large"] }] });
  const large = {
    ...asked,
    taskDefinitions: [{ family: "web", containerDefinitions: [{ name: "web", cpu: 1000, memory: 9000 }] }],
  };

  expect(ec2(large).problems).toMatchObject([
    { code: "task_not_placed", message: expect.stringContaining("insufficient memory available") },
  ]);
});

test("of 7 tasks that are always on, 3 find no room on a provider of two instances at most", () => {
  const asked = request({ capacityProviders: [{ ...own, max: 2 }] }, packed);
  const db = { serviceName: "db", taskDefinition: "web", desiredCount: 7 };

  expect(ec2({ ...asked, services: [...asked.services, db] }).problems).toMatchObject([
    {
      code: "task_not_placed",
      path: "services[1]",
      message: expect.stringMatching(/^3 of the tasks of db find no room/),
    },
  ]);
});

test("the older way: at 75 % of CPU reserved the group grows by its policy, after tasks have waited for it", () => {
  const scalingPolicies = [
    {
      ...{ PolicyName: "reserved", PolicyType: "TargetTrackingScaling" },
      TargetTrackingConfiguration: {
        TargetValue: 75,
        CustomizedMetricSpecification: { Namespace: "AWS/ECS", MetricName: "CPUReservation" },
      },
    },
  ];
  const estimate = ec2(request({ capacityProviders: [{ ...own, max: 10, scalingPolicies }] }, packed));
  const timeline = estimate.scaling?.capacityProviders[0]?.timeline ?? [];

  // 98 % reserved for three minutes: ceil(1 × 97.7 / 75) = 2, 49 % then, in after fifteen minutes below 67.5: ceil(2 × 48.8 / 75) = 2, not fewer.
  expect(timeline.slice(0, 2).map(({ startSeconds, instances }) => [startSeconds, instances])).toEqual([
    [0, 1],
    [180, 2],
  ]);
  expect(Math.max(...timeline.map(({ instances }) => instances))).toBeGreaterThan(5);
});
