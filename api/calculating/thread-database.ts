import type { MessagePort } from "node:worker_threads";
import type { Statement } from "../../db/database.ts";
import { DatabaseUnreachable, innermost } from "../../db/problems.ts";
import { isUnreachable } from "../../db/unreachable.ts";
import type { LastKnown } from "./last-known.ts";

/** The first message of a task that a thread has taken up. */
export const begun = "begun";

interface Asked {
  readonly number: number;
  readonly how: keyof LastKnown;
  readonly statement: Statement;
}

type Said = { readonly number: number } & ({ readonly rows: unknown[] } | { readonly failed: Failure });

/** What of an error crosses from thread to thread: classes and codes are left behind on the way. */
interface Failure {
  readonly message: string;
  readonly isUnreachable: boolean;
}

/** For the thread that has no database: runs statements where there is one, at the other end of the port. */
export function askThrough(port: MessagePort): LastKnown {
  const waiting = new Map<number, PromiseWithResolvers<unknown[]>>();
  port.on("message", (said: Said) => {
    const asked = waiting.get(said.number);
    waiting.delete(said.number);
    if ("rows" in said) asked?.resolve(said.rows);
    else asked?.reject(errorOf(said.failed));
  });
  let number = 0;
  const ask = (how: keyof LastKnown) => (statement: Statement) => {
    number += 1;
    const answered = Promise.withResolvers<unknown[]>();
    waiting.set(number, answered);
    port.postMessage({ number, how, statement } satisfies Asked);
    return answered.promise;
  };
  return { run: ask("run"), recall: ask("recall") };
}

/** For the thread that has the database. */
export function answerThrough(port: MessagePort, database: LastKnown): void {
  port.on("message", async (asked: Asked | typeof begun) => {
    if (asked === begun) return;
    const { number, how, statement } = asked;
    const said: Promise<Said> = database[how](statement).then(
      (rows) => ({ number, rows: [...rows] }),
      (error: unknown) => ({ number, failed: { message: innermost(error), isUnreachable: isUnreachable(error) } }),
    );
    port.postMessage(await said);
  });
}

function errorOf({ message, isUnreachable: isGone }: Failure): Error {
  return isGone ? new DatabaseUnreachable(new Error(message)) : new Error(message);
}
