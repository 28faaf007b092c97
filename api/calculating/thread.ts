import type { MessagePort } from "node:worker_threads";
import type { Statement } from "../../db/database.ts";
import { remoteDatabase } from "../../db/remote.ts";
import { isUnreachable } from "../../db/unreachable.ts";
import { type Answered, answer } from "../answer.ts";
import type { Result } from "../core/model/problem.ts";
import { askThrough, begun } from "./thread-database.ts";

export const unreachable = "database unreachable";

export interface Task {
  readonly asked: unknown;
  /** To the thread that has the database. */
  readonly port: MessagePort;
}

let run: (statement: Statement) => Promise<unknown[]>;
/** One for as long as the thread lives, since price books are remembered by database. A thread has one task at a time. */
const database = remoteDatabase((statement) => run(statement));

/** What a thread of the pool runs. */
export async function calculateHere({ asked, port }: Task): Promise<Result<Answered> | typeof unreachable> {
  run = askThrough(port);
  try {
    port.postMessage(begun);
    return await answer(asked, database);
  } catch (error) {
    // The class of an error does not survive the way to another thread.
    if (isUnreachable(error)) return unreachable;
    throw error;
  } finally {
    port.close();
  }
}
