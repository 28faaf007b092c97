import { fieldPath, type Problem } from "./problem.ts";

/** The path of what lies at `segments` below `path`: names after a dot, positions in brackets, anything odd as […]. */
export function pathBelow(path: string, segments: readonly PropertyKey[]): string {
  let below = path;
  for (const segment of segments) {
    if (typeof segment === "number") below += `[${segment}]`;
    else if (isPlainName(String(segment))) below = fieldPath(below, String(segment));
    else below += oddName;
  }
  return below;
}

/** Whether people could have meant the text as a field's name, so that it may be repeated to them. */
export function isPlainName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/.test(text);
}

/** What is no name may be anything, a secret too: only that it is there is told. */
const oddName = "[…]";

/** Enough to work through; whoever makes more mistakes in one request sends something else than documents. */
export const problemsMax = 1000;

/** The fields of an object that the contract does not have: a typo here would cost money unseen. */
export function unknownFields(object: object, path: string, known: readonly string[]): Problem[] {
  const unknown = Object.keys(object).filter((name) => !known.includes(name));
  return unknown.slice(0, problemsMax + 1).map((name) => unknownField(path, name, known));
}

function unknownField(path: string, name: string, known: readonly string[]): Problem {
  if (!isPlainName(name)) {
    return { code: "unknown_field", path, message: `A field here is none of ${known.join(", ")}. Remove it.` };
  }
  const meant = nearest(name, known);
  const hint = meant === null ? `Known here are ${known.join(", ")}.` : `Did you mean ${meant}?`;
  return { code: "unknown_field", path: fieldPath(path, name), message: `There is no field ${name} here. ${hint}` };
}

/** A field of the contract that nothing reads yet, although it would change the price. */
export function notSupportedYet(path: string, name: string): Problem {
  const message = `${name} is not supported yet, and leaving it unread would change the price. Take it out to compare without it.`;
  return { code: "not_supported_yet", path: fieldPath(path, name), message };
}

/** Text that a template or a README left for its user to replace: `${X}`, `{{X}}`, `<X>`, `ACCOUNT_ID`. */
export function isPlaceholder(text: string): boolean {
  return marked.test(text) || /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(text.trim());
}

const marked = /\$\{|\$\(|\{\{|<[^<>]*>|\[\[|^\s*\$[A-Za-z_]|%[A-Za-z_]+%|@@?[A-Z_]+@@?|__[A-Za-z]\w*__/;

/** Null, nothing or an empty text: as good as not there, whatever belongs there. */
export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
}

/** Blank, or an empty list or object. */
export function isEmpty(value: unknown): boolean {
  return isBlank(value) || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

/** An ISO day that the calendar has. */
export function isDay(value: unknown): value is string {
  const [, year, month, day] = typeof value === "string" ? (/^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? []) : [];
  const lengths = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year !== undefined && Number(day) >= 1 && Number(day) <= (lengths[Number(month) - 1] ?? 0);
}

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** What the id of a price snapshot looks like. */
export function isSnapshotId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{16}$/.test(value);
}

/** A JSON object: neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a JSON value is, to people who expected something else. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (value === true || value === false) return "true or false";
  return { string: "text", number: "a number", object: "an object" }[typeof value as string] ?? "this";
}

/** The known name that is at most two slips (a letter more, less, other, or two swapped) or a change of case away; null: none is. */
export function nearest(name: string, known: readonly string[]): string | null {
  const slips = known.map((candidate) => ({
    candidate,
    slips: slipsBetween(name.toLowerCase(), candidate.toLowerCase()),
  }));
  const best = slips.sort((a, b) => a.slips - b.slips)[0];
  return best !== undefined && best.slips <= Math.min(2, Math.floor(name.length / 3)) ? best.candidate : null;
}

/** Optimal string alignment distance. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + same,
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
