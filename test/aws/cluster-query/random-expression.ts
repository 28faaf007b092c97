import fc from "fast-check";
import type { Comparison, Expression } from "../../../api/aws/cluster-query/expression.ts";
import { isOrder, isPattern, type Operator } from "../../../api/aws/cluster-query/operator.ts";
import { operatorsOf, type Subject } from "../../../api/aws/cluster-query/subject.ts";

/** What may stand in a comparison, so that what is asked for can be matched often or be anything at all. */
export interface Vocabulary {
  readonly subject: fc.Arbitrary<Subject>;
  /** Of an attribute or a task group. */
  readonly value: fc.Arbitrary<string>;
  readonly pattern: fc.Arbitrary<string>;
}

const twoDigits = (max: number, min = 0) => fc.integer({ min, max }).map((number) => String(number).padStart(2, "0"));
const day = fc
  .tuple(fc.integer({ min: 2017, max: 2020 }), twoDigits(12, 1), twoDigits(28, 1))
  .map((parts) => parts.join("-"));
const time = fc.tuple(twoDigits(23), twoDigits(59), twoDigits(59)).map((parts) => parts.join(":"));
export const date = fc.oneof(
  day,
  fc.tuple(day, time, fc.constantFrom("", "Z", "+00:00", "-05:30")).map(([on, at, zone]) => `${on}T${at}${zone}`),
);
export const version = fc
  .array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join("."));
export const count = fc.integer({ min: 0, max: 12 });

function valueFor(subject: Subject, vocabulary: Vocabulary): fc.Arbitrary<string> {
  if (subject === "agentConnected") return fc.constantFrom("true", "false");
  if (subject === "agentVersion") return version;
  if (subject === "registeredAt") return date;
  if (subject === "runningTasksCount") return count.map(String);
  return vocabulary.value;
}

function valuesFor(subject: Subject, operator: Operator, vocabulary: Vocabulary): fc.Arbitrary<string[]> {
  if (operator === "exists" || operator === "!exists") return fc.constant([]);
  if (isPattern(operator)) return vocabulary.pattern.map((pattern) => [pattern]);
  const list = operator === "in" || operator === "!in";
  return fc.array(valueFor(subject, vocabulary), { minLength: 1, maxLength: list ? 4 : 1 });
}

/** Attributes in an order are left out unless asked for: of text it is not published. */
export function comparisonOf(vocabulary: Vocabulary, orderedAttributes: boolean): fc.Arbitrary<Comparison> {
  return vocabulary.subject.chain((subject) => {
    const allowed = operatorsOf(subject).filter(
      (operator) => orderedAttributes || !(subject.startsWith("attribute:") && isOrder(operator)),
    );
    return fc
      .constantFrom(...allowed)
      .chain((operator) =>
        valuesFor(subject, operator, vocabulary).map(
          (values) => ({ kind: "comparison", subject, operator, values }) as const,
        ),
      );
  });
}

export function expressionOf(comparison: fc.Arbitrary<Comparison>): fc.Arbitrary<Expression> {
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true, maxDepth: 5 },
      comparison,
      fc.record({ kind: fc.constant("not" as const), operand: tie("expression") }),
      fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        operands: fc.array(tie("expression"), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));
  return expression;
}
