import { answerItem, openNumbers, type Span, type TakenItem, takeItem } from "../../db/batches.ts";
import { DatabaseUnreachable } from "../../db/problems.ts";
import { isUnreachable } from "../../db/unreachable.ts";
import { type Answering, answer } from "../answer.ts";
import { patiently } from "../calculating/patiently.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import { errorLine, type Log } from "../log.ts";
import type { ComparisonDocument } from "../present/json.ts";
import { itemLine, problemLine } from "./item-line.ts";
import { askedBy } from "./workload-item.ts";

export interface Workshop extends Answering {
  readonly log: Log;
}

/**
 * Answers what is open of a job's items, one after another. As often as it is done, and by however many at once, each item has one
 * answer. Throws where the job is to be done again later: the database does not answer, or the signal aborts.
 */
export async function workOff(job: Span, workshop: Workshop, signal?: AbortSignal): Promise<void> {
  const { database } = workshop;
  for (const number of await openNumbers(database, job)) {
    signal?.throwIfAborted();
    const place = { batch: job.batch, number };
    const taken = await takeItem(database, place);
    if (taken === null) continue;
    const item = { number, key: taken.key };
    const outcome =
      taken.attempts > attemptsMax
        ? problemLine(item, [endsItsProcess])
        : itemLine(item, await answered(taken, workshop, signal));
    await answerItem(database, place, outcome);
  }
}

/** Gives up what is open of a job's items. */
export async function giveUp(job: Span, { database }: Pick<Workshop, "database">): Promise<void> {
  for (const number of await openNumbers(database, job)) {
    const place = { batch: job.batch, number };
    const taken = await takeItem(database, place);
    if (taken !== null) await answerItem(database, place, problemLine({ number, key: taken.key }, [endsItsProcess]));
  }
}

async function answered(
  taken: TakenItem,
  workshop: Workshop,
  signal: AbortSignal | undefined,
): Promise<Result<ComparisonDocument>> {
  try {
    const asked = await askedBy(taken, workshop.database);
    if (!asked.ok) return asked;
    const given = await patiently(
      () => answer({ ...asked.value, ...(signal && { hungUp: signal }) }, workshop),
      signal,
    );
    if (!given.ok) return given;
    if (!given.value.isStored) throw new DatabaseUnreachable(new Error("a comparison could not be stored"));
    return { ok: true, value: given.value.document };
  } catch (error) {
    if (!(error instanceof Error) || isUnreachable(error)) throw error;
    signal?.throwIfAborted();
    const id = crypto.randomUUID();
    workshop.log(errorLine(error, id));
    const message = `The mistake is ours. In the log it has the number ${id}.`;
    return { ok: false, problems: [{ code: "internal_error", path: "", message }] };
  }
}

/** Whoever calculates an item may be stopped for reasons of its own; five times over the item itself is one. */
const attemptsMax = 5;

const endsItsProcess: Problem = {
  code: "calculation_failed",
  path: "",
  message: `The calculation was begun ${attemptsMax} times and never came to its end. Ask for fewer services, options or hours at a time.`,
};
