/**
 * The operators by their symbols, each with the word that says the same.
 * Source: ECS developer guide, cluster-query-language.md, "Operator".
 */
export const operatorWords = {
  "==": "equals",
  "!=": "not_equals",
  ">": "greater_than",
  ">=": "greater_than_equal",
  "<": "less_than",
  "<=": "less_than_equal",
  exists: "exists",
  "!exists": "not_exists",
  in: "in",
  "!in": "not_in",
  "=~": "matches",
  "!~": "not_matches",
} as const;

export type Operator = keyof typeof operatorWords;

export const operators = Object.keys(operatorWords) as Operator[];

/** The operator that a symbol or a word stands for; null: none. */
export function operatorOf(text: string): Operator | null {
  return operators.find((operator) => operator === text || operatorWords[operator] === text) ?? null;
}

export function isOrder(operator: Operator): boolean {
  return operator.startsWith(">") || operator.startsWith("<");
}

export function isPattern(operator: Operator): boolean {
  return operator === "=~" || operator === "!~";
}

/** Other languages' ways to write an operator, and the way here. */
export const operatorSlips: Readonly<Record<string, Operator>> = {
  "=": "==",
  "===": "==",
  is: "==",
  eq: "==",
  "!==": "!=",
  "<>": "!=",
  ne: "!=",
  "=>": ">=",
  "=<": "<=",
  "~": "=~",
  "~=": "=~",
  "==~": "=~",
  like: "=~",
  "!=~": "!~",
};
