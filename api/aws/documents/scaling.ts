import type { z } from "zod";
import { isEmpty, isObject } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { Scaling, ScalingPolicy } from "../../core/model/scaling.ts";
import { policyKinds } from "../scaling-policies/catalogue.ts";
import type { PolicyKind } from "../scaling-policies/policy-kind.ts";
import { fieldsOf, flag, listOf, objectOf, problemsOf, text, whole } from "./fields.ts";
import { type MetricAlarm, metricAlarm } from "./metric-alarm.ts";
import { readScalingModel, type ScalingModel } from "./scaling-model.ts";
import { type ScalingPart, type ScalingParts, scalingParts } from "./scaling-parts.ts";
import { readScheduledAction } from "./scheduled-action.ts";

/** What `services[].scaling` says. */
export interface ScalingReading {
  /** Null: nothing about this service. */
  readonly scaling: Scaling | null;
  readonly model: ScalingModel;
  readonly own: Readonly<Record<string, unknown>>;
  readonly notes: readonly { readonly code: string; readonly text: string }[];
  readonly problems: readonly Problem[];
}

/** The service that the documents must be about; null: not said. */
export interface Owner {
  readonly cluster: string | null;
  readonly service: string | null;
}

/** Documents of other services, of other dimensions and of other AWS services are left alone: describe calls print them all. */
export function readScaling(value: unknown, path: string, owner: Owner): ScalingReading {
  const parts = scalingParts(value, path);
  const { model, problems: modelProblems } = readScalingModel(parts.own.model, fieldPath(path, "model"));
  const problems: Problem[] = [...parts.problems, ...modelProblems];
  const alarms = parts.alarms.flatMap((part) => readAlarm(part, problems));
  const policies = parts.policies
    .filter((part) => isOwn(part, owner))
    .flatMap((part) => readPolicy(part, { alarms, model, problems }));
  const schedules = parts.actions.filter((part) => isOwn(part, owner)).map(readScheduledAction);
  for (const schedule of schedules) problems.push(...schedule.problems);
  const target = readTarget(parts, { path, owner, problems });
  const scheduledActions = schedules.flatMap(({ actions }) => actions);
  return {
    scaling: target === null ? null : { ...target, policies, scheduledActions },
    model,
    own: parts.own,
    notes: schedules.flatMap(({ notes }) => notes),
    problems,
  };
}

/** `service/<cluster>/<service>`; one without a ResourceId stands in the service and so is about it. */
function isOwn({ value }: ScalingPart, owner: Owner): boolean {
  const { ServiceNamespace, ScalableDimension, ResourceId } = value;
  if (!isEmpty(ServiceNamespace) && ServiceNamespace !== "ecs") return false;
  if (!isEmpty(ScalableDimension) && ScalableDimension !== "ecs:service:DesiredCount") return false;
  if (isEmpty(ResourceId) || typeof ResourceId !== "string") return true;
  const [, cluster, service] = /^service\/([^/]+)\/([^/]+)$/.exec(ResourceId.trim()) ?? [];
  if (owner.service !== null && service !== owner.service) return false;
  return owner.cluster === null || cluster === owner.cluster;
}

const capacity = whole({ min: 0, max: 1_000_000, unit: "tasks" });

/** Source: botocore application-autoscaling 2016-02-06, RegisterScalableTargetRequest and ScalableTarget. */
const scalableTarget = fieldsOf({
  MinCapacity: capacity,
  MaxCapacity: capacity,
  SuspendedState: objectOf({
    DynamicScalingInSuspended: flag(),
    DynamicScalingOutSuspended: flag(),
    ScheduledScalingSuspended: flag(),
  }),
});

function readTarget(
  parts: ScalingParts,
  given: { readonly path: string; readonly owner: Owner; readonly problems: Problem[] },
): Omit<Scaling, "policies" | "scheduledActions"> | null {
  const report = (code: string, path: string, message: string) => given.problems.push({ code, path, message });
  const own = parts.targets.filter((part) => isOwn(part, given.owner));
  const [part, second] = own;
  if (part === undefined) {
    const others = parts.targets.length + parts.policies.length + parts.actions.length;
    const message =
      "No scalable target is about this service: add what RegisterScalableTarget or describe-scalable-targets says, with its ResourceId service/<cluster>/<service>.";
    if (others > 0) report("scalable_target_missing", given.path, message);
    return null;
  }
  if (second !== undefined) {
    report("conflicting_values", second.path, "A second scalable target is about this service: leave one of them.");
  }
  const parsed = scalableTarget.safeParse(part.value);
  if (!parsed.success) {
    given.problems.push(...problemsOf(parsed.error, part.path));
    return null;
  }
  const { MinCapacity: min, MaxCapacity: max, SuspendedState: suspended } = parsed.data;
  if (min === null || max === null || min > max) {
    const message = "A scalable target needs a MinCapacity and a MaxCapacity that is not below it.";
    report(min === null || max === null ? "required" : "out_of_range", part.path, message);
    return null;
  }
  return {
    min,
    max,
    suspended: {
      in: suspended?.DynamicScalingInSuspended ?? false,
      out: suspended?.DynamicScalingOutSuspended ?? false,
      scheduled: suspended?.ScheduledScalingSuspended ?? false,
    },
  };
}

const policyNames = fieldsOf({
  PolicyName: text(256),
  PolicyARN: text(),
  PolicyType: text(64),
  Alarms: listOf(objectOf({ AlarmName: text(255) })),
});

function readPolicy(
  { value, path }: ScalingPart,
  given: { readonly alarms: readonly MetricAlarm[]; readonly model: ScalingModel; readonly problems: Problem[] },
): readonly ScalingPolicy[] {
  const parsed = policyNames.safeParse(value);
  if (!parsed.success) {
    given.problems.push(...problemsOf(parsed.error, path));
    return [];
  }
  const kind = kindOf(value, parsed.data.PolicyType);
  if (kind === undefined) {
    const known = policyKinds.map(({ policyType }) => policyType).join(", ");
    given.problems.push({ code: "unknown_value", path, message: `PolicyType must be one of ${known}.` });
    return [];
  }
  const name = parsed.data.PolicyName ?? kind.policyType;
  const alarms = given.alarms.filter((alarm) => triggers(alarm, parsed.data));
  const read = kind.read({ name, path, configuration: value[kind.configuration], alarms, model: given.model });
  given.problems.push(...read.problems);
  return read.policies;
}

function kindOf(value: ScalingPart["value"], type: string | null): PolicyKind | undefined {
  if (type !== null) return policyKinds.find(({ policyType }) => policyType === type);
  return policyKinds.find(({ configuration }) => isObject(value[configuration]));
}

/** The alarm names the policy (by ARN or name) among its actions, or the policy names the alarm. */
function triggers(alarm: MetricAlarm, policy: z.output<typeof policyNames>): boolean {
  const { PolicyName: name, PolicyARN: arn } = policy;
  if (name !== null && alarm.PolicyName === name) return true;
  const ends = alarm.AlarmActions.some(
    (action) => action !== null && (action === arn || (name !== null && action.endsWith(`:policyName/${name}`))),
  );
  return (
    ends || policy.Alarms.some((one) => one !== null && one.AlarmName !== null && one.AlarmName === alarm.AlarmName)
  );
}

function readAlarm({ value, path }: ScalingPart, problems: Problem[]): MetricAlarm[] {
  const parsed = metricAlarm.safeParse(value);
  if (parsed.success) return [{ ...parsed.data, path }];
  problems.push(...problemsOf(parsed.error, path));
  return [];
}
