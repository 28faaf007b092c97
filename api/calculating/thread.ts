import type { MessagePort } from "node:worker_threads";
import type { Statement } from "../../db/database.ts";
import { remoteDatabase } from "../../db/remote.ts";
import { isUnreachable } from "../../db/unreachable.ts";
import type { Result } from "../core/model/problem.ts";
import { type Calculated, calculateOver, type Task } from "./calculate.ts";
import { askThrough, begun } from "./thread-database.ts";

export interface Handed extends Task {
  /** To the thread that has the database. */
  readonly port: MessagePort;
}

export const unreachable = "database unreachable";

let run: (statement: Statement) => Promise<unknown[]>;
/** Over one database for as long as the thread lives, since price books are remembered by it. A thread has one task at a time. */
const calculate = calculateOver(remoteDatabase((statement) => run(statement)));

/** What a thread of the pool runs. */
export async function calculateHere({ port, ...task }: Handed): Promise<Result<Calculated> | typeof unreachable> {
  const asked = askThrough(port);
  try {
    port.postMessage(begun);
    run = asked.run;
    return await calculate(task).catch((error: unknown) => {
      if (!isUnreachable(error)) throw error;
      run = asked.recall;
      return calculateUnconfirmed(task);
    });
  } catch (error) {
    // The class of an error does not survive the way to another thread.
    if (isUnreachable(error)) return unreachable;
    throw error;
  } finally {
    port.close();
  }
}

/** With what other threads, or this one's predecessor, were told last. */
async function calculateUnconfirmed(task: Task): Promise<Result<Calculated>> {
  const said = await calculate({ ...task, mayReopen: false });
  return said.ok ? { ok: true, value: { ...said.value, isConfirmed: false } } : said;
}
