import { compareValue } from "./compare-value.ts";
import type { Comparison, Expression } from "./expression.ts";
import { attributeOf } from "./subject.ts";

/** A container instance as a query sees it. Null: not known. Nothing that is asked of it holds then (see `unknowables`). */
export interface QueriedInstance {
  /** By name; null: the attribute is there without a value, or with one that is not known. */
  readonly attributes: ReadonlyMap<string, string | null>;
  readonly agentConnected: boolean | null;
  readonly agentVersion: string | null;
  readonly ec2InstanceId: string | null;
  /** In one of the forms that `registeredAt` is compared with. */
  readonly registeredAt: string | null;
  readonly runningTasksCount: number | null;
  /** Groups that its tasks are in: `service:NAME`, `family:NAME` or what RunTask was told. */
  readonly taskGroups: ReadonlySet<string>;
}

/** Whether the query selects the instance. */
export function evaluateQuery(expression: Expression, instance: QueriedInstance): boolean {
  switch (expression.kind) {
    case "and":
      return expression.operands.every((operand) => evaluateQuery(operand, instance));
    case "or":
      return expression.operands.some((operand) => evaluateQuery(operand, instance));
    case "not":
      return !evaluateQuery(expression.operand, instance);
    case "comparison":
      return holds(expression, instance);
  }
}

function holds(comparison: Comparison, instance: QueriedInstance): boolean {
  const name = attributeOf(comparison.subject);
  if (name !== null) return compareValue(comparison, instance.attributes.get(name));
  if (comparison.subject === "task:group") return holdsOfGroups(comparison, [...instance.taskGroups]);
  return compareValue(comparison, fieldOf(comparison, instance));
}

/**
 * One task's group is enough, with != as well: an instance that hosts nothing is not selected by `task:group != a`, as one without the
 * attribute is not by `attribute:stack != prod`. "Hosts none of a" is `not(task:group == a)`, the guide's own example.
 */
function holdsOfGroups(comparison: Comparison, groups: readonly string[]): boolean {
  if (comparison.operator === "!exists") return groups.length === 0;
  return groups.some((group) => compareValue(comparison, group));
}

function fieldOf({ subject }: Comparison, instance: QueriedInstance): string | null {
  switch (subject) {
    case "agentConnected":
      return textOf(instance.agentConnected);
    case "agentVersion":
      return instance.agentVersion;
    case "ec2InstanceId":
      return instance.ec2InstanceId;
    case "registeredAt":
      return instance.registeredAt;
    default:
      return textOf(instance.runningTasksCount);
  }
}

function textOf(value: boolean | number | null): string | null {
  return value === null ? null : String(value);
}
