import type { Operator } from "./operator.ts";
import type { Subject } from "./subject.ts";

/** A cluster query, read. Plain data: `printQuery` gives its text. */
export type Expression = Junction | Negation | Comparison;

export interface Junction {
  readonly kind: "and" | "or";
  /** At least two. */
  readonly operands: readonly Expression[];
}

export interface Negation {
  readonly kind: "not";
  readonly operand: Expression;
}

export interface Comparison {
  readonly kind: "comparison";
  readonly subject: Subject;
  readonly operator: Operator;
  /** None for `exists` and `!exists`, at least one for `in` and `!in`, else one. */
  readonly values: readonly string[];
}

/** The comparisons of an expression, from left to right. */
export function comparisonsOf(expression: Expression): readonly Comparison[] {
  switch (expression.kind) {
    case "comparison":
      return [expression];
    case "not":
      return comparisonsOf(expression.operand);
    case "and":
    case "or":
      return expression.operands.flatMap(comparisonsOf);
  }
}
