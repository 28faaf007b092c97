import type { Answered } from "../answer.ts";
import type { Result } from "../core/model/problem.ts";

/**
 * Answers a question; a signal that aborts ends the work. Refuses with `calculation_too_long`, throws `Overloaded`, and whatever the
 * database throws.
 */
export type Calculate = (asked: unknown, signal?: AbortSignal) => Promise<Result<Answered>>;

/** As many questions wait as may wait. */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
}
