import { RE2JS, RE2JSSyntaxException } from "re2js";
import type { Comparison } from "./expression.ts";
import { readJavaPattern } from "./java-pattern.ts";

export type PatternCheck =
  | { readonly ok: true; readonly size: number }
  /** `offset` counts the characters of the pattern before the mistake. */
  | { readonly ok: false; readonly offset: number; readonly message: string };

/** Steps that the patterns of an expression may come to: any pattern without {…} that an expression has room for. */
export const patternSizeMax = 4000;

/**
 * Whether a pattern is one that RE2 reads as Java does, and small enough. The engine is re2js, plain JavaScript without code made at run
 * time: the platform's own RegExp backtracks, so that a request of one line could keep a server busy for ever, and the bindings of RE2
 * itself are native or WebAssembly, which not every place this runs in can load.
 */
export function checkPattern(text: string, sizeMax: number): PatternCheck {
  const reading = readJavaPattern(text);
  if (!reading.ok) {
    return { ok: false, offset: reading.offset, message: `a pattern here cannot have ${reading.what}` };
  }
  if (reading.size > sizeMax) {
    return { ok: false, offset: 0, message: `the pattern is too large: write fewer or smaller repetitions` };
  }
  try {
    RE2JS.compile(text);
    return { ok: true, size: reading.size };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    // Of what it quotes of the pattern only the place is told.
    const offset = Math.max(0, text.indexOf(error.input ?? ""));
    return { ok: false, offset, message: `the pattern is no regular expression (${error.error})` };
  }
}

const compiled = new WeakMap<Comparison, RE2JS>();

/** Whether a pattern of the comparison takes the whole value. Compiled once for each comparison: hundreds of instance types are asked. */
export function matchesPattern(comparison: Comparison, value: string): boolean {
  const known = compiled.get(comparison);
  if (known !== undefined) return known.matches(value);
  const pattern = RE2JS.compile(comparison.values[0] ?? "");
  compiled.set(comparison, pattern);
  return pattern.matches(value);
}
