import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "../../../api/aws/documents/read-json.ts";
import { variable } from "./parsed.ts";

describe("a JSON text", () => {
  test.each([
    ['{ "a": [1, "x", null, true] }', { a: [1, "x", null, true] }],
    ['\uFEFF{\r\n  "a": 1\r\n}\r\n', { a: 1 }],
    ['"text"', "text"],
    [" 12 ", 12],
    ["null", null],
    ['{ "a": "{[\\"" }', { a: '{["' }],
  ])("%j is read", (text, value) => {
    expect(readJson(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['{\n  "cpu": <CPU>\n}', "not_json", "Line 2, column 10: this is not a JSON value; text must be in double quotes."],
    [
      `{ "cpu": ${variable("CPU")} }`,
      "not_json",
      "Line 1, column 10: this is not a JSON value; text must be in double quotes.",
    ],
    ['{ "cpu": CPU_UNITS }', "not_json", "Line 1, column 10: this is not a JSON value; text must be in double quotes."],
    ['{ "a": NaN }', "not_json", "Line 1, column 8: this is not a JSON value; text must be in double quotes."],
    ['{ "a": -Infinity }', "not_json", "Line 1, column 8: this is not a JSON value; text must be in double quotes."],
    ["{ 'a': 1 }", "not_json", "Line 1, column 3: this is not a JSON value; text must be in double quotes."],
    [
      '{\r\n "a": [1,\r\n 2',
      "not_json",
      "Line 3, column 3: a closing bracket is expected: the text is cut off, or one is missing.",
    ],
    ['{ "a": 1, }', "not_json", "Line 1, column 11: a field's name in double quotes is expected."],
    ['{ "a": 1 "b": 2 }', "not_json", "Line 1, column 10: a comma is expected."],
    ['// a\n{ "a": 1 }', "not_json", "Line 1, column 1: JSON has no comments."],
    ['{ "a": "x }', "not_json", "Line 1, column 8: the closing quote is missing."],
    ['{ "a": "tab\there" }', "not_json", "Line 1, column 8: this character must be escaped."],
    ["{}\n\n{}", "not_json", "Line 3: a second value begins here; one is expected."],
    ["---\nfamily: web\n", "not_json", "Line 1, column 1: this is not a JSON value; text must be in double quotes."],
    ["", "empty_text", "There is nothing to read."],
    [" \r\n\uFEFF", "empty_text", "There is nothing to read."],
  ])("%j is refused", (text, code, message) => {
    expect(readJson(text)).toEqual({ ok: false, problems: [{ code, path: "", message }] });
  });

  test("every field that is there twice is a problem with its path, line and column", () => {
    const text =
      '{ "taskDefinitions": [\n  { "cpu": 1, "cpu": 2,\n    "x": { "a.b": 1, "a.b": 1, "m\\u0065m": 1, "mem": 2 } } ] }';
    expect(readJson(text)).toEqual({
      ok: false,
      problems: [
        {
          code: "duplicate_field",
          path: "taskDefinitions[0].cpu",
          message: "Line 2, column 15: cpu is there twice in one object. Leave the one that is meant.",
        },
        {
          code: "duplicate_field",
          path: "taskDefinitions[0].x",
          message: "Line 3, column 22: a field is there twice in one object. Leave the one that is meant.",
        },
        {
          code: "duplicate_field",
          path: "taskDefinitions[0].x.mem",
          message: "Line 3, column 47: mem is there twice in one object. Leave the one that is meant.",
        },
      ],
    });
  });

  test("64 levels are read and 65 refused, whatever else is there", () => {
    const nested = (depth: number) => `${'{"a":['.repeat(depth / 2)}${"]}".repeat(depth / 2)}`;
    expect(readJson(nested(64)).ok).toBe(true);
    expect(readJson(nested(66))).toMatchObject({ problems: [{ code: "too_deep" }] });
    expect(readJson("[".repeat(1_000_000))).toMatchObject({ problems: [{ code: "too_deep" }] });
    expect(readJson(`/*"*/${"[".repeat(1_000_000)}`)).toMatchObject({ problems: [{ code: "not_json" }] });
  });

  test("prototype keys are fields like any other", () => {
    const read = readJson('{ "__proto__": { "polluted": true } }');
    expect(read.ok && Object.keys(read.value as object)).toEqual(["__proto__"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("whatever JSON.parse takes is read as the same, and whatever it does not is refused", () => {
    const texts = fc.oneof(
      fc.json({ depthSize: "small" }),
      fc.json({ depthSize: "small" }).chain((json) => fc.nat(json.length).map((cut) => json.slice(0, cut))),
      fc
        .array(fc.constantFrom("{", "}", "[", "]", ":", ",", '"', "\\", "a", "1", " ", "\n", "//", "/*", "null"), {
          maxLength: 12,
        })
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const read = readJson(text);
        const expected = parsedBy(text);
        // A field that is there twice is refused although JSON.parse takes the last.
        const twice = !read.ok && read.problems[0]?.code === "duplicate_field";
        expect(read.ok || twice).toBe(expected !== null);
        expect(JSON.stringify(read.ok ? read.value : null)).toBe(JSON.stringify(read.ok ? expected?.value : null));
      }),
      { numRuns: 2000 },
    );
  });
});

function parsedBy(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}
