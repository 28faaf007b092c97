import type { Decimal } from "decimal.js";

/** What is wrong, where in the user's document, and the way out. `code` is stable; `message` is for people. */
export interface Problem {
  readonly code: string;
  /** Path into the user's document (`taskDefinitions[0].containerDefinitions[1].cpu`), or "" for the whole of it. */
  readonly path: string;
  readonly message: string;
}

/** Something the documents do not say, and what taking it so adds to (or, below zero, takes from) the total. */
export interface Assumption {
  readonly code: string;
  readonly text: string;
  /** In the currency of the answer; null where no amount can be told (the text says why). */
  readonly effect: Decimal | null;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The path of a field of what stands at `path`. */
export function fieldPath(path: string, field: string): string {
  return path === "" || path.endsWith(": ") ? path + field : `${path}.${field}`;
}

/** Each problem once, in the order in which it was first found. */
export function distinctProblems(problems: readonly Problem[]): Problem[] {
  return [
    ...new Map(
      problems.map((problem) => [JSON.stringify([problem.code, problem.path, problem.message]), problem]),
    ).values(),
  ];
}
