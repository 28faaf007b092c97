import type { Comparison } from "./expression.ts";
import { instantOf } from "./instant.ts";
import { matchesPattern } from "./pattern.ts";
import type { Subject } from "./subject.ts";
import { compareVersions } from "./version.ts";

/**
 * What a comparison says of a value. Null: the subject is there without a value to compare; undefined: it is not there. Then nothing but
 * `exists` or `!exists` holds: `!=` selects what has another value, not what has none (ECS developer guide, task-placement-constraints.md,
 * "Exclude an attribute value").
 */
export function compareValue(comparison: Comparison, value: string | null | undefined): boolean {
  const { subject, operator, values } = comparison;
  if (operator === "exists") return value !== undefined;
  if (operator === "!exists") return value === undefined;
  if (value === undefined || value === null) return false;
  const [only = ""] = values;
  switch (operator) {
    case "==":
      return isEqual(subject, value, only);
    case "!=":
      return !isEqual(subject, value, only);
    case "in":
      return values.includes(value);
    case "!in":
      return !values.includes(value);
    case "=~":
      return matchesPattern(comparison, value);
    case "!~":
      return !matchesPattern(comparison, value);
    default:
      return isOrdered(operator, order(subject, value, only));
  }
}

/** Of text; one date may be written in several ways. */
function isEqual(subject: Subject, value: string, other: string): boolean {
  return subject === "registeredAt" ? order(subject, value, other) === 0 : value === other;
}

function isOrdered(operator: ">" | ">=" | "<" | "<=", order: number | null): boolean {
  if (order === null) return false;
  if (operator === ">" || operator === ">=") return order > 0 || (order === 0 && operator === ">=");
  return order < 0 || (order === 0 && operator === "<=");
}

/** Below zero: the value comes before the other. Null: they have no order. */
function order(subject: Subject, value: string, other: string): number | null {
  if (subject === "agentVersion") return compareVersions(value, other);
  if (subject === "registeredAt") return difference(instantOf(value), instantOf(other));
  // Attributes too, where both are numbers; `unknowables` names it, since how ECS orders them is not published.
  if (isNumber(value) && isNumber(other)) return Number(value) - Number(other);
  if (subject === "runningTasksCount") return null;
  return value < other ? -1 : Number(value > other);
}

function difference(value: number | null, other: number | null): number | null {
  return value === null || other === null ? null : value - other;
}

function isNumber(text: string): boolean {
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text);
}
