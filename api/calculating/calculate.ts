import { findComparison } from "../../db/comparisons.ts";
import type { Database } from "../../db/database.ts";
import { catalogue } from "../aws/catalogue.ts";
import { compareOptions, optionsAsked } from "../core/compare-options.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import type { Workload } from "../core/model/workload.ts";
import { engine } from "../identify.ts";
import { type ComparisonDocument, comparisonDocument } from "../present/json.ts";
import { type Question, readQuestion } from "../question.ts";
import { type Stage, stopwatch } from "../stopwatch.ts";
import { tooLong } from "./expected-seconds.ts";

export interface Task {
  readonly request: unknown;
  /** A stored answer to the same question from the same prices is as good. */
  readonly mayReopen: boolean;
}

export interface Calculated {
  readonly document: ComparisonDocument;
  /** Whether a rate card had a part in it. */
  readonly ownPrices: boolean;
  /** False: the database did not answer, and the prices are those it gave last. */
  readonly isConfirmed: boolean;
  readonly stages: readonly Stage[];
}

/**
 * Answers a question, storing nothing; a signal that aborts ends the work. Refuses with `calculation_too_long` or `_too_large` where
 * there are limits, throws `Overloaded`, and whatever the database throws.
 */
export type Calculate = (task: Task, hungUp?: AbortSignal) => Promise<Result<Calculated>>;

/** As many questions wait as may wait. */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
}

/**
 * In this thread, which cannot be interrupted: what is expected to take more than `secondsMax` is refused before it is begun, but for a
 * stored answer. Left out: it may take as long as it takes.
 */
export function calculateOver(database: Database, { secondsMax }: { readonly secondsMax?: number } = {}): Calculate {
  return async ({ request, mayReopen }) => {
    const watch = stopwatch();
    const question = await readQuestion(request, database, watch);
    if (!question.ok) return question;
    const { workload, isConfirmed, id } = question.value;
    const kept = mayReopen && isConfirmed ? await findComparison(database, id) : null;
    const refused = kept !== null || secondsMax === undefined ? null : beyond(workload, secondsMax);
    if (refused !== null) return { ok: false, problems: [refused] };
    const document = kept === null ? compared(question.value) : (JSON.parse(kept) as ComparisonDocument);
    watch.lap("compare");
    return { ok: true, value: { document, ownPrices: workload.rateCard !== null, isConfirmed, stages: watch.stages } };
  };
}

function beyond(workload: Workload, secondsMax: number): Problem | null {
  const options = optionsAsked(workload, { catalogue }).length;
  return tooLong(workload, { options, secondsMax });
}

function compared({ workload, book, id }: Question): ComparisonDocument {
  return comparisonDocument(compareOptions(workload, { book, catalogue }), { id, engine });
}
