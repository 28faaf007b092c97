import { deleteBatch, sealBatch } from "../../db/batches.ts";
import type { Database } from "../../db/database.ts";
import { addImportRows, createImport, dropRows, type KeptRow, repeatedRows, sealImport } from "../../db/imports.ts";
import { type JobQueue, jobsFor } from "../batching/job-queue.ts";
import { type AssumptionTexts, rowAssumptions } from "./assumptions.ts";
import { keepClusters } from "./keep-clusters.ts";
import { ProblemList } from "./problem-list.ts";
import type { CellProblem, RowRead, ServiceRow } from "./service-row.ts";

interface Taker {
  readonly database: Database;
  readonly queue: JobQueue;
  /** What is wrong is left out; false: nothing is kept unless all of it is good. */
  readonly partial: boolean;
}

/** What taking a list in came to, as it is kept. */
export interface ImportContent {
  readonly rows: number;
  readonly clusters: number;
  readonly assumptions: AssumptionTexts;
  /** Of what was left out. */
  readonly problems: readonly CellProblem[];
}

/**
 * Keeps the rows of a list, its clusters as items of a batch, and their jobs. Once this is over nothing of it is lost. Problems: all
 * there are. Throws what reading and the database throw, and keeps nothing then.
 */
export async function takeInList(
  rows: AsyncIterable<RowRead>,
  taker: Taker,
): Promise<
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problems: readonly CellProblem[] }
> {
  const id = crypto.randomUUID().replaceAll("-", "");
  await createImport(taker.database, id);
  try {
    const problems = new ProblemList();
    const isKept = await keep(rows, { ...taker, id, problems });
    if (isKept) return { ok: true, value: id };
    await deleteBatch(taker.database, id);
    return { ok: false, problems: problems.told() };
  } catch (error) {
    await deleteBatch(taker.database, id);
    throw error;
  }
}

interface Keeping extends Taker {
  readonly id: string;
  readonly problems: ProblemList;
}

/** Whether it is. */
async function keep(rows: AsyncIterable<RowRead>, keeping: Keeping): Promise<boolean> {
  const { id, database, queue, partial, problems } = keeping;
  const assumed = rowAssumptions();
  await stageRows(rows, keeping, assumed.note);
  await dropRepeated(keeping);
  const kept = await keepClusters(keeping);
  if (kept.rows === 0 && problems.count === 0) problems.addAt(null, nothing);
  if (kept.rows === 0 || (problems.count > 0 && !partial)) return false;
  const { rows: count, numbers } = kept;
  const content: ImportContent = {
    rows: count,
    clusters: numbers.length,
    assumptions: assumed.texts(kept.hours),
    problems: problems.told(),
  };
  await sealImport(database, id, JSON.stringify(content));
  // Before it is sealed: an import that anybody has heard of has its jobs.
  await queue.enqueue(jobsFor(id, numbers, queue));
  await sealBatch(database, id, numbers.length);
  return true;
}

async function stageRows(
  rows: AsyncIterable<RowRead>,
  { id, database, problems }: Keeping,
  note: (row: ServiceRow) => void,
): Promise<void> {
  let held: KeptRow[] = [];
  for await (const read of rows) {
    if (!read.ok) {
      problems.add(read.problems);
      continue;
    }
    problems.sheet = read.sheet;
    note(read.value);
    held.push(keptRow(read.value));
    if (held.length < heldRowsMax) continue;
    await addImportRows(database, id, held);
    held = [];
    // Neither what has come already nor the embedded database gives other requests their turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  await addImportRows(database, id, held);
}

const heldRowsMax = 1000;

function keptRow(row: ServiceRow): KeptRow {
  const { row: number, region, cluster, service } = row;
  return { number, region, cluster, service, body: JSON.stringify(row) };
}

/** The first of them stays. */
async function dropRepeated({ id, database, problems }: Keeping): Promise<void> {
  const repeated = await repeatedRows(database, id);
  for (const { number, service, cluster, region, first } of repeated) {
    const message = `${service} is in cluster ${cluster} of ${region} twice, here and in row ${first}. Rename one, or take one out.`;
    problems.addAt(number, { code: "duplicate_service", message });
  }
  await dropRows(
    database,
    id,
    repeated.map(({ number }) => number),
  );
}

const nothing = {
  code: "empty_list",
  message: "There is no service in the list: each row below its header is to be one.",
};
