import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { policyKinds } from "../../../api/aws/scaling-policies/catalogue.ts";
import type { ScaledLifetime } from "../../../api/core/model/scaling.ts";
import { codesOf, serviceOf, web, workloadOf } from "./parsed.ts";

const load = { constant: 1, unit: "requests-per-second", perRequest: { cpuMilliseconds: 10, memoryMiB: 1 } };
const id = {
  ServiceNamespace: "ecs",
  ResourceId: "service/default/shop",
  ScalableDimension: "ecs:service:DesiredCount",
};
const target = { ...id, MinCapacity: 2, MaxCapacity: 10 };
const tracking = (fields: object = {}) => ({
  ...id,
  PolicyName: "cpu",
  PolicyType: "TargetTrackingScaling",
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
    ...fields,
  },
});
const stepping = (steps: readonly object[], fields: object = {}) => ({
  ...id,
  PolicyName: "steps",
  PolicyType: "StepScaling",
  StepScalingPolicyConfiguration: { AdjustmentType: "ChangeInCapacity", StepAdjustments: steps },
  ...fields,
});
const oneStep = [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }];
const alarm = {
  AlarmName: "high",
  Namespace: "AWS/ECS",
  MetricName: "CPUUtilization",
  Statistic: "Average",
  Period: 60,
  EvaluationPeriods: 3,
  Threshold: 70,
  ComparisonOperator: "GreaterThanThreshold",
};

function lifetimeOf(scaling: unknown, fields: object = {}): ScaledLifetime {
  const { lifetime } = serviceOf({ load, scaling, ...fields });
  if (lifetime.kind !== "scaled") throw new Error("It is not scaled");
  return lifetime;
}

function codes(scaling: unknown, fields: object = {}) {
  return codesOf({
    taskDefinitions: [web],
    services: [{ serviceName: "shop", taskDefinition: "web", load, scaling, ...fields }],
  });
}

describe("scaling", () => {
  test("reads the same from inputs and from describe calls' outputs", () => {
    const action = {
      ...id,
      ScheduledActionName: "up",
      Schedule: "cron(0 9 * * ? *)",
      ScalableTargetAction: { MinCapacity: 5 },
    };
    const registered = lifetimeOf([target, tracking(), action]);
    const described = lifetimeOf({
      ScalableTargets: [target],
      ScalingPolicies: [tracking()],
      ScheduledActions: [action],
    });

    expect(described).toEqual(registered);
    expect(registered.scaling).toMatchObject({
      min: 2,
      max: 10,
      policies: [{ kind: "target-tracking", target: 50, scaleOutCooldownSeconds: 300, scaleInCooldownSeconds: 300 }],
      scheduledActions: [{ name: "up", min: 5, max: null, schedule: { timeZone: "UTC" } }],
    });
  });

  test("leaves other services, dimensions and namespaces alone", () => {
    const others = [
      { ...target, ResourceId: "service/default/other", MaxCapacity: 99 },
      {
        ...target,
        ResourceId: "table/shop",
        ServiceNamespace: "dynamodb",
        ScalableDimension: "dynamodb:table:ReadCapacityUnits",
      },
    ];
    expect(lifetimeOf({ ScalableTargets: [...others, target] }).scaling?.max).toBe(10);
    expect(codes({ ScalableTargets: others })).toEqual(["scalable_target_missing at services[0].scaling"]);
  });

  test.each([
    ["ECSServiceAverageCPUUtilization", "cpu", 60, 180],
    ["ECSServiceAverageMemoryUtilization", "memory", 60, 180],
    ["ALBRequestCountPerTarget", "requests-per-task", 60, 180],
    ["ECSServiceAverageCPUUtilizationHighResolution", "cpu", 20, 20],
    ["ECSServiceAverageMemoryUtilizationHighResolution", "memory", 20, 20],
  ])("%s is %s every %i s, seen %i s late", (PredefinedMetricType, kind, periodSeconds, publicationDelaySeconds) => {
    const policy = tracking({ PredefinedMetricSpecification: { PredefinedMetricType } });
    expect(lifetimeOf([target, policy]).scaling?.policies[0]?.metric).toMatchObject({
      kind,
      periodSeconds,
      publicationDelaySeconds,
    });
  });

  test("takes target tracking's alarms from the model: 2 of 2 datapoints and 5 of 5 below 0.8 of 50", () => {
    const model = { datapointsHigh: 2, datapointsLow: 5, lowFactor: 0.8, publicationDelaySeconds: 60, stops: "oldest" };
    const lifetime = lifetimeOf({ ScalableTargets: [target], ScalingPolicies: [tracking()], model });

    expect(lifetime.behaviour.stops).toBe("oldest");
    expect(lifetime.scaling?.policies[0]).toMatchObject({
      metric: { publicationDelaySeconds: 60 },
      high: { threshold: 50, datapoints: 2, datapointsToAlarm: 2 },
      low: { threshold: 40, datapoints: 5, datapointsToAlarm: 5 },
    });
  });

  test("finds a step policy's alarm by name, by ARN and by the policy's own name", () => {
    const arn = "arn:aws:autoscaling:us-east-1:1:scalingPolicy:x:resource/ecs/service/default/shop:policyName/steps";
    const own = {
      PolicyName: "steps",
      metric: "requests-offered",
      Threshold: 70,
      ComparisonOperator: "GreaterThanThreshold",
    };
    const byName = lifetimeOf([target, stepping(oneStep, { Alarms: [{ AlarmName: "high" }] }), alarm]);
    const byArn = lifetimeOf([target, stepping(oneStep), { ...alarm, AlarmActions: [arn] }]);
    const byPolicy = lifetimeOf({ ScalableTargets: [target], ScalingPolicies: [stepping(oneStep)], alarms: [own] });

    expect(byArn).toEqual(byName);
    expect(byName.scaling?.policies).toMatchObject([
      { kind: "step-scaling", alarm: { comparison: ">", threshold: 70, datapoints: 3 }, cooldownSeconds: 300 },
    ]);
    expect(byPolicy.scaling?.policies).toMatchObject([{ metric: { kind: "requests-offered", statistic: "sum" } }]);
  });

  test.each([
    ["alarm_missing at services[0].scaling[1]", [target, stepping(oneStep)]],
    [
      "predictive_scaling at services[0].scaling[1]",
      [target, { ...id, PolicyName: "p", PolicyType: "PredictiveScaling" }],
    ],
    [
      "scaling_metric_unknown at services[0].scaling[1].TargetTrackingScalingPolicyConfiguration",
      [
        target,
        tracking({
          PredefinedMetricSpecification: null,
          CustomizedMetricSpecification: { MetricName: "Depth", Namespace: "Q" },
        }),
      ],
    ],
    [
      "not_a_schedule at services[0].scaling[1].Schedule",
      [target, { ScheduledActionName: "x", Schedule: "daily", ScalableTargetAction: { MinCapacity: 1 } }],
    ],
    ["out_of_range at services[0].scaling[0]", [{ ...target, MinCapacity: 11 }]],
    ["unknown_field at services[0].scaling.ScalingPolicy", { ScalingPolicy: [], ScalableTargets: [target] }],
    ["unknown_field at services[0].scaling.model.datapoints", { ScalableTargets: [target], model: { datapoints: 1 } }],
  ])("is refused: %s", (code, scaling) => {
    expect(codes(scaling)).toEqual([code]);
  });

  test.each([
    ["a gap", [{ MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 5 }, { MetricIntervalLowerBound: 6 }]],
    ["an overlap", [{ MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 5 }, { MetricIntervalLowerBound: 4 }]],
    ["two open ends", [{ MetricIntervalLowerBound: 0 }, { MetricIntervalLowerBound: 5 }]],
    ["bounds the wrong way round", [{ MetricIntervalLowerBound: 5, MetricIntervalUpperBound: 5 }]],
    ["a positive upper bound and no open one", [{ MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 5 }]],
    ["a negative lower bound and no open one", [{ MetricIntervalLowerBound: -5, MetricIntervalUpperBound: 0 }]],
    ["no bounds beside another step", [{}, { MetricIntervalLowerBound: 5 }]],
  ])("steps with %s are refused", (_, steps) => {
    const scaling = [
      target,
      stepping(
        steps.map((step) => ({ ...step, ScalingAdjustment: 1 })),
        { Alarms: [{ AlarmName: "high" }] },
      ),
      alarm,
    ];
    expect(codes(scaling).map((code) => code.split(" ")[0])).toEqual(["step_bounds"]);
  });

  test("needs a load that says what its policies look at", () => {
    expect(codes([target, tracking()], { load: { constant: 1, unit: "GiB" } })).toEqual([
      "load_lacks_metric at services[0].load",
    ]);
  });

  test("is refused for a daemon", () => {
    expect(codes([target], { schedulingStrategy: "DAEMON" })).toEqual(["daemon_scaled at services[0]"]);
  });

  test("without a load tells that policies never act, and starts with the minimum of 2 where no count is given", () => {
    const services = [{ serviceName: "shop", taskDefinition: "web", scaling: [target, tracking()] }];
    const workload = workloadOf({ taskDefinitions: [web], services });

    expect(workload.services[0]?.tasks).toBe(2);
    expect(workload.assumptions.map(({ code }) => code)).toContain("load_missing");
  });

  test("warns of numeric days of the week", () => {
    const action = {
      ScheduledActionName: "up",
      Schedule: "cron(0 9 ? * 2 *)",
      ScalableTargetAction: { MinCapacity: 5 },
    };
    const services = [{ serviceName: "shop", taskDefinition: "web", load, scaling: [target, action] }];

    expect(workloadOf({ taskDefinitions: [web], services }).assumptions.map(({ code }) => code)).toContain(
      "numeric_weekday",
    );
  });

  test("knows deployments: blue/green with 10 minutes of bake time takes 60 + 40 + 600 + 300 s behind a load balancer", () => {
    const fields = {
      deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 10 },
      loadBalancers: [{ containerPort: 80 }],
    };
    expect(lifetimeOf({ ScalableTargets: [target], deploymentsPerWeek: 3 }, fields).deployments).toEqual({
      perWeek: 3,
      kind: "blue-green",
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      roundSeconds: 1000,
    });
  });

  test.each([
    { strategy: "LINEAR", shift: { stepPercent: 25, stepBakeTimeInMinutes: 5 }, minutes: 3 * 5 + 2 },
    { strategy: "LINEAR", shift: { stepPercent: 11, stepBakeTimeInMinutes: 1 }, minutes: 9 + 2 },
    { strategy: "LINEAR", shift: { stepPercent: 100 }, minutes: 2 },
    { strategy: "LINEAR", shift: undefined, minutes: 9 * 6 + 2 },
    { strategy: "CANARY", shift: { canaryPercent: 5, canaryBakeTimeInMinutes: 30 }, minutes: 30 + 2 },
    { strategy: "CANARY", shift: undefined, minutes: 10 + 2 },
    { strategy: "BLUE_GREEN", shift: { stepPercent: 25, canaryBakeTimeInMinutes: 30 }, minutes: 2 },
  ])("has both revisions run in full for $minutes minutes of $strategy with 2 of bake time and $shift", (one) => {
    const deploymentConfiguration = {
      strategy: one.strategy,
      bakeTimeInMinutes: 2,
      linearConfiguration: one.shift,
      canaryConfiguration: one.shift,
    };
    const scaling = { ScalableTargets: [target], deploymentsPerWeek: 1 };
    const { deployments } = lifetimeOf(scaling, { deploymentConfiguration });

    expect(deployments).toMatchObject({ kind: "blue-green", roundSeconds: 60 + 40 + one.minutes * 60 });
  });

  test("has a rolling deployment take no bake time", () => {
    const deploymentConfiguration = { strategy: "ROLLING", bakeTimeInMinutes: 10 };
    const scaling = { ScalableTargets: [target], deploymentsPerWeek: 1 };

    expect(lifetimeOf(scaling, { deploymentConfiguration }).deployments).toMatchObject({
      kind: "rolling",
      roundSeconds: 100,
    });
  });
});

describe("scaling policies", () => {
  const folder = new URL("../../../api/aws/scaling-policies/", import.meta.url);
  const files = readdirSync(folder).filter((name) => !["catalogue.ts", "policy-kind.ts"].includes(name));

  test.each(files)("%s is in the catalogue", async (file) => {
    const exported: unknown[] = Object.values(
      await import(`../../../api/aws/scaling-policies/${file.replace(/\.ts$/, "")}.ts`),
    );
    expect(policyKinds.filter((kind) => exported.includes(kind))).toHaveLength(1);
  });

  test.each(policyKinds.map((kind) => [kind.policyType, kind] as const))(
    "%s cites a page and has an example of its own",
    (type, kind) => {
      expect(kind.reference).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
      expect(kind.example).toMatchObject({ PolicyType: type, [kind.configuration]: {} });
    },
  );
});
