import type { MessagePort } from "node:worker_threads";
import type { Statement } from "../../db/database.ts";

/** The first message of a task that a thread has taken up. */
export const begun = "begun";

interface Asked {
  readonly number: number;
  readonly statement: Statement;
}

type Said = { readonly number: number } & ({ readonly rows: unknown[] } | { readonly failed: Failure });

/** What of an error crosses from thread to thread. */
interface Failure {
  readonly message: string;
  readonly code: unknown;
}

/** For the thread that has no database: runs statements where there is one, at the other end of the port. */
export function askThrough(port: MessagePort): (statement: Statement) => Promise<unknown[]> {
  const waiting = new Map<number, PromiseWithResolvers<unknown[]>>();
  port.on("message", (said: Said) => {
    const asked = waiting.get(said.number);
    waiting.delete(said.number);
    if ("rows" in said) asked?.resolve(said.rows);
    else asked?.reject(Object.assign(new Error(said.failed.message), { code: said.failed.code }));
  });
  let number = 0;
  return (statement) => {
    number += 1;
    const answered = Promise.withResolvers<unknown[]>();
    waiting.set(number, answered);
    port.postMessage({ number, statement } satisfies Asked);
    return answered.promise;
  };
}

/** For the thread that has the database. */
export function answerThrough(port: MessagePort, run: (statement: Statement) => Promise<unknown[]>): void {
  port.on("message", async (asked: Asked | typeof begun) => {
    if (asked === begun) return;
    const { number, statement } = asked;
    port.postMessage(await run(statement).then((rows) => ({ number, rows: [...rows] }), failure));

    function failure(error: unknown): Said {
      const { message, code } = innermost(error);
      return { number, failed: { message, code } };
    }
  });
}

function innermost(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error), code: null };
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  if (inner instanceof Error) return innermost(inner);
  return { message: error.message, code: "code" in error ? error.code : null };
}
