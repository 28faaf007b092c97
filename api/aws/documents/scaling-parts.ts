import { isEmpty, isObject, kindOf, pathBelow, unknownFields } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";

/** One AWS document about a service's scaling, wherever it stood. */
export interface ScalingPart {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: string;
}

/** What `services[].scaling` holds, by kind of document. */
export interface ScalingParts {
  readonly targets: ScalingPart[];
  readonly policies: ScalingPart[];
  readonly actions: ScalingPart[];
  readonly alarms: ScalingPart[];
  /** Our own fields: `model`, `deploymentsPerWeek`. */
  readonly own: Record<string, ScalingPart["value"][string]>;
  readonly problems: Problem[];
}

type Kind = "targets" | "policies" | "actions" | "alarms";

/** Fields that hold lists of documents, as AWS's describe calls name them and as people would. */
const lists: Readonly<Record<string, Kind>> = {
  ScalableTargets: "targets",
  scalableTargets: "targets",
  ScalingPolicies: "policies",
  scalingPolicies: "policies",
  ScheduledActions: "actions",
  scheduledActions: "actions",
  MetricAlarms: "alarms",
  alarms: "alarms",
};

const ownFields = ["model", "deploymentsPerWeek"];
/** Of a scalable target that holds the other documents beside its own fields. */
const targetFields = [
  "ServiceNamespace",
  "ResourceId",
  "ScalableDimension",
  "MinCapacity",
  "MaxCapacity",
  "RoleARN",
  "SuspendedState",
];
const ignored = ["CompositeAlarms", "NextToken", "ResponseMetadata"];

/**
 * Sorts the documents of `services[].scaling`: an object with lists of them (outputs of describe-scalable-targets,
 * describe-scaling-policies, describe-scheduled-actions and describe-alarms, all in one or one below another), or a list of such objects
 * and of single ones (inputs of RegisterScalableTarget, PutScalingPolicy, PutScheduledAction and PutMetricAlarm).
 */
export function scalingParts(value: unknown, path: string): ScalingParts {
  const parts: ScalingParts = { targets: [], policies: [], actions: [], alarms: [], own: {}, problems: [] };
  for (const [at, item] of (Array.isArray(value) ? value : [value]).entries()) {
    gather(item, Array.isArray(value) ? pathBelow(path, [at]) : path, parts);
  }
  return parts;
}

function gather(value: unknown, path: string, parts: ScalingParts): void {
  if (isEmpty(value)) return;
  if (!isObject(value)) {
    const message = `scaling must be an object of Application Auto Scaling's documents, not ${kindOf(value)}.`;
    parts.problems.push({ code: "wrong_type", path, message });
    return;
  }
  const kind = kindOfDocument(value);
  const holdsOthers = Object.keys(value).some((name) => name in lists || ownFields.includes(name));
  if (kind !== null) parts[kind].push({ value, path });
  if (kind !== null && !holdsOthers) return;
  const beside = [...ignored, ...(kind === "targets" ? targetFields : [])].filter((name) => name in value);
  parts.problems.push(...unknownFields(value, path, [...Object.keys(lists), ...ownFields, ...beside]));
  for (const name of Object.keys(value)) {
    const listed = lists[name];
    if (ownFields.includes(name)) parts.own[name] = value[name];
    else if (listed !== undefined) gatherList(value[name], fieldPath(path, name), { name, kind: listed, parts });
  }
}

/** A list of one kind of document, or a describe call's whole output where the list belongs. */
function gatherList(
  value: unknown,
  path: string,
  into: { readonly name: string; readonly kind: Kind; readonly parts: ScalingParts },
): void {
  if (isObject(value) && Object.keys(lists).some((name) => Array.isArray(value[name]))) {
    gather(value, path, into.parts);
    return;
  }
  for (const [at, item] of (Array.isArray(value) ? value : [value]).entries()) {
    const below = Array.isArray(value) ? pathBelow(path, [at]) : path;
    if (isObject(item)) into.parts[into.kind].push({ value: item, path: below });
    else if (!isEmpty(item)) {
      const message = `${into.name} must hold objects, not ${kindOf(item)}.`;
      into.parts.problems.push({ code: "wrong_type", path: below, message });
    }
  }
}

function kindOfDocument(value: ScalingPart["value"]): Kind | null {
  if ("ScheduledActionName" in value) return "actions";
  if ("AlarmName" in value) return "alarms";
  if ("PolicyName" in value) return "metric" in value ? "alarms" : "policies";
  return "MinCapacity" in value || "MaxCapacity" in value ? "targets" : null;
}
