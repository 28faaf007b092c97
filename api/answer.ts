import { type KeptComparison, storeComparison, storeWorkloadComparison } from "../db/comparisons.ts";
import type { Database } from "../db/database.ts";
import { isUnreachable } from "../db/unreachable.ts";
import type { Calculate } from "./calculating/calculate.ts";
import type { Result } from "./core/model/problem.ts";
import type { ComparisonDocument } from "./present/json.ts";
import { type Stage, stopwatch } from "./stopwatch.ts";

export interface Answered {
  readonly document: ComparisonDocument;
  /** False: the database could not be asked. The prices are the last ones it gave, and the comparison is not stored. */
  readonly isStored: boolean;
  readonly stages: readonly Stage[];
}

export interface Answering {
  readonly database: Database;
  readonly calculate: Calculate;
}

export interface Asked {
  readonly request: unknown;
  /** The saved workload that it is the request of; where it has been answered from these prices before, that answer is given. */
  readonly workload?: string;
  /** Aborts where nobody waits for the answer any more. */
  readonly hungUp?: AbortSignal;
}

/** Documents ─parse→ Workload, priced, set side by side and stored: what every door of the house asks for. */
export async function answer(
  { request, workload, hungUp }: Asked,
  { database, calculate }: Answering,
): Promise<Result<Answered>> {
  const calculated = await calculate({ request, mayReopen: workload !== undefined }, hungUp);
  if (!calculated.ok) return calculated;
  const { document, ownPrices, isConfirmed, stages } = calculated.value;
  const kept = { id: document.id, body: JSON.stringify(document), ownPrices };
  const watch = stopwatch();
  const isStored = isConfirmed && (await isKept(kept, database, workload));
  watch.lap("store");
  return { ok: true, value: { document, isStored, stages: [...stages, ...watch.stages] } };
}

/** A comparison that cannot be stored is one all the same. */
async function isKept(kept: KeptComparison, database: Database, workload: string | undefined): Promise<boolean> {
  try {
    if (workload === undefined) await storeComparison(database, kept);
    else await storeWorkloadComparison(database, workload, kept);
    return true;
  } catch (error) {
    if (isUnreachable(error)) return false;
    throw error;
  }
}
