/** How large a regular expression is, or what in it cannot be taken. */
export type PatternReading =
  | { readonly ok: true; readonly size: number }
  | { readonly ok: false; readonly offset: number; readonly what: string };

type Kind = "atom" | "open" | "close" | "bar" | "repeat";

/** A class as both dialects read it: Java makes a union of a [ inside and an intersection of &&, RE2 takes both as they stand. */
const characterClass = /\[\^?\]?(?:[^[\]\\&]|&(?!&)|\\(?:[dDwWsStnrfa]|[^A-Za-z0-9]))*\]/y;

/** What Java's and RE2's regular expressions have in common. */
const pieces: readonly (readonly [Kind, RegExp])[] = [
  ["atom", /\\(?:[dDwWsSbBAztnrfa]|x[0-9A-Fa-f]{2}|[^A-Za-z0-9])/y],
  ["atom", characterClass],
  ["atom", /\(\?[ims]+\)(?![*+?{])/y],
  ["open", /\((?:\?(?:[ims]*:|<[A-Za-z][A-Za-z0-9]*>)|(?!\?))/y],
  ["close", /\)/y],
  ["bar", /\|/y],
  ["repeat", /(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})\??(?!\+)/y],
  ["atom", /[^\\[({*+?]/uy],
];

const refused: readonly (readonly [what: string, RegExp])[] = [
  ["a backreference", /\\(?:[1-9]|k<)/y],
  ["a class of Unicode characters (write the characters out, as in [a-z])", /\\[pP]/y],
  ["this escape", /\\/y],
  ["look-ahead or look-behind", /\(\?<?[=!]/y],
  ["a group that gives nothing back (?>", /\(\?>/y],
  ["this kind of group", /\(\?/y],
  ["a possessive quantifier", /(?:[*+?]|\{\d+(?:,\d*)?\})\+/y],
  ["a { that repeats nothing (write \\{ for the character)", /\{/y],
  ["this character class: a class inside another, &&, an unusual escape, or no closing ]", /\[/y],
];

/**
 * Reads a regular expression as far as `java.util.regex`, which ECS speaks, and RE2, which takes time in proportion to the text, agree on
 * what it means. The size is at least that of RE2's program: what `x{3}` repeats counts three times.
 */
export function readJavaPattern(text: string): PatternReading {
  const measure = new Measure();
  for (let at = 0; at < text.length; ) {
    const found = pieceAt(text, at);
    if (found === null) return { ok: false, offset: at, what: refusedAt(text, at) };
    measure.add(found.kind, found.piece);
    at += found.piece.length;
  }
  return { ok: true, size: measure.size() };
}

function pieceAt(text: string, at: number): { kind: Kind; piece: string } | null {
  for (const [kind, form] of pieces) {
    form.lastIndex = at;
    const piece = form.exec(text)?.[0];
    if (piece !== undefined) return { kind, piece };
  }
  return null;
}

function refusedAt(text: string, at: number): string {
  const found = refused.find(([, form]) => {
    form.lastIndex = at;
    return form.test(text);
  });
  return found?.[0] ?? "this";
}

/** Adds up steps of a program, group by group. */
class Measure {
  readonly #groups: number[] = [0];
  #latest = 0;

  add(kind: Kind, piece: string): void {
    if (kind === "open") this.#groups.push(0);
    else if (kind === "close") this.#count((this.#groups.length > 1 ? (this.#groups.pop() ?? 0) : 0) + 3);
    else if (kind === "repeat") this.#repeat(piece);
    else this.#count(kind === "bar" ? 2 : 1);
  }

  size(): number {
    return this.#groups.reduce((sum, size) => sum + size, 3);
  }

  #count(size: number): void {
    this.#groups.push((this.#groups.pop() ?? 0) + size);
    this.#latest = size;
  }

  #repeat(piece: string): void {
    const [most = 1] = (piece.match(/\d+/g) ?? []).map(Number).sort((a, b) => b - a);
    const times = Math.max(1, most);
    // A step to each repetition that may be left out, and one to go back.
    const choices = /^\{\d+\}/.test(piece) ? 0 : times + 1;
    const added = this.#latest * (times - 1) + choices;
    this.#groups.push((this.#groups.pop() ?? 0) + added);
    this.#latest += added;
  }
}
