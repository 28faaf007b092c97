import type { z } from "zod";
import type { Alarm, MetricKind, ScalingMetric } from "../../core/model/scaling.ts";
import { amount } from "./amount.ts";
import { choice, fieldsOf, listOf, presence, text, whole } from "./fields.ts";

/**
 * Input of PutMetricAlarm or one of describe-alarms' MetricAlarms; or, where there is none, its figures with the policy's name and a
 * metric in our own words (`PolicyName`, `metric`). Source: botocore cloudwatch 2010-08-01, PutMetricAlarmInput and MetricAlarm.
 */
export const metricAlarm = fieldsOf({
  AlarmName: text(255),
  AlarmActions: listOf(text()),
  MetricName: text(255),
  Namespace: text(255),
  Statistic: choice(["SampleCount", "Average", "Sum", "Minimum", "Maximum"]),
  Period: whole({ min: 20, max: 86_400, unit: "seconds" }),
  EvaluationPeriods: whole({ min: 1, max: 1440, unit: "periods" }),
  DatapointsToAlarm: whole({ min: 1, max: 1440, unit: "datapoints" }),
  Threshold: amount({ min: 0, max: 1e12, what: "a number" }),
  ComparisonOperator: choice([
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
  ]),
  Metrics: presence(),
  PolicyName: text(256),
  metric: choice(["cpu", "memory", "requests-per-task", "requests", "requests-offered"]),
});

export type MetricAlarm = z.output<typeof metricAlarm> & { readonly path: string };

const comparisons = {
  GreaterThanOrEqualToThreshold: ">=",
  GreaterThanThreshold: ">",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
} as const;

const kinds: Readonly<Record<string, MetricKind>> = {
  "AWS/ECS CPUUtilization": "cpu",
  "AWS/ECS MemoryUtilization": "memory",
  "AWS/ApplicationELB RequestCountPerTarget": "requests-per-task",
  "AWS/ApplicationELB RequestCount": "requests",
};

/** What a metric of CloudWatch is here; null: nothing that follows from the load. */
export function metricKindOf(namespace: string | null, name: string | null): MetricKind | null {
  return kinds[`${namespace} ${name}`] ?? null;
}

const statistics = { Average: "average", Minimum: "minimum", Maximum: "maximum", Sum: "sum" } as const;

/** Null: the alarm watches something that does not follow from the load. */
export function alarmMetric(alarm: MetricAlarm, publicationDelaySeconds: number): ScalingMetric | null {
  const kind = alarm.metric ?? metricKindOf(alarm.Namespace, alarm.MetricName);
  if (kind === null || alarm.Metrics || alarm.Statistic === "SampleCount") return null;
  const summed = kind.startsWith("requests");
  const statistic = statistics[alarm.Statistic ?? (summed ? "Sum" : "Average")];
  if (summed !== (statistic === "sum")) return null;
  return { kind, periodSeconds: alarm.Period ?? 60, statistic, publicationDelaySeconds };
}

/** Null: it says too little. */
export function alarmRule(alarm: MetricAlarm): Alarm | null {
  if (alarm.Threshold === null || alarm.ComparisonOperator === null) return null;
  const datapoints = alarm.EvaluationPeriods ?? 1;
  return {
    comparison: comparisons[alarm.ComparisonOperator],
    threshold: alarm.Threshold,
    datapoints,
    datapointsToAlarm: Math.min(datapoints, alarm.DatapointsToAlarm ?? datapoints),
  };
}
