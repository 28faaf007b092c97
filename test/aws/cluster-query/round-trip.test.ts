import fc from "fast-check";
import { RE2JS } from "re2js";
import { expect, test } from "vitest";
import { parseQuery } from "../../../api/aws/cluster-query/parse-query.ts";
import { checkPattern } from "../../../api/aws/cluster-query/pattern.ts";
import { printQuery } from "../../../api/aws/cluster-query/print-query.ts";
import type { Subject } from "../../../api/aws/cluster-query/subject.ts";
import { comparisonOf, expressionOf } from "./random-expression.ts";

const printable = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 });
const value = fc.oneof(
  fc.constantFrom("and", "or", "not", "exists", "in", "service:web", "the shop", "a,b", "[x]", "(", " ", "||", "it's"),
  printable.filter((text) => !(text.includes("'") && text.includes('"'))),
);
const name = fc.string({ unit: fc.constantFrom(..."abXY09_-/\\."), minLength: 1, maxLength: 8 });
const attribute = name.map((text): Subject => `attribute:${text}`);
const pattern = fc
  .array(
    fc.constantFrom(
      "a",
      ".",
      "\\.",
      "[a-c]",
      "[^,)]",
      "(x|y)",
      "(?:b )",
      "é",
      "x*",
      "z+?",
      "|",
      "||",
      "&&",
      "\\(",
      "'",
      "]",
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => pieces.join(""));
const subject = fc.oneof(
  attribute,
  fc.constantFrom<Subject[]>(
    ...([
      "agentConnected",
      "agentVersion",
      "ec2InstanceId",
      "registeredAt",
      "runningTasksCount",
      "task:group",
    ] as const),
  ),
);

test("any expression, printed and read back, is the same, over 2,000 expressions", () => {
  const any = expressionOf(comparisonOf({ subject, value, pattern }, true));
  let read = 0;
  fc.assert(
    fc.property(any, (expression) => {
      const text = printQuery(expression);
      fc.pre(text.length <= 2000);
      read += 1;
      expect(parseQuery(text)).toEqual({ ok: true, value: expression });
    }),
    { numRuns: 2000 },
  );
  expect(read).toBeGreaterThanOrEqual(2000);
});

test("the size of a pattern is never less than that of RE2's program, over 2,000 patterns", () => {
  const piece = fc.constantFrom(
    ..."a b . [a-c] \\d x* y+ z? (a|bc) (?:ab){3} (a{2}){1,4} {2,5} {3} {2,} | (?i)".split(" "),
  );
  let compiled = 0;
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      const check = checkPattern(pieces.join(""), Number.POSITIVE_INFINITY);
      fc.pre(check.ok);
      compiled += 1;
      expect(check.size).toBeGreaterThanOrEqual(RE2JS.compile(pieces.join("")).programSize());
    }),
    { numRuns: 2000 },
  );
  expect(compiled).toBeGreaterThanOrEqual(2000);
});

test("any text at all is read or refused at a place within it, over 1,000 texts", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "attribute:a",
      "task:group",
      "runningTasksCount",
      " ",
      "==",
      "!",
      "=~",
      "in",
      "[",
      "]",
      "(",
      ")",
      ",",
      "'",
    ),
    fc.constantFrom("and", "&&", "or", "||", "not", "exists", "b", "1", ".*", "\\", "{", "?"),
    fc.string({ maxLength: 3, unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join("");
      const read = parseQuery(text);
      const position = read.ok ? 1 : read.problem.position;
      expect(position).toBeGreaterThanOrEqual(1);
      expect(position).toBeLessThanOrEqual(text.length + 1);
      expect(read.ok ? parseQuery(printQuery(read.value)) : read).toEqual(read);
    }),
    { numRuns: 1000 },
  );
});
