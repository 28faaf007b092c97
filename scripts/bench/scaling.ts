import { catalogue } from "../../api/aws/catalogue.ts";
import { documentFormats } from "../../api/aws/documents/catalogue.ts";
import { estimate } from "../../api/core/estimate.ts";
import { one } from "../../api/core/model/fraction.ts";
import type { PriceBook } from "../../api/core/model/price-book.ts";
import type { Service, Workload } from "../../api/core/model/workload.ts";
import { parse } from "../../api/core/parsing/parse.ts";
import { simulate } from "../../api/core/scaling/simulate.ts";
import { openDatabase } from "../../db/connect.ts";
import { readPriceBook } from "../../db/price-book.ts";
import { random } from "./seeded.ts";

const hoursOfYear = 8760;
const groups = ["a", "b", "c"];
/** CPU units and MiB. */
const sizes = [
  [256, 512],
  [512, 1024],
  [512, 2048],
  [1024, 2048],
  [2048, 4096],
] as const;

/** Services with two policies and a schedule each, over a year in slots of a minute: one, a hundred, and a hundred on three groups of instances. */
export async function benchScaling(): Promise<void> {
  const opened = await openDatabase({ memory: true });
  const found = await readPriceBook(opened.database, { region: "us-east-1" });
  if (!found.ok) throw new Error("The bundled prices lack us-east-1");
  const hundred = workloadOf(100);
  play(workloadOf(2));
  console.log("    ms  what");
  timed("one service over a year", () => play(workloadOf(1)));
  timed("100 services over a year, all the room they want", () => play(hundred));
  timed("100 services over a year on 3 groups of m7i.2xlarge, priced", () => priced(hundred, found.value));
  await opened.close();
}

function play(workload: Workload): string {
  const capacityOf = ({ taskDefinition: { cpuUnits, memoryMiB } }: Service) => ({
    ...{ cpuUnits: cpuUnits ?? 0, memoryMiB: memoryMiB ?? 0 },
  });
  const { lives, reports } = simulate(workload, { capacityOf, calendar: catalogue.calendar });
  return `${lives.length} rows of lives, ${reports.reduce((sum, { timeline }) => sum + timeline.length, 0)} steps`;
}

function priced(workload: Workload, book: PriceBook): string {
  const assignments = workload.services.map(({ name }) => ({ service: name, launchType: "ec2", share: one }));
  const { parts, total, unpriced } = estimate({ workload, assignments }, { book, catalogue });
  if (unpriced.length > 0) throw new Error(unpriced.map(({ message }) => message).join("\n"));
  const steps = parts.flatMap(({ scaling }) => scaling).reduce((sum, { timeline }) => sum + timeline.length, 0);
  const waited = parts.flatMap(({ scaling }) => scaling).reduce((sum, { waiting }) => sum + (waiting?.tasks ?? 0), 0);
  const peaks = parts.flatMap(({ capacityProviders }) => capacityProviders.map(({ peak }) => peak));
  const rows = parts.flatMap(({ instances }) => instances).length;
  return `$${total.toFixed(2)}, ${steps} steps of tasks, ${rows} rows of instances (at most ${peaks.join(", ")}), ${waited} tasks waited`;
}

function timed(what: string, run: () => string): void {
  const start = performance.now();
  const told = run();
  console.log(`${(performance.now() - start).toFixed(0).padStart(6)}  ${what}: ${told}`);
}

function workloadOf(count: number): Workload {
  const next = random(count);
  const services = Array.from({ length: count }, (_, at) => {
    const [cpu, memory] = sizes[Math.floor(next() * sizes.length)] ?? sizes[0];
    return {
      name: `service-${at}`,
      cpu,
      memory,
      group: groups[at % groups.length] ?? "",
      peak: 2 + Math.floor(next() * 12),
      hour: Math.floor(next() * 24),
    };
  });
  const request = {
    ...{ region: "us-east-1", hours: hoursOfYear, period: { start: "2026-01-01T00:00:00Z", timeZone: "UTC" } },
    taskDefinitions: services.map(({ name, cpu, memory }) => ({
      family: name,
      cpu: `${cpu}`,
      memory: `${memory}`,
      containerDefinitions: [{ name }],
    })),
    services: services.map(({ name, group, cpu, peak, hour }) => ({
      ...{ serviceName: name, taskDefinition: name, desiredCount: 2 },
      capacityProviderStrategy: [{ capacityProvider: group, weight: 1 }],
      load: {
        generate: {
          base: peak / 8,
          peak,
          peakHour: hour,
          weekendFactor: 0.6,
          noise: 0.1,
          bursts: { perWeek: 2, factor: 1.5 },
        },
        ...{ unit: "vCPU", scale: cpu / 1024 },
      },
      scaling: scalingOf(name),
    })),
    cluster: { capacityProviders: groups.map((name) => ({ name, instanceTypes: ["m7i.2xlarge"] })) },
  };
  const parsed = parse(request, documentFormats);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return parsed.value;
}

function scalingOf(name: string) {
  const target = {
    ServiceNamespace: "ecs",
    ResourceId: `service/shop/${name}`,
    ScalableDimension: "ecs:service:DesiredCount",
  };
  return {
    ScalableTargets: [{ ...target, MinCapacity: 2, MaxCapacity: 100 }],
    ScalingPolicies: [
      {
        ...{ ...target, PolicyName: "cpu", PolicyType: "TargetTrackingScaling" },
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 60,
          PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
        },
      },
      {
        ...{ ...target, PolicyName: "surge", PolicyType: "StepScaling" },
        StepScalingPolicyConfiguration: {
          AdjustmentType: "PercentChangeInCapacity",
          StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 30 }],
          Cooldown: 120,
        },
        Alarms: [{ AlarmName: `${name}-high` }],
      },
    ],
    alarms: [
      {
        ...{ AlarmName: `${name}-high`, Namespace: "AWS/ECS", MetricName: "CPUUtilization", Statistic: "Average" },
        ...{ Period: 60, EvaluationPeriods: 2, Threshold: 85, ComparisonOperator: "GreaterThanOrEqualToThreshold" },
      },
    ],
    ScheduledActions: [
      {
        ...target,
        ScheduledActionName: "morning",
        Schedule: "cron(0 7 ? * MON-FRI *)",
        ScalableTargetAction: { MinCapacity: 4 },
      },
      {
        ...target,
        ScheduledActionName: "evening",
        Schedule: "cron(0 19 ? * MON-FRI *)",
        ScalableTargetAction: { MinCapacity: 2 },
      },
    ],
  };
}
