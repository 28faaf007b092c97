import { operatorOf } from "./operator.ts";

/** A place in a query's text. What a token is depends on where it stands, so that they are taken one at a time. */
export interface Cursor {
  readonly text: string;
  /** Characters before the place. */
  at: number;
  /** Parentheses and negations that the place is inside of. */
  depth: number;
  /** Steps that the patterns so far come to. */
  patternSize: number;
}

/** What is wrong with a query and where; thrown to the parser's door and no further. */
export class QueryMistake extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** The next token, if it has the form (a sticky expression): taken, blanks before it as well. Null: it has another. */
export function take(cursor: Cursor, form: RegExp): string | null {
  const token = peek(cursor, form);
  if (token !== null) cursor.at += token.length;
  return token;
}

/** As `take`, but the token is left where it is; blanks before it are passed over all the same. */
export function peek(cursor: Cursor, form: RegExp): string | null {
  while (/\s/.test(cursor.text.charAt(cursor.at))) cursor.at += 1;
  form.lastIndex = cursor.at;
  return form.exec(cursor.text)?.[0] ?? null;
}

export function isAtEnd(cursor: Cursor): boolean {
  peek(cursor, /$/y);
  return cursor.at >= cursor.text.length;
}

/** Source: ECS developer guide, task-placement-constraints.md, "Custom attributes": what values are made of, and the + of dates. */
const bareValue = /[A-Za-z0-9_\-.@/\\:+]+/y;

/** Text that needs no quotes around it to be one value. */
export function isBareValue(text: string): boolean {
  bareValue.lastIndex = 0;
  return bareValue.exec(text)?.[0] === text && !isReserved(text);
}

/** Words that would be taken for what joins comparisons. */
function isReserved(text: string): boolean {
  return text === "and" || text === "or" || text === "not";
}

/** A value as it stands between quotes or without any; the message of the mistake says what it is for. */
export function takeValue(cursor: Cursor, what: string): string {
  const quoted = takeQuoted(cursor);
  if (quoted !== null) return quoted;
  const start = peek(cursor, bareValue);
  if (start === null || isReserved(start)) throw new QueryMistake(cursor.at, missingValue(cursor, what));
  cursor.at += start.length;
  const next = cursor.text.charAt(cursor.at);
  if (/^$|[\s()[\],&|]/.test(next)) return start;
  throw new QueryMistake(cursor.at, strayCharacter(next));
}

function missingValue(cursor: Cursor, what: string): string {
  if (isAtEnd(cursor)) return `${what} is missing: the expression ends here`;
  if (peek(cursor, /\[/y) !== null) return `${what} is expected; a list goes with in or not_in`;
  if (peek(cursor, /(and|or|not)\b/y) !== null) return `${what} is missing (in quotes the word itself is one)`;
  const next = cursor.text.charAt(cursor.at);
  return /[()\],&|]/.test(next) ? `${what} is missing` : strayCharacter(next);
}

function strayCharacter(character: string): string {
  if (character === "*" || character === "?" || character === "^" || character === "$") {
    return `a value has no ${character}; for a pattern the operator is =~`;
  }
  if (/[!-~]/.test(character)) return `a value without quotes has no ${character}`;
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return `a value without quotes has no character U+${code}`;
}

function takeQuoted(cursor: Cursor): string | null {
  const quote = peek(cursor, /['"]/y);
  if (quote === null) return null;
  const end = cursor.text.indexOf(quote, cursor.at + 1);
  if (end < 0) throw new QueryMistake(cursor.at, `the quote ${quote} is not closed`);
  const value = cursor.text.slice(cursor.at + 1, end);
  cursor.at = end + 1;
  return value;
}

/** A pattern between quotes, or up to the next blank, && or || that stands in none of its own brackets. */
export function takePattern(cursor: Cursor): { readonly pattern: string; readonly offset: number } {
  const quoted = takeQuoted(cursor);
  if (quoted !== null) return { pattern: quoted, offset: cursor.at - 1 - quoted.length };
  const offset = cursor.at;
  const end = bareEnd(cursor.text, offset);
  const pattern = cursor.text.slice(offset, end);
  if (pattern === "" || isReserved(pattern)) throw new QueryMistake(offset, missingValue(cursor, "a pattern"));
  cursor.at = end;
  return { pattern, offset };
}

/** Whether the pattern ends where its text does when it stands without quotes. */
export function isBarePattern(pattern: string): boolean {
  return /^[^\s'"]/.test(pattern) && bareEnd(pattern, 0) === pattern.length && !isReserved(pattern);
}

function bareEnd(text: string, start: number): number {
  const form = /\\\S|\[\^?\]?(?:[^\]\\\s]|\\\S)*\]|&(?!&)|\|(?!\|)|[^\s&|]/y;
  let depth = 0;
  let at = start;
  while (true) {
    form.lastIndex = at;
    const piece = form.exec(text)?.[0] ?? (depth > 0 ? /\|\|/y.exec(text.slice(at, at + 2))?.[0] : undefined);
    if (piece === undefined || (piece === ")" && depth === 0)) return at;
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    at += piece.length;
  }
}

/** An operator's symbol or word, or whatever stands in its place. */
export function takeOperator(cursor: Cursor): { readonly text: string; readonly offset: number } {
  const joined = peek(cursor, /!(?:in|exists)(?![A-Za-z_])/y);
  const text = joined ?? peek(cursor, /[=!<>~]+/y) ?? peek(cursor, /[A-Za-z_]\w*/y) ?? "";
  const offset = cursor.at;
  if (operatorOf(text) !== null) cursor.at += text.length;
  return { text, offset };
}
