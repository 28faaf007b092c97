import { z } from "zod";
import { isBlank, isEmpty, isPlaceholder, kindOf, pathBelow } from "../../core/model/field.ts";
import type { Problem } from "../../core/model/problem.ts";
import { type KeptForm, keepAs, standIn } from "./recording.ts";

/** Reports what is wrong with a field; the message goes on from the field's name ("must be …"). Values are never quoted. */
export type Refuse = (code: string, message: string) => never;

/** A field that is read by a function of its own; a field that is absent is read as undefined. */
export function field<T>(read: (value: unknown, refuse: Refuse) => T) {
  return z
    .unknown()
    .optional()
    .transform(
      (value, context): T =>
        read(value, (code, message) => {
          context.addIssue({ code: "custom", message, params: { code } });
          return z.NEVER;
        }),
    );
}

/** Text; null, "" and nothing are null. */
export function text(lengthMax = 2000) {
  return field((value, refuse) => readText(value, lengthMax, refuse));
}

export function readText(value: unknown, lengthMax: number, refuse: Refuse): string | null {
  if (isBlank(value)) return null;
  if (typeof value !== "string") return refuse("wrong_type", `must be text, not ${kindOf(value)}`);
  // They would reach terminals and logs.
  if (/\p{Cc}|\p{Zl}|\p{Zp}/u.test(value.trim())) return refuse("control_characters", "holds control characters");
  if (value.length > lengthMax) return refuse("too_long", `is longer than ${count(lengthMax)} characters`);
  return value.trim();
}

/** One of a few words, in any case; null, "" and nothing are null. */
export function choice<const T extends string>(accepted: readonly T[]) {
  // Among words in capitals a bare word in capitals is a mistake rather than a placeholder.
  const bare = accepted.some((word) => word !== word.toUpperCase());
  const byFolded = new Map(accepted.map((word) => [word.toLowerCase(), word]));
  return field((value, refuse): T | null => {
    if (isBlank(value)) return null;
    if (typeof value !== "string")
      return refuse("wrong_type", `must be one of ${accepted.join(", ")}, not ${kindOf(value)}`);
    const word = byFolded.get(value.trim().toLowerCase());
    if (word !== undefined) return word;
    if (isPlaceholder(bare ? value : value.toLowerCase())) return refusePlaceholder(refuse);
    return refuse("unknown_value", `must be one of ${accepted.join(", ")}`);
  });
}

/** True or false; null, "" and nothing are null. */
export function flag() {
  return field((value, refuse) => {
    if (isBlank(value)) return null;
    if (typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    if (typeof value === "string" && isPlaceholder(value)) return refusePlaceholder(refuse);
    return refuse("wrong_type", `must be true or false, not ${kindOf(value)}`);
  });
}

/** Whether there is anything: not null, "", [] or {}. What it is is not kept. */
export function presence() {
  return keptAs(
    field((value) => !isEmpty(value)),
    (value) => (isEmpty(value) ? null : standIn),
  );
}

/** A field of which only matters whether it is null. What it is is not kept. */
export function unsaid<T extends z.ZodType>(schema: T): T {
  return keptAs(schema, (value) => (isBlank(value) ? null : standIn));
}

const forms = new WeakMap<z.ZodType, KeptForm>();

/** The field, kept in another form than it has in the document (see `redact`). For a field of `fieldsOf` or an item of `listOf`. */
export function keptAs<T extends z.ZodType>(schema: T, form: KeptForm): T {
  forms.set(schema, form);
  return schema;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** What is counted, in the plural: "CPU units". Null: nothing, it is only a number. */
  readonly unit: string | null;
}

/** A whole number, or text that is one; null, "" and nothing are null. */
export function whole(bounds: Bounds) {
  return field((value, refuse) => readWhole(value, bounds, refuse));
}

export function readWhole(value: unknown, bounds: Bounds, refuse: Refuse): number | null {
  if (isBlank(value)) return null;
  if (typeof value !== "number" && typeof value !== "string") {
    return refuse("wrong_type", `${expectedOf(bounds)}, not ${kindOf(value)}`);
  }
  if (typeof value === "string" && !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) {
    return isPlaceholder(value) ? refusePlaceholder(refuse) : refuse("not_a_number", expectedOf(bounds));
  }
  return within(Number(value), bounds, refuse);
}

/** The number, if it is whole and within its bounds. */
export function within(number: number, bounds: Bounds, refuse: Refuse): number {
  if (number < bounds.min || number > bounds.max || Number.isNaN(number))
    return refuse("out_of_range", expectedOf(bounds));
  if (!Number.isInteger(number)) return refuse("not_whole", expectedOf(bounds));
  // Not -0, which would be told apart from 0 wherever it is written out.
  return number === 0 ? 0 : number;
}

function expectedOf({ min, max, unit }: Bounds): string {
  return `must be a whole number${unit === null ? "" : ` of ${unit}`} from ${count(min)} to ${count(max)}`;
}

/** An object of which only the fields of `shape` are read. */
export function fieldsOf<S extends z.ZodRawShape>(shape: S) {
  return z.preprocess(keepingFields(shape), z.object(shape));
}

/** An object of which only the fields of `shape` are read; null, "" and nothing are null. */
export function objectOf<S extends z.ZodRawShape>(shape: S) {
  const keeping = keepingFields(shape);
  return z
    .preprocess((value) => emptyAsAbsent(keeping(value)), z.object(shape).optional())
    .transform((value) => value ?? null);
}

function keepingFields(shape: z.ZodRawShape): (value: unknown) => unknown {
  const fields = new Map(
    Object.entries(shape).flatMap(([name, schema]) => {
      const form = forms.get(schema as z.ZodType);
      return form === undefined ? [] : [[name, form] as const];
    }),
  );
  if (fields.size === 0) return (value) => value;
  return (value) => {
    keepAs(value, { fields });
    return value;
  };
}

/** A list; null, "" and nothing are an empty one, and items that are null stay in their places as null. */
export function listOf<T extends z.ZodType>(item: T, lengthMax = 100) {
  const items = forms.get(item);
  return z.preprocess((value, context) => {
    if (items !== undefined) keepAs(value, { items });
    if (!Array.isArray(value) || value.length <= lengthMax) return emptyAsAbsent(value);
    // Before its items are read: Zod passes complaints on as arguments, of which the stack holds about a hundred thousand.
    const message = `has ${count(value.length)} items; at most ${count(lengthMax)} are accepted`;
    context.addIssue({ code: "custom", message, params: { code: "too_many" } });
    return z.NEVER;
  }, z.array(item).default([]));
}

function emptyAsAbsent(value: unknown): unknown {
  return value === null || value === "" ? undefined : value;
}

export function refusePlaceholder(refuse: Refuse): never {
  return refuse("placeholder", "is a placeholder: write what it stands for, since the price depends on it");
}

/** A schema's complaints as problems of the document at `path`. */
export function problemsOf(error: z.ZodError, path: string): Problem[] {
  return error.issues.map((issue) => {
    const name = nameOf(issue.path);
    const code = issue.code === "custom" ? String(issue.params?.code) : "wrong_type";
    const message = issue.code === "custom" ? issue.message : `must be ${shapeOf(issue)}`;
    return { code, path: pathBelow(path, issue.path), message: `${name} ${message}.` };
  });
}

/** The field, or the list that something is an item of. */
function nameOf(path: readonly PropertyKey[]): string {
  const name = path.findLast((segment) => typeof segment === "string") ?? "The document";
  return typeof path.at(-1) === "number" ? `An item of ${String(name)}` : String(name);
}

function shapeOf(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_type" && issue.expected === "array" ? "a list" : "an object";
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}
