import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateQuery, type QueriedInstance } from "../../../api/aws/cluster-query/evaluate-query.ts";
import type { InstanceAttributes } from "../../../api/aws/cluster-query/instance-attributes.ts";
import { isStatic, specialise, unknowables } from "../../../api/aws/cluster-query/specialise.ts";
import type { Subject } from "../../../api/aws/cluster-query/subject.ts";
import { queryOf } from "./query-of.ts";
import { comparisonOf, count, date, expressionOf, version } from "./random-expression.ts";
import { answerOf, writtenOut } from "./second-evaluator.ts";

const names = ["type", "zone", "stack", "owner"];
const value = fc.constantFrom("a", "b", "ab", "service:web", "the shop");
const vocabulary = {
  subject: fc.constantFrom<Subject[]>(
    ...names.map((name): Subject => `attribute:${name}`),
    ...([
      "agentConnected",
      "agentVersion",
      "ec2InstanceId",
      "registeredAt",
      "runningTasksCount",
      "task:group",
    ] as const),
  ),
  value,
  pattern: fc.constantFrom("a.*", ".*b", "[ab]", "a|ab", "(?:a|t)+.*", "service:\\w{3}", ".", "t.*e"),
};
const expression = expressionOf(comparisonOf(vocabulary, false));
const attributes = fc
  .dictionary(fc.constantFrom(...names), fc.option(value), { maxKeys: 4, noNullPrototype: true })
  .map((fields): ReadonlyMap<string, string | null> => new Map(Object.entries(fields)));
const instance: fc.Arbitrary<QueriedInstance> = fc.record({
  attributes,
  agentConnected: fc.option(fc.boolean()),
  agentVersion: fc.option(version),
  ec2InstanceId: fc.option(value),
  registeredAt: fc.option(date),
  runningTasksCount: fc.option(count),
  taskGroups: fc.array(value, { maxLength: 3 }).map((groups): ReadonlySet<string> => new Set(groups)),
});

test("a second evaluator, which rewrites strings, finds the same in 3,000 random queries, written in symbols and in words", () => {
  const verdicts = { true: 0, false: 0 };
  fc.assert(
    fc.property(expression, instance, fc.constantFrom("symbols" as const, "words" as const), (query, one, style) => {
      const text = writtenOut(query, style);
      fc.pre(text.length <= 2000);
      const verdict = answerOf(query, one);
      verdicts[`${verdict}`] += 1;
      expect(evaluateQuery(queryOf(text), one)).toBe(verdict);
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(300);
});

describe("what is settled before anything is placed", () => {
  /** Some of the instance's attributes and of those it does not have are known. */
  const partly = fc.tuple(instance, fc.subarray(names)).map(([one, known]) => ({
    one: { ...one, agentConnected: true },
    attributes: {
      there: new Map([...one.attributes].filter(([name]) => known.includes(name))),
      absent: new Set(known.filter((name) => !one.attributes.has(name))),
    } satisfies InstanceAttributes,
  }));

  test("what is left of 3,000 random queries selects what the whole does", () => {
    fc.assert(
      fc.property(expression, partly, (query, { one, attributes }) => {
        const rest = specialise(query, attributes);
        expect(typeof rest === "boolean" ? rest : evaluateQuery(rest, one)).toBe(evaluateQuery(query, one));
      }),
      { numRuns: 3000 },
    );
  });

  test("a static query of which everything is known leaves nothing, and what is left is dynamic or names what is unknown", () => {
    fc.assert(
      fc.property(expression, partly, (query, { attributes }) => {
        const rest = specialise(query, attributes);
        const settled = isStatic(query) && unknowables(query, attributes).length === 0;
        const open = typeof rest !== "boolean" && isStatic(rest) && unknowables(rest, attributes).length === 0;
        expect({ unsettled: settled && typeof rest !== "boolean", open }).toEqual({ unsettled: false, open: false });
      }),
      { numRuns: 3000 },
    );
  });
});

describe("patterns", () => {
  const selects = (pattern: string, text: string) =>
    evaluateQuery(queryOf(`attribute:a =~ '${pattern}'`), { ...nothing, attributes: new Map([["a", text]]) });
  const nothing: QueriedInstance = {
    attributes: new Map(),
    agentConnected: null,
    agentVersion: null,
    ec2InstanceId: null,
    registeredAt: null,
    runningTasksCount: null,
    taskGroups: new Set(),
  };

  test.each([
    ["(a+)+b"],
    ["(a|a)*b"],
    ["(a*)*(a*)*(a*)*b"],
    ["(?:a?){128}a{128}b"],
    ["(?:.*a){20}b"],
    ["(?:(?:a{0,9}){0,9}){0,9}b"],
  ])("%s against 128 times a ends in under two seconds of work, with no match", (pattern) => {
    const started = process.cpuUsage();
    expect(selects(pattern, "a".repeat(128))).toBe(false);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1_000_000).toBeLessThan(2);
  });

  test("the dearest patterns that an expression has room for are compiled in under two seconds of work", () => {
    const many = Array.from({ length: 60 }, () => "attribute:a =~ (?i)b{60}c").join(" or ");
    const started = process.cpuUsage();
    queryOf(many);
    queryOf(`attribute:a =~ ${"(a{9}){9}".repeat(20)}`);
    queryOf(`attribute:a =~ ${"[^a]".repeat(490)}`);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1_000_000).toBeLessThan(2);
  });

  test.each([
    ["g2.*", "g2.8xlarge", true],
    ["g2", "g2.8xlarge", false],
    ["^g2.*$", "g2.8xlarge", true],
    ["m[56]g?\\.(large|xlarge)", "m6g.xlarge", true],
    ["m[56]g?\\.(large|xlarge)", "m6gd.xlarge", false],
    ["a{2,3}", "aaaa", false],
    ["a{2,}", "aaaa", true],
    ["\\x41\\d\\w\\s\\S", "A1_ b", true],
    ["(?i:prod)-x", "PROD-x", true],
    ["(?<tier>a|b)+?", "abab", true],
    ["[^\\]]+", "a[b", true],
    ["a\\(b\\)", "a(b)", true],
  ])("%s takes %s whole: %s", (pattern, text, taken) => {
    expect(selects(pattern, text)).toBe(taken);
  });
});
