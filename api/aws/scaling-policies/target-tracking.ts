import type { z } from "zod";
import { isBlank, isObject, pathBelow } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { Alarm, MetricKind, ScalingMetric, TargetTrackingPolicy } from "../../core/model/scaling.ts";
import { amount } from "../documents/amount.ts";
import { field, fieldsOf, flag, objectOf, problemsOf, text, unsaid, whole } from "../documents/fields.ts";
import { alarmRule, metricKindOf } from "../documents/metric-alarm.ts";
import { type PolicyDocument, type PolicyKind, type PolicyReading, publicationDelay } from "./policy-kind.ts";

export const targetTracking: PolicyKind = {
  policyType: "TargetTrackingScaling",
  reference:
    "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html",
  configuration: "TargetTrackingScalingPolicyConfiguration",
  read: readTargetTracking,
  example: {
    PolicyName: "cpu-50",
    ServiceNamespace: "ecs",
    ResourceId: "service/shop/web",
    ScalableDimension: "ecs:service:DesiredCount",
    PolicyType: "TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 50,
      PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
      ScaleOutCooldown: 60,
      ScaleInCooldown: 300,
    },
  },
};

const predefined: Readonly<Record<string, { readonly kind: MetricKind; readonly periodSeconds: number }>> = {
  ECSServiceAverageCPUUtilization: { kind: "cpu", periodSeconds: 60 },
  ECSServiceAverageMemoryUtilization: { kind: "memory", periodSeconds: 60 },
  ALBRequestCountPerTarget: { kind: "requests-per-task", periodSeconds: 60 },
  ECSServiceAverageCPUUtilizationHighResolution: { kind: "cpu", periodSeconds: 20 },
  ECSServiceAverageMemoryUtilizationHighResolution: { kind: "memory", periodSeconds: 20 },
};

/** For ECS, in and out. Source: API_TargetTrackingScalingPolicyConfiguration.html. */
const defaultCooldownSeconds = 300;

const cooldown = whole({ min: 0, max: 86_400, unit: "seconds" });

/** Source: botocore application-autoscaling 2016-02-06, TargetTrackingScalingPolicyConfiguration. */
const configuration = fieldsOf({
  TargetValue: amount({ min: 1e-9, max: 1e12, what: "a number" }),
  PredefinedMetricSpecification: objectOf({ PredefinedMetricType: text() }),
  CustomizedMetricSpecification: objectOf({
    Namespace: text(),
    MetricName: text(),
    Statistic: text(),
    Metrics: unsaid(field((value) => (isBlank(value) ? null : true))),
  }),
  ScaleOutCooldown: cooldown,
  ScaleInCooldown: cooldown,
  DisableScaleIn: flag(),
});

function readTargetTracking(policy: PolicyDocument): PolicyReading {
  const path = fieldPath(policy.path, targetTracking.configuration);
  const parsed = configuration.safeParse(isObject(policy.configuration) ? policy.configuration : {});
  if (!parsed.success) return { policies: [], problems: problemsOf(parsed.error, path) };
  const target = parsed.data.TargetValue;
  const metric = metricOf(parsed.data, policy);
  const problems: Problem[] = [];
  if (target === null) {
    const message = "TargetValue is missing: say what the policy is to keep the metric at.";
    problems.push({ code: "required", path: fieldPath(path, "TargetValue"), message });
  }
  if (metric === null) problems.push(metricUnknown(path));
  if (target === null || metric === null) return { policies: [], problems };
  const read: TargetTrackingPolicy = {
    kind: "target-tracking",
    name: policy.name,
    metric,
    target,
    ...alarmsOf(policy, target),
    scaleOutCooldownSeconds: parsed.data.ScaleOutCooldown ?? defaultCooldownSeconds,
    scaleInCooldownSeconds: parsed.data.ScaleInCooldown ?? defaultCooldownSeconds,
    scaleInDisabled: parsed.data.DisableScaleIn ?? false,
  };
  return { policies: [read], problems };
}

function metricOf(fields: z.output<typeof configuration>, { model }: PolicyDocument): ScalingMetric | null {
  const custom = fields.CustomizedMetricSpecification;
  const customKind =
    custom === null || custom.Metrics !== null ? null : metricKindOf(custom.Namespace, custom.MetricName);
  // Requests are told for each task; all of them say nothing about one task's share.
  if (customKind === "requests") return null;
  const known =
    customKind === null
      ? predefined[fields.PredefinedMetricSpecification?.PredefinedMetricType ?? ""]
      : { kind: customKind, periodSeconds: 60 };
  if (known === undefined || (custom !== null && customKind === null)) return null;
  const statistic = known.kind === "requests-per-task" ? "sum" : "average";
  if (custom !== null && (custom.Statistic ?? "").toLowerCase() !== statistic) return null;
  return { ...known, statistic, publicationDelaySeconds: publicationDelay(model, known.periodSeconds) };
}

function metricUnknown(path: string): Problem {
  const known = Object.keys(predefined).join(", ");
  const message = `This policy's metric does not follow from the load: only ${known}, and the same metrics as CustomizedMetricSpecification, do. Take the policy out to compare without it.`;
  return { code: "scaling_metric_unknown", path: pathBelow(path, []), message };
}

/** The alarms that AWS made for the policy, where they are given, else as the model has them. */
function alarmsOf(policy: PolicyDocument, target: number): { high: Alarm; low: Alarm } {
  const { datapointsHigh, datapointsLow, lowFactor } = policy.model;
  const given = policy.alarms.map(alarmRule).filter((alarm) => alarm !== null);
  const high = given.find(({ comparison }) => comparison.startsWith(">"));
  const low = given.find(({ comparison }) => comparison.startsWith("<"));
  return {
    high: high ?? {
      comparison: ">",
      threshold: target,
      datapoints: datapointsHigh,
      datapointsToAlarm: datapointsHigh,
    },
    low: low ?? {
      comparison: "<",
      threshold: target * lowFactor,
      datapoints: datapointsLow,
      datapointsToAlarm: datapointsLow,
    },
  };
}
