import type { QueriedInstance } from "../../../api/aws/cluster-query/evaluate-query.ts";
import type { Comparison, Expression } from "../../../api/aws/cluster-query/expression.ts";
import { operatorWords } from "../../../api/aws/cluster-query/operator.ts";

/** A query's text, written otherwise than the printer writes it: quotes, operators by `style`, parentheses around everything. */
export function writtenOut(expression: Expression, style: "symbols" | "words"): string {
  const symbols = style === "symbols";
  if (expression.kind === "not") return `${symbols ? "!" : "not"}(${writtenOut(expression.operand, style)})`;
  if (expression.kind !== "comparison") {
    const joint = expression.kind === "and" ? (symbols ? "&&" : " and ") : symbols ? "||" : " or ";
    return expression.operands.map((operand) => `(${writtenOut(operand, style)})`).join(joint);
  }
  const { subject, operator, values } = expression;
  const quoted = values.map((value) => `'${value}'`);
  const list = operator === "in" || operator === "!in" ? `[${quoted.join(" ,")}]` : quoted.join();
  return `${subject} ${symbols ? operator : operatorWords[operator]} ${list}`;
}

/**
 * The same answer by another way: every comparison is first turned into 1 or 0, and the string that remains is rewritten, (0) to 0, !0 to 1,
 * 1&1 to 1, until one digit is left.
 */
export function answerOf(expression: Expression, instance: QueriedInstance): boolean {
  let text = digitsOf(expression, instance);
  while (text.length > 1) {
    text = text
      .replaceAll(/\(([01])\)/g, "$1")
      .replaceAll("!0", "1")
      .replaceAll("!1", "0")
      .replaceAll(/(?<![!&|])([01])&([01])/g, (_, a, b) => (a === "1" && b === "1" ? "1" : "0"))
      .replaceAll(/(?<![!&|])([01])\|([01])/g, (_, a, b) => (a === "1" || b === "1" ? "1" : "0"));
  }
  return text === "1";
}

function digitsOf(expression: Expression, instance: QueriedInstance): string {
  if (expression.kind === "comparison") return isTrue(expression, instance) ? "1" : "0";
  if (expression.kind === "not") return `!(${digitsOf(expression.operand, instance)})`;
  const joint = expression.kind === "and" ? "&" : "|";
  return `(${expression.operands.map((operand) => `(${digitsOf(operand, instance)})`).join(joint)})`;
}

/** Each operator as a set of what it selects among the values there are; a negated one selects the rest of them, never what is not there. */
function isTrue({ subject, operator, values }: Comparison, instance: QueriedInstance): boolean {
  const there = valuesOf(subject, instance);
  if (operator === "exists") return isThere(subject, instance);
  if (operator === "!exists") return !isThere(subject, instance);
  const [only = ""] = values;
  const keyOf = { agentVersion: versionKey, registeredAt: dateKey }[subject as string] ?? numberKey;
  const sameKey = subject === "registeredAt" ? dateKey : (text: string) => text;
  const selected = {
    "==": (value: string) => sameKey(value) === sameKey(only),
    in: (value: string) => values.some((one) => one === value),
    "=~": (value: string) => new RegExp(`^(?:${only})$`).test(value),
    ">": (value: string) => keyOf(value) > keyOf(only),
    "<": (value: string) => keyOf(value) < keyOf(only),
    ">=": (value: string) => !(keyOf(value) < keyOf(only)),
    "<=": (value: string) => !(keyOf(value) > keyOf(only)),
  };
  const positive = { "!=": "==", "!in": "in", "!~": "=~" }[operator as string];
  const select = selected[(positive ?? operator) as keyof typeof selected];
  return there.some((value) => select(value) === (positive === undefined));
}

function isThere(subject: string, instance: QueriedInstance): boolean {
  return subject === "task:group" ? instance.taskGroups.size > 0 : instance.attributes.has(subject.slice(10));
}

function valuesOf(subject: string, instance: QueriedInstance): string[] {
  const { attributes, taskGroups, ...fields } = instance;
  const known: Record<string, unknown> = fields;
  for (const [name, value] of attributes) known[`attribute:${name}`] = value;
  if (subject === "task:group") return [...taskGroups];
  const value = known[subject] ?? null;
  return value === null ? [] : [String(value)];
}

const versionKey = (text: string) =>
  [...text.split("."), "0", "0", "0"]
    .slice(0, 4)
    .map((part) => part.padStart(9, "0"))
    .join();
const numberKey = (text: string) => text.padStart(9, "0");

function dateKey(text: string): string {
  const whole = text.length === 10 ? `${text}T00:00:00Z` : /T[\d:]{8}$/.test(text) ? `${text}Z` : text;
  return new Date(whole).toISOString();
}
