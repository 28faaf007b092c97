import { nearest } from "../../core/model/field.ts";
import { quotas } from "../documents/quotas.ts";
import type { Comparison, Expression } from "./expression.ts";
import { isPattern, operatorOf, operatorSlips, operators, operatorWords } from "./operator.ts";
import { checkPattern, patternSizeMax } from "./pattern.ts";
import { type Cursor, isAtEnd, peek, QueryMistake, take, takeOperator, takePattern, takeValue } from "./query-text.ts";
import { isAttributeName, operatorsOf, plainSubjects, type Subject } from "./subject.ts";
import { valueProblem } from "./value-problem.ts";

export type QueryReading =
  | { readonly ok: true; readonly value: Expression }
  | { readonly ok: false; readonly problem: QueryProblem };

export interface QueryProblem {
  /** "at character 14: an operator is expected …": the place, what is wrong and the way out. Nothing of the text is quoted. */
  readonly message: string;
  /** Of the character it starts at; the first is 1. */
  readonly position: number;
}

const lengthMax = quotas.expressionCharacters.value;

/** So that nothing that walks an expression runs out of stack. */
const depthMax = 100;

/**
 * Reads an expression of the ECS cluster query language. `and` binds closer than `or`, as in Java; `not` binds closest. Patterns are Java's,
 * as far as they can be matched in time linear in the text.
 * Source: ECS developer guide, cluster-query-language.md; it leaves precedence, quotes and patterns in parentheses unsaid.
 */
export function parseQuery(text: string): QueryReading {
  const cursor: Cursor = { text, at: 0, depth: 0, patternSize: 0 };
  try {
    if (text.length > lengthMax) throw new QueryMistake(lengthMax, `an expression has at most ${lengthMax} characters`);
    const value = parseOr(cursor);
    if (!isAtEnd(cursor)) throw unexpected(cursor);
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof QueryMistake)) throw error;
    const position = error.offset + 1;
    return { ok: false, problem: { message: `at character ${position}: ${error.message}`, position } };
  }
}

function parseOr(cursor: Cursor): Expression {
  return parseJunction(cursor, { kind: "or", word: /\|\||or(?![\w:])/y, operand: parseAnd });
}

function parseAnd(cursor: Cursor): Expression {
  return parseJunction(cursor, { kind: "and", word: /&&|and(?![\w:])/y, operand: parseNot });
}

interface JunctionForm {
  readonly kind: "and" | "or";
  readonly word: RegExp;
  readonly operand: (cursor: Cursor) => Expression;
}

function parseJunction(cursor: Cursor, { kind, word, operand }: JunctionForm): Expression {
  const first = operand(cursor);
  const operands = [first];
  while (take(cursor, word) !== null) operands.push(operand(cursor));
  return operands.length === 1 ? first : { kind, operands };
}

function parseNot(cursor: Cursor): Expression {
  const opening = peek(cursor, /!|not(?![\w:])|\(/y);
  if (opening === null) return parseComparison(cursor);
  if (cursor.depth === depthMax)
    throw new QueryMistake(cursor.at, `more than ${depthMax} levels of parentheses and not`);
  cursor.at += opening.length;
  cursor.depth += 1;
  const inner: Expression = opening === "(" ? parseOr(cursor) : { kind: "not", operand: parseNot(cursor) };
  if (opening === "(" && take(cursor, /\)/y) === null) throw unexpected(cursor);
  cursor.depth -= 1;
  return inner;
}

/** Something where an expression could end, or go on with `and` or `or`. */
function unexpected(cursor: Cursor): QueryMistake {
  if (isAtEnd(cursor)) return new QueryMistake(cursor.at, "a closing ) is missing: the expression ends here");
  if (peek(cursor, /\)/y) !== null) return new QueryMistake(cursor.at, "there is no ( for this )");
  const word = peek(cursor, /[A-Za-z]+|&|\|/y) ?? "";
  const meant = { "&": "&&", "|": "||" }[word] ?? nearest(word, ["and", "or"]);
  const hint = meant === null ? "" : `; did you mean ${meant}?`;
  return new QueryMistake(cursor.at, `and, or, a closing parenthesis or the end is expected${hint}`);
}

function parseComparison(cursor: Cursor): Comparison {
  const subject = parseSubject(cursor);
  const { text, offset } = takeOperator(cursor);
  const operator = operatorOf(text);
  if (operator === null) throw new QueryMistake(offset, operatorMissing(cursor, text));
  const allowed = operatorsOf(subject);
  if (!allowed.includes(operator)) {
    const message = `${subject} does not take ${operatorWords[operator]}; it takes ${allowed.join(" ")}`;
    throw new QueryMistake(offset, message);
  }
  const comparison = { kind: "comparison", subject, operator } as const;
  if (operator === "exists" || operator === "!exists") return { ...comparison, values: [] };
  if (operator === "in" || operator === "!in") return { ...comparison, values: parseList(cursor, subject) };
  return { ...comparison, values: [isPattern(operator) ? parsePattern(cursor) : parseValue(cursor, subject)] };
}

const subjectNames = [...plainSubjects, "attribute:NAME"].join(", ");

function parseSubject(cursor: Cursor): Subject {
  const word = peek(cursor, /[A-Za-z][\w.\-/\\:]*/y) ?? "";
  const plain = plainSubjects.find((subject) => subject === word);
  const name = word.startsWith("attribute:") ? word.slice("attribute:".length) : null;
  if (plain === undefined && name === null) throw new QueryMistake(cursor.at, subjectMissing(cursor, word));
  if (name !== null && !isAttributeName(name)) {
    const message =
      "attribute: is followed at once by a name of 1 to 128 letters, digits, hyphens, underscores, slashes and periods";
    throw new QueryMistake(cursor.at + "attribute:".length, message);
  }
  cursor.at += word.length;
  return plain ?? `attribute:${name}`;
}

/** The built-in attributes that people forget to write `attribute:` or `ecs.` before. */
const builtIn = ["ami-id", "availability-zone", "instance-type", "os-type", "os-family", "cpu-architecture"];

function subjectMissing(cursor: Cursor, word: string): string {
  if (isAtEnd(cursor)) return `a comparison is missing: the expression ends here`;
  const attribute = nearest(word.replace(/^(attribute[.:=])?(ecs\.)?/, ""), builtIn);
  const meant = nearest(word, plainSubjects) ?? (attribute === null ? null : `attribute:ecs.${attribute}`);
  return `one of ${subjectNames} is expected${meant === null ? "" : `; did you mean ${meant}?`}`;
}

function operatorMissing(cursor: Cursor, text: string): string {
  const expected = `an operator is expected: ${operators.join(" ")}`;
  if (isAtEnd(cursor)) return `${expected}; the expression ends here`;
  if (text === "not") return `${expected}; a negated operator is one word, such as not_in or !in`;
  const words = [...Object.values(operatorWords), "!in", "!exists"];
  const meant = (Object.hasOwn(operatorSlips, text) ? operatorSlips[text] : undefined) ?? nearest(text, words);
  return meant === null ? expected : `${expected}; did you mean ${meant}?`;
}

function parseValue(cursor: Cursor, subject: Subject): string {
  peek(cursor, /$/y);
  const offset = cursor.at;
  const value = takeValue(cursor, "a value");
  const problem = valueProblem(subject, value);
  if (problem !== null) throw new QueryMistake(offset, problem);
  return value;
}

function parseList(cursor: Cursor, subject: Subject): readonly string[] {
  if (take(cursor, /\[/y) === null) throw new QueryMistake(cursor.at, "a list in brackets is expected: [one, another]");
  const values = [parseValue(cursor, subject)];
  while (take(cursor, /,/y) !== null) values.push(parseValue(cursor, subject));
  if (take(cursor, /\]/y) === null) throw new QueryMistake(cursor.at, "a comma or the list's closing ] is expected");
  return values;
}

function parsePattern(cursor: Cursor): string {
  const { pattern, offset } = takePattern(cursor);
  if (pattern === "") throw new QueryMistake(offset, "the pattern is empty, which matches nothing");
  const check = checkPattern(pattern, patternSizeMax - cursor.patternSize);
  if (!check.ok) throw new QueryMistake(offset + check.offset, check.message);
  cursor.patternSize += check.size;
  return pattern;
}
