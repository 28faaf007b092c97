import { expect, test } from "vitest";
import type { GroupGrowth } from "../../../api/core/model/capacity.ts";
import { problemsOf, workloadOf } from "./parsed.ts";

const web = { family: "web", containerDefinitions: [{ name: "web", cpu: 256, memory: 512 }] };

function request(fields: object) {
  const capacityProviders = [{ name: "own", instanceTypes: ["m5.large"], ...fields }];
  return { taskDefinitions: [web], cluster: { capacityProviders } };
}

function growthOf(fields: object): GroupGrowth | undefined {
  return workloadOf(request(fields)).settings.capacity?.providers[0]?.growth;
}

/** Source: botocore ecs 2014-11-13, ManagedScaling. */
const awsDefaults = { targetCapacityPercent: 100, stepMin: 1, stepMax: 10_000, warmupSeconds: 300 };

test("a group of which nothing is said has managed scaling with AWS's defaults: steps of 1 to 10,000, a warm-up of 300 s, in after 15 minutes", () => {
  expect(growthOf({})).toEqual({
    ...{ instanceStartSeconds: 120, policies: [], busyProtected: false },
    managed: { ...awsDefaults, datapointsOut: 1, datapointsIn: 15 },
  });
});

test("what describe-capacity-providers prints is read as it is", () => {
  const described = {
    capacityProviderArn: "arn:aws:ecs:us-east-1:123456789012:capacity-provider/own",
    status: "ACTIVE",
    autoScalingGroupProvider: {
      autoScalingGroupArn: "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:1:autoScalingGroupName/own",
      managedScaling: {
        ...{ status: "ENABLED", targetCapacity: 90, minimumScalingStepSize: 2, maximumScalingStepSize: 5 },
        instanceWarmupPeriod: 60,
      },
      managedTerminationProtection: "ENABLED",
      managedDraining: "ENABLED",
    },
    tags: [],
  };

  expect(growthOf(described)).toMatchObject({
    managed: { targetCapacityPercent: 90, stepMin: 2, stepMax: 5, warmupSeconds: 60 },
    busyProtected: true,
  });
  expect(workloadOf(request(described)).settings.capacity?.providers[0]?.targetCapacityPercent).toBe(90);
});

test("managed scaling that is off, or that leaves the group to a policy of its own, scales nothing", () => {
  const scalingPolicies = [
    {
      PolicyName: "reserved",
      PolicyType: "TargetTrackingScaling",
      TargetTrackingConfiguration: {
        TargetValue: 75,
        CustomizedMetricSpecification: { Namespace: "AWS/ECS", MetricName: "CPUReservation", Statistic: "Average" },
      },
      EstimatedInstanceWarmup: 200,
    },
  ];

  expect(growthOf({ managedScaling: { status: "DISABLED" } })).toMatchObject({ managed: null, policies: [] });
  expect(growthOf({ scalingPolicies })).toMatchObject({
    managed: null,
    policies: [
      { name: "reserved", target: 75, scaleOutCooldownSeconds: 200, metric: { kind: "cpu" }, low: { threshold: 67.5 } },
    ],
  });
});

test.each([
  [
    { managedScaling: { targetCapacity: 0 } },
    "out_of_range at cluster.capacityProviders[0].managedScaling.targetCapacity",
  ],
  [{ managedScaling: { warmup: 3 } }, "unknown_field at cluster.capacityProviders[0].managedScaling.warmup"],
  [
    { managedScaling: { minimumScalingStepSize: 3, maximumScalingStepSize: 2 } },
    "out_of_range at cluster.capacityProviders[0].managedScaling.minimumScalingStepSize",
  ],
  [
    { scalingPolicies: [{ PolicyName: "cpu", PolicyType: "StepScaling" }] },
    "group_policy_unknown at cluster.capacityProviders[0].scalingPolicies[0]",
  ],
])("%j is refused: %s", (fields, problem) => {
  expect(problemsOf(request(fields)).map(({ code, path }) => `${code} at ${path}`)).toEqual([problem]);
});

test("what is wrong with settings and with capacity providers is told at once, each at its place", () => {
  const cluster = {
    zones: "many",
    capacityProviders: [{ name: "own", instanceTypes: ["m5.large"], wheels: 4 }],
    occupied: [{ instanceType: "m5.large", count: -1 }],
  };
  const problems = problemsOf({ taskDefinitions: [web], cluster });

  expect(problems.map(({ path }) => path)).toEqual([
    "cluster.zones",
    "cluster.capacityProviders[0].wheels",
    "cluster.occupied[0].count",
  ]);
});
