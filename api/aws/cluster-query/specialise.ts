import { compareValue } from "./compare-value.ts";
import type { Comparison, Expression } from "./expression.ts";
import { comparisonsOf } from "./expression.ts";
import type { InstanceAttributes } from "./instance-attributes.ts";
import { isOrder } from "./operator.ts";
import { attributeOf } from "./subject.ts";

/** Whether the answer for an instance stays the same whatever is placed on it: no `task:group` and no `runningTasksCount`. */
export function isStatic(expression: Expression): boolean {
  return comparisonsOf(expression).every(({ subject }) => subject !== "task:group" && subject !== "runningTasksCount");
}

/**
 * What is left to ask of an instance with these attributes: true or false where they settle it, else the rest of the expression. The rest
 * holds what depends on the tasks placed there, and what nobody knows of a planned instance (`unknowables` of the rest names it).
 * `agentConnected` is true: tasks are placed on connected instances only (API_ContainerInstance).
 */
export function specialise(expression: Expression, attributes: InstanceAttributes): Expression | boolean {
  switch (expression.kind) {
    case "comparison":
      return decide(expression, attributes);
    case "not": {
      const operand = specialise(expression.operand, attributes);
      return typeof operand === "boolean" ? !operand : { kind: "not", operand };
    }
    case "and":
    case "or": {
      const settling = expression.kind === "or";
      const operands = expression.operands.map((operand) => specialise(operand, attributes));
      if (operands.includes(settling)) return settling;
      const [first, ...others] = operands.filter((operand) => typeof operand !== "boolean");
      if (first === undefined) return !settling;
      return others.length === 0 ? first : { kind: expression.kind, operands: [first, ...others] };
    }
  }
}

function decide(comparison: Comparison, attributes: InstanceAttributes): Comparison | boolean {
  if (comparison.subject === "agentConnected") return compareValue(comparison, "true");
  if (isUnknown(comparison, attributes) || !isStatic(comparison)) return comparison;
  return compareValue(comparison, attributes.there.get(attributeOf(comparison.subject) ?? ""));
}

/**
 * What an expression asks that cannot be known of a planned instance with these attributes, once each, as people would call it:
 * `ec2InstanceId`, `attribute:ecs.ami-id`, `attribute:stack` where no such attribute is given, and "the order of attribute:NAME", since how
 * ECS orders the values of attributes is not published. Ask it of what `specialise` leaves: what is settled otherwise does not matter.
 */
export function unknowables(expression: Expression, attributes: InstanceAttributes): string[] {
  const unknown = comparisonsOf(expression).filter((comparison) => isUnknown(comparison, attributes));
  return [...new Set(unknown.map((comparison) => nameOf(comparison, attributes)))];
}

function isUnknown(comparison: Comparison, { there, absent }: InstanceAttributes): boolean {
  const { subject, operator } = comparison;
  const name = attributeOf(subject);
  if (name === null) return subject === "agentVersion" || subject === "ec2InstanceId" || subject === "registeredAt";
  if (absent.has(name)) return false;
  const value = there.get(name);
  if (value === undefined) return true;
  if (operator === "exists" || operator === "!exists") return false;
  return value === null || isOrder(operator);
}

function nameOf({ subject, operator }: Comparison, { there }: InstanceAttributes): string {
  const valued = typeof there.get(attributeOf(subject) ?? "") === "string";
  return valued && isOrder(operator) ? `the order of ${subject}` : subject;
}
