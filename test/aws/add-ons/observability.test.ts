import { describe, expect, test } from "vitest";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";
import { assumptionsOf, costsOf, fargateTask } from "./request.ts";

const [virginia, ireland] = await bundledBooks("us-east-1", "eu-west-1");

const logging = (family: string, ...drivers: string[]) =>
  fargateTask(family, {
    containerDefinitions: drivers.map((logDriver, at) => ({
      ...{ name: `c${at}`, memory: 128, logConfiguration: { logDriver } },
    })),
  });

describe("logs", () => {
  const logs = /^cloudwatch-logs/;

  test("of a service are 5 GB a month unless said, however many containers and tasks send them", () => {
    const request = {
      region: "us-east-1",
      taskDefinitions: [logging("web", "awslogs", "awslogs"), logging("other", "awsfirelens")],
      services: ["web", "other"].map((name) => ({ serviceName: name, taskDefinition: name, desiredCount: 3 })),
    };

    for (const option of ["fargate", "ec2"]) {
      expect(costsOf(request, option, { service: "web", sku: logs })).toEqual({
        ...{ "cloudwatch-logs/ingestion/standard": "2.50", "cloudwatch-logs/storage": "0.02" },
      });
      expect(costsOf(request, option, { service: "other", sku: logs })).toEqual({});
    }
  });

  test("20 GB a month of one service kept for a year are $10.00 and $1.08; half a month of them costs half", () => {
    const request = {
      region: "us-east-1",
      taskDefinitions: [logging("web", "awslogs")],
      usage: { services: { web: { logGB: 20, logRetentionMonths: 12 } } },
    };

    expect(costsOf(request, "fargate", { service: "web", sku: logs })).toEqual({
      ...{ "cloudwatch-logs/ingestion/standard": "10.00", "cloudwatch-logs/storage": "1.08" },
    });
    expect(costsOf({ ...request, hours: 365 }, "fargate", { service: "web", sku: logs })).toEqual({
      ...{ "cloudwatch-logs/ingestion/standard": "5.00", "cloudwatch-logs/storage": "0.54" },
    });
  });

  test("have no price in eu-west-1: they are left out by name there, and refused by name where their quantity is given", () => {
    const request = { region: "eu-west-1", taskDefinitions: [logging("web", "awslogs")], options: ["fargate"] };
    const unasked = optionOf(comparisonOf(request, ireland), "fargate");
    expect(unasked.problems).toEqual([]);
    expect(unasked.assumptions.filter(({ code }) => code === "not_priced").map(({ text }) => text)).toEqual([
      expect.stringContaining("no price for cloudwatch-logs/ingestion/standard is known in eu-west-1"),
      expect.stringContaining("no price for cloudwatch-logs/storage is known in eu-west-1"),
    ]);
    const asked = { ...request, usage: { everyService: { logGB: 5 } } };
    const { problems } = optionOf(comparisonOf(asked, ireland), "fargate");
    expect(problems.map(({ code }) => code)).toEqual(["price_missing", "price_missing"]);
    expect(problems[0]?.message).toContain("cloudwatch-logs/ingestion/standard in eu-west-1");
    const none = { ...request, usage: { everyService: { logGB: 0 } } };
    expect(optionOf(comparisonOf(none, ireland), "fargate").problems).toEqual([]);
  });

  test("of a service without tasks are none", () => {
    const services = [{ serviceName: "web", taskDefinition: "web", desiredCount: 0 }];
    const request = { region: "us-east-1", taskDefinitions: [logging("web", "awslogs")], services };

    expect(costsOf(request, "fargate", { service: "web", sku: logs })).toEqual({});
  });
});

describe("Container Insights", () => {
  const insights = /container-insights|custom-metric/;
  const request = (containerInsights: string) => ({
    region: "us-east-1",
    taskDefinitions: [logging("web", "awsfirelens", "awsfirelens")],
    services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 2 }],
    cluster: { zones: 1, containerInsights },
  });
  const bill = (detail: string, option: string) => [
    costsOf(request(detail), option, { service: null, sku: insights }),
    costsOf(request(detail), option, { service: "web", sku: insights }),
  ];

  test("cost nothing unless they are on", () => {
    expect(bill("off", "fargate")).toEqual([{}, {}]);
    expect(assumptionsOf(request("off"), "fargate")).not.toContain("container_insights_counted");
    expect(assumptionsOf(request("standard"), "fargate")).toContain("container_insights_counted");
  });

  test("standard: 12 metrics of the cluster, 10 of the task definition and 15 of the service on Fargate; 11, 8 and 13 on EC2", () => {
    const [sku, each] = ["cloudwatch/custom-metric", 0.3];

    expect(bill("standard", "fargate")).toEqual([dollars(sku, 12 * each), dollars(sku, 25 * each)]);
    expect(bill("standard", "ec2")).toEqual([dollars(sku, 11 * each), dollars(sku, 21 * each)]);
  });

  test("enhanced: 7 more for each of two containers, and twice 30 for each task on Fargate, twice 27 on EC2", () => {
    const [sku, each] = ["cloudwatch/container-insights/ecs-enhanced-metric", 0.07];

    // By family 13 + 3 + 14, by service 5 more, and each of two tasks by both.
    expect(bill("enhanced", "fargate")).toEqual([dollars(sku, 25 * each), dollars(sku, (30 + 35 + 2 * 60) * each)]);
    expect(bill("enhanced", "ec2")).toEqual([dollars(sku, 23 * each), dollars(sku, (27 + 32 + 2 * 54) * each)]);
  });

  test("of EKS are 24 of the cluster, 8 of each node, 9 of each name of pods and 6 of each Service, whatever the replicas (AWS-CI-EKS)", () => {
    const asked = {
      ...request("standard"),
      cluster: { zones: 1, containerInsights: "standard", instanceTypes: ["m7i.large"] },
    };
    const own = (option: string) => costsOf(asked, option, { service: "web", sku: insights });
    const shared = (option: string) => costsOf(asked, option, { service: null, sku: insights });
    const sku = "cloudwatch/custom-metric";

    expect([own("eks-ec2"), own("eks-fargate")]).toEqual([dollars(sku, 15 * 0.3), dollars(sku, 15 * 0.3)]);
    // aws-node and kube-proxy are names of pods too, where they are pods.
    expect(shared("eks-ec2")).toEqual(dollars(sku, (24 + 2 * 9 + 8) * 0.3));
    expect(shared("eks-auto")).toEqual(dollars(sku, (24 + 8) * 0.3));
    expect(shared("eks-fargate")).toEqual(dollars(sku, 24 * 0.3));
  });

  test("enhanced on EKS is billed by the observation: not counted, and that is said", () => {
    const { assumptions } = optionOf(
      comparisonOf({ ...request("enhanced"), options: ["eks-ec2"] }, virginia),
      "eks-ec2",
    );

    expect(costsOf(request("enhanced"), "eks-ec2", { service: "web", sku: insights })).toEqual({});
    expect(assumptions.find(({ code }) => code === "container_insights_counted")?.text).toContain("not counted");
  });

  test("enhanced: ten-minute tasks of a job, five at a time, are metered for an hour each, by their family alone", () => {
    const job = {
      ...request("enhanced"),
      services: null,
      runs: [{ taskDefinition: "web", tasks: 5, seconds: 600, times: 30 }],
    };

    // 150 tasks of 30 metrics for an hour, and 30 of the family for the 5 hours in which they run.
    expect(costsOf(job, "fargate", { service: "web", sku: insights })).toEqual(
      dollars("cloudwatch/container-insights/ecs-enhanced-metric", ((150 * 30 + 5 * 30) / 730) * 0.07),
    );
  });
});

describe("alarms of scaling policies", () => {
  const alarms = /^cloudwatch.alarm/;
  const owner = { ResourceId: "service/shop/web", ScalableDimension: "ecs:service:DesiredCount" };
  const request = (policy: object, ...MetricAlarms: object[]) => ({
    region: "us-east-1",
    period: { start: "2026-11-01T00:00:00Z" },
    taskDefinitions: [fargateTask("web")],
    services: [
      {
        ...{ serviceName: "web", taskDefinition: "web", desiredCount: 1 },
        scaling: {
          ScalableTargets: [{ ...owner, ServiceNamespace: "ecs", MinCapacity: 1, MaxCapacity: 4 }],
          ScalingPolicies: [{ ...owner, ServiceNamespace: "ecs", PolicyName: "p", ...policy }],
          MetricAlarms,
        },
      },
    ],
  });
  const steps = {
    PolicyType: "StepScaling",
    StepScalingPolicyConfiguration: {
      AdjustmentType: "ChangeInCapacity",
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
    },
    Alarms: [{ AlarmName: "a" }],
  };
  const alarm = {
    ...{ AlarmName: "a", Namespace: "AWS/ECS", MetricName: "CPUUtilization", Statistic: "Average", Period: 60 },
    ...{ EvaluationPeriods: 1, Threshold: 70, ComparisonOperator: "GreaterThanThreshold" },
  };

  test("one of a step policy costs $0.10 a month, and by 20 seconds $0.30", () => {
    expect(costsOf(request(steps, alarm), "fargate", { service: "web", sku: alarms })).toEqual({
      "cloudwatch/alarm/standard": "0.10",
    });
    expect(costsOf(request(steps, { ...alarm, Period: 20 }), "fargate", { service: "web", sku: alarms })).toEqual({
      "cloudwatch/alarm/high-resolution": "0.30",
    });
  });

  test("that nothing scales by are none", () => {
    const still = { region: "us-east-1", taskDefinitions: [fargateTask("web")] };

    expect(costsOf(still, "fargate", { service: "web", sku: alarms })).toEqual({});
    expect(comparisonOf(still, virginia).options.length).toBeGreaterThan(1);
  });
});

function dollars(sku: string, amount: number): Readonly<Record<string, string>> {
  return { [sku]: amount.toFixed(2) };
}
