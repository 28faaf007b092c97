import { describe, expect, test } from "vitest";
import { parseQuery } from "../../../api/aws/cluster-query/parse-query.ts";
import { printQuery } from "../../../api/aws/cluster-query/print-query.ts";
import { queryOf } from "./query-of.ts";

const comparison = (subject: string, operator: string, ...values: string[]) => ({
  kind: "comparison",
  subject,
  operator,
  values,
});

describe("what is read", () => {
  test("and binds closer than or, not closest", () => {
    expect(queryOf("attribute:a exists or attribute:b exists and not attribute:c exists")).toEqual({
      kind: "or",
      operands: [
        comparison("attribute:a", "exists"),
        {
          kind: "and",
          operands: [
            comparison("attribute:b", "exists"),
            { kind: "not", operand: comparison("attribute:c", "exists") },
          ],
        },
      ],
    });
  });

  test("what parentheses hold together stays together", () => {
    const inner = { kind: "and", operands: [comparison("attribute:a", "exists"), comparison("attribute:b", "exists")] };

    expect(queryOf("(attribute:a exists and attribute:b exists) and attribute:c exists")).toEqual({
      kind: "and",
      operands: [inner, comparison("attribute:c", "exists")],
    });
  });

  test.each([
    ["attribute:a==b&&!attribute:c!exists", "attribute:a == b and not attribute:c !exists"],
    ["not(task:group equals 'database')", "not task:group == database"],
    ["((attribute:a  in[ b ,'c d' ]))", "attribute:a in [b, 'c d']"],
    ["attribute:a == 'and' || attribute:b == \"it's\"", "attribute:a == 'and' or attribute:b == \"it's\""],
    ["attribute:a =~ 'm[56].*' or attribute:a matches '(a b)'", "attribute:a =~ m[56].* or attribute:a =~ '(a b)'"],
    ["attribute:a =~ (m5||c5)x&&attribute:b exists", "attribute:a =~ (m5||c5)x and attribute:b exists"],
    [" registeredAt >= 2018-06-18T22:28:28+00:00 ", "registeredAt >= 2018-06-18T22:28:28+00:00"],
  ])("%s is, in one way for all, %s", (text, printed) => {
    expect(printQuery(queryOf(text))).toBe(printed);
  });

  test("100 levels of parentheses", () => {
    expect(queryOf(`${"(".repeat(100)}attribute:a exists${")".repeat(100)}`)).toEqual(
      comparison("attribute:a", "exists"),
    );
  });

  test("an attribute's name of 128 characters, and 2,000 characters in all", () => {
    const name = "x".repeat(128);
    expect(queryOf(`attribute:${name} exists`)).toEqual(comparison(`attribute:${name}`, "exists"));
    expect(parseQuery("attribute:a exists".padEnd(2000)).ok).toBe(true);
  });
});

const operators = "== != > >= < <= exists !exists in !in =~ !~";

describe("what is not read, by its place", () => {
  test.each([
    ["", 1, "a comparison is missing: the expression ends here"],
    ["   ", 4, "a comparison is missing"],
    ["attribute:a == b and", 21, "a comparison is missing: the expression ends here"],
    ["attribute:a", 12, `an operator is expected: ${operators}; the expression ends here`],
    ["attribute:a ==", 15, "a value is missing: the expression ends here"],
    ["attribute:a == and attribute:b == c", 16, "a value is missing"],
    ["attribute:a == )", 16, "a value is missing"],
    ["attribute:a = b", 13, "did you mean ==?"],
    ["attribute:a === b", 13, "did you mean ==?"],
    ["attribute:a <> b", 13, "did you mean !=?"],
    ["runningTasksCount => 3", 19, "did you mean >=?"],
    ["attribute:a like b", 13, "did you mean =~?"],
    ["attribute:a EQUALS b", 13, "did you mean equals?"],
    ["attribute:a notin [b]", 13, "did you mean not_in?"],
    ["attribute:a not in [b]", 13, "a negated operator is one word, such as not_in or !in"],
    ["attribute:a constructor b", 13, `an operator is expected: ${operators}`],
    ["agentVersions < 1.2", 1, "did you mean agentVersion?"],
    ["runningTaskCount == 1", 1, "did you mean runningTasksCount?"],
    ["instance-type == t2.small", 1, "did you mean attribute:ecs.instance-type?"],
    ["ecs.instance-type == t2.small", 1, "did you mean attribute:ecs.instance-type?"],
    ["taskgroup == x", 1, "did you mean task:group?"],
    ["attribute: stack == prod", 11, "attribute: is followed at once by a name"],
    [`attribute:${"x".repeat(129)} exists`, 11, "a name of 1 to 128 letters"],
    ["runningTasksCount in [1]", 19, "runningTasksCount does not take in; it takes == != > >= < <="],
    ["ec2InstanceId > i-1", 15, "ec2InstanceId does not take greater_than; it takes == != in !in =~ !~"],
    ["agentConnected exists", 16, "agentConnected does not take exists"],
    ["agentVersion =~ 1.*", 14, "agentVersion does not take matches"],
    ["registeredAt !in [2018-01-01]", 14, "registeredAt does not take not_in"],
    ["task:group < x", 12, "task:group does not take less_than; it takes == != exists !exists in !in =~ !~"],
    ["runningTasksCount == one", 22, "a whole number such as 1"],
    ["runningTasksCount == 01", 22, "a whole number such as 1"],
    ["agentVersion < v1.2", 16, "a version such as 1.14.5"],
    ["agentConnected == yes", 19, "true or false"],
    ["registeredAt < 2018-02-30", 16, "a date such as 2018-06-18"],
    ["registeredAt < 2018-02-13T25:00:00Z", 16, "a date such as 2018-06-18"],
    ["attribute:a == t2.*", 19, "a value has no *; for a pattern the operator is =~"],
    ["attribute:a == b=c", 17, "a value without quotes has no ="],
    ["attribute:a == b\u2019", 17, "a value without quotes has no character U+2019"],
    ["attribute:a == ''", 16, "the value is empty"],
    ["attribute:a == 'b", 16, "the quote ' is not closed"],
    ["attribute:a == [b]", 16, "a list goes with in or not_in"],
    ["attribute:a in b", 16, "a list in brackets is expected"],
    ["attribute:a in []", 17, "a value is missing"],
    ["attribute:a in [b,]", 19, "a value is missing"],
    ["attribute:a in [b c]", 19, "a comma or the list's closing ] is expected"],
    ["attribute:a in [b", 18, "a comma or the list's closing ] is expected"],
    ["attribute:a == b c", 18, "and, or, a closing parenthesis or the end is expected"],
    ["attribute:a == b AND attribute:c == d", 18, "did you mean and?"],
    ["attribute:a == b & attribute:c == d", 18, "did you mean &&?"],
    ["attribute:a == b | attribute:c == d", 18, "did you mean ||?"],
    ["(attribute:a == b", 18, "a closing ) is missing"],
    ["attribute:a == b)", 17, "there is no ( for this )"],
    ["()", 2, "is expected"],
    ["attribute:a =~", 15, "a pattern is missing: the expression ends here"],
    ["attribute:a =~ ''", 17, "the pattern is empty"],
    ["attribute:a =~ x(?=y)", 17, "look-ahead or look-behind"],
    ["attribute:a =~ '(?<!y)x'", 17, "look-ahead or look-behind"],
    ["attribute:a =~ (x)\\1", 19, "a backreference"],
    ["attribute:a =~ (?>x)", 16, "a group that gives nothing back"],
    ["attribute:a =~ (?x)x", 16, "this kind of group"],
    ["attribute:a =~ x(?i){3}", 17, "this kind of group"],
    ["attribute:a =~ x.*+", 18, "a possessive quantifier"],
    ["attribute:a =~ x[a[b]]", 17, "this character class"],
    ["attribute:a =~ x[a&&b]", 17, "this character class"],
    ["attribute:a =~ [[:alpha:]]", 16, "this character class"],
    ["attribute:a =~ x[ab", 17, "this character class"],
    ["attribute:a =~ \\p{Lower}", 16, "a class of Unicode characters"],
    ["attribute:a =~ \\h", 16, "this escape"],
    ["attribute:a =~ x{a}", 17, "a { that repeats nothing"],
    ["attribute:a =~ x**", 17, "no regular expression (invalid nested repetition operator)"],
    ["attribute:a =~ x[z-a]", 18, "no regular expression (invalid character class range)"],
    ["attribute:a =~ (x", 16, "no regular expression (missing closing ))"],
    ["attribute:a =~ x{1001}", 17, "no regular expression (invalid repeat count)"],
    ["attribute:a =~ (((x{20}){20}){20})", 16, "too large"],
    [`${"(".repeat(101)}attribute:a exists`, 101, "more than 100 levels of parentheses and not"],
    ["attribute:a exists".padEnd(2001), 2001, "an expression has at most 2000 characters"],
  ])("%s: at character %i, %s", (text, position, message) => {
    const read = parseQuery(text);

    expect(read).toMatchObject({ ok: false, problem: { position } });
    expect(read).toMatchObject({ problem: { message: expect.stringContaining(`at character ${position}: `) } });
    expect(read).toMatchObject({ problem: { message: expect.stringContaining(message) } });
  });

  test.each(["(", "!", "not ", "[", "'", "attribute:", "attribute:a =~ ((", "attribute:a in [", "\\"])(
    "2,000 characters of %s end in a mistake, not in an overflow",
    (piece) => {
      expect(parseQuery(piece.repeat(2000).slice(0, 2000)).ok).toBe(false);
    },
  );
});

test("a value with both kinds of quotes has no text", () => {
  const both = { kind: "comparison", subject: "attribute:a", operator: "==", values: [`'"`] } as const;

  expect(() => printQuery(both)).toThrow("both kinds of quotes");
});
