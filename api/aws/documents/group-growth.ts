import type { z } from "zod";
import type { GroupGrowth } from "../../core/model/capacity.ts";
import { pathBelow } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { Alarm, TargetTrackingPolicy } from "../../core/model/scaling.ts";
import { defaultGrowth, defaultManagedScaling } from "../ec2/growth.ts";
import { amount } from "./amount.ts";
import { choice, flag, listOf, objectOf, text, whole } from "./fields.ts";
import { quotas } from "./quotas.ts";

const seconds = whole({ min: 0, max: 86_400, unit: "seconds" });
const step = whole({ min: 1, max: quotas.scalingStep.value, unit: "instances" });
const datapoints = whole({ min: 1, max: 1440, unit: "datapoints" });

/** Source: botocore ecs 2014-11-13, ManagedScaling; the numbers of datapoints are ours, since AWS lets nobody choose them. */
const managedScalingShape = {
  status: choice(["ENABLED", "DISABLED"]),
  targetCapacity: whole({ min: 1, max: 100, unit: "percent" }),
  minimumScalingStepSize: step,
  maximumScalingStepSize: step,
  instanceWarmupPeriod: whole({ min: 0, max: quotas.instanceWarmup.value, unit: "seconds" }),
  scaleOutDatapoints: datapoints,
  scaleInDatapoints: datapoints,
};

export const managedScalingFields = Object.keys(managedScalingShape);

const managedScaling = objectOf(managedScalingShape);

const terminationProtection = choice(["ENABLED", "DISABLED"]);

/** Source: botocore autoscaling 2011-01-01, TargetTrackingConfiguration. */
const policy = objectOf({
  PolicyName: text(),
  PolicyType: text(),
  TargetTrackingConfiguration: objectOf({
    TargetValue: amount({ min: 1, max: 100, what: "a percentage" }),
    CustomizedMetricSpecification: objectOf({ Namespace: text(), MetricName: text(), Statistic: text() }),
    DisableScaleIn: flag(),
  }),
  EstimatedInstanceWarmup: seconds,
});

/** As CreateCapacityProvider has them below autoScalingGroupProvider, or beside the name. */
export const growthShape = {
  managedScaling,
  managedTerminationProtection: terminationProtection,
  autoScalingGroupProvider: objectOf({ managedScaling, managedTerminationProtection: terminationProtection }),
  instanceStartSeconds: seconds,
  scalingPolicies: listOf(policy, 10),
};

interface Fields {
  readonly targetCapacity: number | null;
  readonly managedScaling: z.output<typeof managedScaling>;
  readonly managedTerminationProtection: "ENABLED" | "DISABLED" | null;
  readonly autoScalingGroupProvider: Pick<Fields, "managedScaling" | "managedTerminationProtection"> | null;
  readonly instanceStartSeconds: number | null;
  readonly scalingPolicies: readonly z.output<typeof policy>[];
}

/** Null: not said. */
export function targetCapacityOf(fields: Fields): number | null {
  return fields.targetCapacity ?? managedOf(fields)?.targetCapacity ?? null;
}

export function growthOf(fields: Fields): GroupGrowth {
  const said = managedOf(fields);
  const policies = fields.scalingPolicies.flatMap((one) => trackerOf(one) ?? []);
  const unmanaged = policies.length > 0 || said?.status === "DISABLED";
  const { stepMin, stepMax, warmupSeconds, datapointsOut, datapointsIn } = defaultManagedScaling;
  return {
    instanceStartSeconds: fields.instanceStartSeconds ?? defaultGrowth.instanceStartSeconds,
    managed: unmanaged
      ? null
      : {
          targetCapacityPercent: targetCapacityOf(fields) ?? defaultManagedScaling.targetCapacityPercent,
          stepMin: said?.minimumScalingStepSize ?? stepMin,
          stepMax: said?.maximumScalingStepSize ?? stepMax,
          warmupSeconds: said?.instanceWarmupPeriod ?? warmupSeconds,
          datapointsOut: said?.scaleOutDatapoints ?? datapointsOut,
          datapointsIn: said?.scaleInDatapoints ?? datapointsIn,
        },
    policies,
    busyProtected:
      (fields.managedTerminationProtection ?? fields.autoScalingGroupProvider?.managedTerminationProtection) ===
      "ENABLED",
  };
}

function managedOf(fields: Fields): Fields["managedScaling"] {
  return fields.managedScaling ?? fields.autoScalingGroupProvider?.managedScaling ?? null;
}

export function growthProblems(fields: Fields, path: string): Problem[] {
  const at = (index: number) => pathBelow(path, ["scalingPolicies", index]);
  const unread = fields.scalingPolicies.flatMap((one, index): Problem[] => {
    if (one === null || trackerOf(one) !== null) return [];
    const message =
      "Of the policies of a group only TargetTrackingScaling is played out, with a TargetValue and a CustomizedMetricSpecification of CPUReservation or MemoryReservation (AWS/ECS, Average). Take it out to compare without it.";
    return [{ code: "group_policy_unknown", path: at(index), message }];
  });
  const managed = managedOf(fields);
  const { minimumScalingStepSize: least, maximumScalingStepSize: most } = managed ?? {};
  if (least != null && most != null && least > most) {
    const message = "minimumScalingStepSize is above maximumScalingStepSize.";
    unread.push({ code: "out_of_range", path: fieldPath(path, "managedScaling.minimumScalingStepSize"), message });
  }
  if (fields.scalingPolicies.length === 0 || managed?.status !== "ENABLED") return unread;
  const message = "Managed scaling and policies of the group's own work against each other: leave one of them out.";
  return [...unread, { code: "conflicting_values", path: fieldPath(path, "scalingPolicies"), message }];
}

/** CloudWatch shows a minute's reservation when it is over; alarms as target tracking has them for services. */
function trackerOf(one: Fields["scalingPolicies"][number]): TargetTrackingPolicy | null {
  const tracking = one?.TargetTrackingConfiguration ?? null;
  const metric = tracking?.CustomizedMetricSpecification ?? null;
  if (tracking?.TargetValue == null || metric?.Namespace !== "AWS/ECS") return null;
  if (one?.PolicyType !== "TargetTrackingScaling" || (metric.Statistic ?? "Average") !== "Average") return null;
  const kind = metricKinds[metric.MetricName ?? ""];
  if (kind === undefined) return null;
  const target = tracking.TargetValue;
  const warmupSeconds = one.EstimatedInstanceWarmup ?? defaultManagedScaling.warmupSeconds;
  return {
    kind: "target-tracking",
    name: one.PolicyName ?? "target tracking",
    metric: { kind, periodSeconds: 60, statistic: "average", publicationDelaySeconds: 0 },
    target,
    high: alarm(">", target, 3),
    low: alarm("<", target * 0.9, 15),
    scaleOutCooldownSeconds: warmupSeconds,
    scaleInCooldownSeconds: warmupSeconds,
    scaleInDisabled: tracking.DisableScaleIn ?? false,
  };
}

const metricKinds: Readonly<Record<string, "cpu" | "memory">> = { CPUReservation: "cpu", MemoryReservation: "memory" };

function alarm(comparison: Alarm["comparison"], threshold: number, datapoints: number): Alarm {
  return { comparison, threshold, datapoints, datapointsToAlarm: datapoints };
}
