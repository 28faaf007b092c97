import type { Comparison, Expression } from "./expression.ts";
import { isPattern } from "./operator.ts";
import { isBarePattern, isBareValue } from "./query-text.ts";

/**
 * The one text of an expression: symbols for operators, words for and, or and not, quotes and parentheses where they are needed.
 * `parseQuery` reads the same expression back. Throws where a value holds both kinds of quotes, which no text can say.
 */
export function printQuery(expression: Expression): string {
  switch (expression.kind) {
    case "comparison":
      return comparison(expression);
    case "not":
      return `not ${inner(expression.operand)}`;
    case "and":
    case "or":
      return expression.operands
        .map((operand) => (operand.kind === "not" ? printQuery(operand) : inner(operand)))
        .join(` ${expression.kind} `);
  }
}

/** In parentheses unless it is one comparison. */
function inner(expression: Expression): string {
  return expression.kind === "comparison" ? comparison(expression) : `(${printQuery(expression)})`;
}

function comparison({ subject, operator, values }: Comparison): string {
  if (operator === "exists" || operator === "!exists") return `${subject} ${operator}`;
  if (operator === "in" || operator === "!in") return `${subject} ${operator} [${values.map(value).join(", ")}]`;
  const [only = ""] = values;
  return `${subject} ${operator} ${isPattern(operator) && isBarePattern(only) ? only : value(only)}`;
}

function value(text: string): string {
  if (isBareValue(text)) return text;
  if (!text.includes("'")) return `'${text}'`;
  if (!text.includes('"')) return `"${text}"`;
  throw new Error("A value with both kinds of quotes cannot be written in a cluster query");
}
