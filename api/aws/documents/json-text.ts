import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import { isPlainName, pathBelow } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";

/** One JSON value of a text that may hold several, one after another. */
export interface JsonValue {
  readonly value: unknown;
  /** Of its first character, from 1. */
  readonly line: number;
  /** Fields that stand twice in one object; their paths start at the value. */
  readonly duplicates: readonly Problem[];
}

const duplicatesMax = 1000;

/** Deeper than any document of any format; what walks a value may call itself this often. */
const depthMax = 64;

/** The values of the text, up to `countMax` of them; the first thing that is wrong ends the reading. Problems say line and column and never quote the text. */
export function readValues(
  raw: string,
  countMax = Number.POSITIVE_INFINITY,
): { values: readonly JsonValue[]; problem: Omit<Problem, "path"> | null } {
  const text = raw.startsWith("\uFEFF") ? raw.slice(1) : raw;
  const values: JsonValue[] = [];
  const lines = new Lines(text);
  for (const { start, end, tooDeepAt } of segmentsOf(text)) {
    if (values.length === countMax) break;
    if (tooDeepAt !== null) {
      const message = `${lines.at(tooDeepAt)}: objects and lists are nested more than ${depthMax} deep.`;
      return { values, problem: { code: "too_deep", message } };
    }
    const segment = text.slice(start, end);
    try {
      const value: unknown = JSON.parse(segment);
      values.push({
        value,
        line: lines.lineOf(start),
        duplicates: duplicatesIn(segment, (offset) => lines.at(start + offset)),
      });
    } catch {
      // Its own message quotes the text, which may hold secrets.
      const fault = faultIn(segment);
      return { values, problem: { code: "not_json", message: `${lines.at(start + fault.offset)}: ${fault.message}` } };
    }
  }
  return { values, problem: null };
}

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly tooDeepAt: number | null;
}

const whitespace = " \t\r\n\uFEFF";

/** Where values start and end: by their outermost brackets, or by the space around what has none. */
function* segmentsOf(text: string): Generator<Segment> {
  let position = 0;
  while (position < text.length) {
    if (whitespace.includes(text.charAt(position))) position++;
    else {
      const segment = segmentFrom(text, position);
      yield segment;
      position = segment.end;
    }
  }
}

function segmentFrom(text: string, start: number): Segment {
  let depth = 0;
  for (let position = start; position < text.length; position++) {
    const character = text.charAt(position);
    if (character === '"') position = endOfString(text, position);
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    else if (depth > 0 || !whitespace.includes(text.charAt(position + 1))) continue;
    if (depth > depthMax) return { start, end: position + 1, tooDeepAt: position };
    if (depth <= 0) return { start, end: position + 1, tooDeepAt: null };
  }
  return { start, end: text.length, tooDeepAt: null };
}

/** Position of the closing quote, or of the line break before which it is missing. */
function endOfString(text: string, start: number): number {
  for (let position = start + 1; position < text.length; position++) {
    const character = text.charAt(position);
    if (character === '"' || character === "\n" || character === "\r") return position;
    if (character === "\\") position++;
  }
  return text.length;
}

function duplicatesIn(segment: string, placeOf: (offset: number) => string): Problem[] {
  const problems: Problem[] = [];
  const objects: Set<string>[] = [];
  visit(segment, {
    onObjectBegin: () => {
      objects.push(new Set());
    },
    onObjectEnd: () => {
      objects.pop();
    },
    onObjectProperty: (...[name, offset, , , , pathOf]) => {
      const names = objects.at(-1);
      if (names?.has(name) && problems.length < duplicatesMax)
        problems.push(duplicate(name, pathBelow("", pathOf()), placeOf(offset)));
      names?.add(name);
    },
  });
  return problems;
}

function duplicate(name: string, path: string, place: string): Problem {
  const known = isPlainName(name);
  const message = `${place}: ${known ? name : "a field"} is there twice in one object. Leave the one that is meant.`;
  return { code: "duplicate_field", path: known ? fieldPath(path, name) : path, message };
}

/** Where the text first stops being JSON, and how. */
function faultIn(segment: string): { offset: number; message: string } {
  let first: { offset: number; message: string } | null = null;
  const options = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
  const onError = (code: ParseErrorCode, offset: number) => {
    first ??= { offset, message: messages[printParseErrorCode(code)] ?? "this is not JSON." };
  };
  try {
    visit(segment, { onError }, options);
  } catch {
    // Brackets hidden from the count of depth, in what only looks like a comment, can exhaust the stack.
    return { offset: 0, message: "this is not JSON." };
  }
  return first ?? { offset: 0, message: "this is not JSON." };
}

const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: "this is not a JSON value; text must be in double quotes.",
  InvalidNumberFormat: "this is not a number.",
  PropertyNameExpected: "a field's name in double quotes is expected.",
  ValueExpected: "a value is expected.",
  ColonExpected: "a colon is expected.",
  CommaExpected: "a comma is expected.",
  CloseBraceExpected: "a closing brace is expected: the text is cut off, or one is missing.",
  CloseBracketExpected: "a closing bracket is expected: the text is cut off, or one is missing.",
  EndOfFileExpected: "nothing more is expected.",
  InvalidCommentToken: "JSON has no comments.",
  UnexpectedEndOfComment: "JSON has no comments.",
  UnexpectedEndOfString: "the closing quote is missing.",
  UnexpectedEndOfNumber: "this number is cut off.",
  InvalidUnicode: "this is not a Unicode escape.",
  InvalidEscapeCharacter: "this escape is none of JSON's.",
  InvalidCharacter: "this character must be escaped.",
};

/** Lines and columns, from 1, of offsets in a text. */
class Lines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  at(offset: number): string {
    const line = this.lineOf(offset);
    return `Line ${line}, column ${offset - (this.#starts[line - 1] ?? 0) + 1}`;
  }
}
