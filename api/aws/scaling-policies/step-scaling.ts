import type { z } from "zod";
import { isObject, pathBelow } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { ScalingMetric, StepAdjustment, StepScalingPolicy } from "../../core/model/scaling.ts";
import { amount } from "../documents/amount.ts";
import { choice, fieldsOf, listOf, objectOf, problemsOf, whole } from "../documents/fields.ts";
import { alarmMetric, alarmRule, type MetricAlarm } from "../documents/metric-alarm.ts";
import { type PolicyDocument, type PolicyKind, type PolicyReading, publicationDelay } from "./policy-kind.ts";

export const stepScaling: PolicyKind = {
  policyType: "StepScaling",
  reference: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html",
  configuration: "StepScalingPolicyConfiguration",
  read: readStepScaling,
  example: {
    PolicyName: "cpu-steps",
    ServiceNamespace: "ecs",
    ResourceId: "service/shop/web",
    ScalableDimension: "ecs:service:DesiredCount",
    PolicyType: "StepScaling",
    StepScalingPolicyConfiguration: {
      AdjustmentType: "PercentChangeInCapacity",
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 0 },
        { MetricIntervalLowerBound: 10, ScalingAdjustment: 10 },
      ],
      Cooldown: 60,
    },
    Alarms: [{ AlarmName: "web-cpu-high" }],
  },
};

/** Source: botocore application-autoscaling 2016-02-06, StepScalingPolicyConfiguration: "For ECS … 300". */
const defaultCooldownSeconds = 300;

const bound = amount({ min: -1e12, max: 1e12, what: "a number" });

const configuration = fieldsOf({
  AdjustmentType: choice(["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"]),
  StepAdjustments: listOf(
    objectOf({
      MetricIntervalLowerBound: bound,
      MetricIntervalUpperBound: bound,
      ScalingAdjustment: whole({ min: -1_000_000, max: 1_000_000, unit: null }),
    }),
  ),
  MinAdjustmentMagnitude: whole({ min: 0, max: 1_000_000, unit: "tasks" }),
  Cooldown: whole({ min: 0, max: 86_400, unit: "seconds" }),
  MetricAggregationType: choice(["Average", "Minimum", "Maximum"]),
});

const adjustments = {
  ChangeInCapacity: "change",
  PercentChangeInCapacity: "percent",
  ExactCapacity: "exact",
} as const;

function readStepScaling(policy: PolicyDocument): PolicyReading {
  const path = fieldPath(policy.path, stepScaling.configuration);
  const parsed = configuration.safeParse(isObject(policy.configuration) ? policy.configuration : {});
  if (!parsed.success) return { policies: [], problems: problemsOf(parsed.error, path) };
  const fields = parsed.data;
  const steps = fields.StepAdjustments.flatMap((step) => (step === null ? [] : [stepOf(step)]));
  const problems = stepProblems(steps, fields, path);
  if (policy.alarms.length === 0) problems.push(alarmMissing(policy));
  const policies = policy.alarms.flatMap((alarm): StepScalingPolicy[] => {
    const metric = metricOf(alarm, policy, fields.MetricAggregationType);
    const rule = alarmRule(alarm);
    if (metric === null || rule === null) {
      problems.push(metric === null ? metricUnknown(alarm.path) : alarmUnfinished(alarm.path));
      return [];
    }
    return [
      {
        kind: "step-scaling",
        name: policy.name,
        metric,
        alarm: rule,
        adjustment: adjustments[fields.AdjustmentType ?? "ChangeInCapacity"],
        steps,
        magnitudeMin: fields.MinAdjustmentMagnitude ?? 0,
        cooldownSeconds: fields.Cooldown ?? defaultCooldownSeconds,
      },
    ];
  });
  return { policies: problems.length > 0 ? [] : policies, problems };
}

function stepOf(step: {
  readonly MetricIntervalLowerBound: number | null;
  readonly MetricIntervalUpperBound: number | null;
  readonly ScalingAdjustment: number | null;
}): StepAdjustment {
  return {
    lower: step.MetricIntervalLowerBound,
    upper: step.MetricIntervalUpperBound,
    adjustment: step.ScalingAdjustment ?? 0,
  };
}

function metricOf(
  alarm: MetricAlarm,
  { model }: PolicyDocument,
  aggregation: "Average" | "Minimum" | "Maximum" | null,
): ScalingMetric | null {
  const metric = alarmMetric(alarm, publicationDelay(model, alarm.Period ?? 60));
  if (metric === null || aggregation === null || alarm.Statistic !== null || metric.statistic === "sum") return metric;
  const statistics = { Average: "average", Minimum: "minimum", Maximum: "maximum" } as const;
  return { ...metric, statistic: statistics[aggregation] };
}

/** Bounds as AWS requires them: no gaps, no overlaps, open at most once to each side. Source: botocore, StepAdjustment. */
function stepProblems(
  steps: readonly StepAdjustment[],
  fields: z.output<typeof configuration>,
  path: string,
): Problem[] {
  const at = pathBelow(path, ["StepAdjustments"]);
  const wrong = (message: string): Problem[] => [{ code: "step_bounds", path: at, message }];
  if (fields.AdjustmentType === null) {
    const message = "AdjustmentType is missing: say ChangeInCapacity, PercentChangeInCapacity or ExactCapacity.";
    return [{ code: "required", path: fieldPath(path, "AdjustmentType"), message }];
  }
  if (steps.length === 0) return [{ code: "required", path: at, message: "StepAdjustments has no step." }];
  if (steps.length > 1 && steps.some(({ lower, upper }) => lower === null && upper === null)) {
    return wrong("A step without any bound must be the only one.");
  }
  const sorted = steps.toSorted(
    (a, b) => (a.lower ?? Number.NEGATIVE_INFINITY) - (b.lower ?? Number.NEGATIVE_INFINITY),
  );
  if (sorted.some(({ lower, upper }) => lower !== null && upper !== null && upper <= lower)) {
    return wrong("MetricIntervalUpperBound must be above MetricIntervalLowerBound.");
  }
  const joined = sorted.every((step, position) => {
    const before = sorted[position - 1];
    return before === undefined || (before.upper !== null && before.upper === step.lower);
  });
  if (!joined) return wrong("Steps must follow one another without gap or overlap, open at most once to each side.");
  const first = sorted[0]?.lower ?? null;
  const last = sorted.at(-1)?.upper ?? null;
  if (first !== null && first < 0) return wrong("With a negative lower bound, one step must have no lower bound.");
  if (last !== null && last > 0) return wrong("With a positive upper bound, one step must have no upper bound.");
  return [];
}

function alarmMissing({ path, name }: PolicyDocument): Problem {
  const message = `No alarm triggers ${name}: add its CloudWatch alarm to scaling.alarms (describe-alarms, or PolicyName, metric, Threshold, ComparisonOperator).`;
  return { code: "alarm_missing", path, message };
}

function alarmUnfinished(path: string): Problem {
  const message = "This alarm says no Threshold or no ComparisonOperator: both are needed.";
  return { code: "required", path, message };
}

function metricUnknown(path: string): Problem {
  const message =
    "This alarm's metric does not follow from the load: CPUUtilization and MemoryUtilization of AWS/ECS (Average, Minimum, Maximum), RequestCount and RequestCountPerTarget of AWS/ApplicationELB (Sum) do. Take its policy out to compare without it.";
  return { code: "scaling_metric_unknown", path, message };
}
