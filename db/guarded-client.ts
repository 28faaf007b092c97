import { statfs } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";
import { DatabaseUnreachable } from "./problems.ts";

/**
 * The embedded Postgres, kept from a disk so full that its log cannot grow, and from being asked once that has happened all the same: a
 * server would end there and recover at its next start, the embedded one waits for ever for a lock of its own and the process with it.
 * What is refused fails with `DatabaseUnreachable`; reading goes on.
 */
export function guardedClient(client: PGlite, directory: string): PGlite & { readonly isBroken: () => boolean } {
  let isBroken = false;
  const guarded = async <Said>(text: string, ask: () => Promise<Said>): Promise<Said> => {
    if (isBroken) throw new DatabaseUnreachable(new Error("it has to be started anew"));
    if (!/^\s*select\b/i.test(text)) await requireRoom(directory);
    try {
      return await ask();
    } catch (error) {
      isBroken ||= error instanceof Error && "severity" in error && error.severity === "PANIC";
      throw error;
    }
  };
  const over = <Client extends Asked>(asked: Client): Client =>
    new Proxy(asked, {
      get(target, name) {
        if (name === "isBroken") return () => isBroken;
        if (name === "query") return (...given: Given) => guarded(given[0], () => target.query(...given));
        if (name === "transaction" && "transaction" in target)
          return (work: Work) =>
            guarded("begin", () => (target as never as PGlite).transaction((one) => work(over(one))));
        const value = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  return over(client) as never;
}

type Given = Parameters<PGlite["query"]>;
type Asked = Pick<PGlite, "query">;
type Work = Parameters<PGlite["transaction"]>[0];

/** Four files of its log, which grows by whole ones. */
const roomBytesMin = 64 * 1024 ** 2;

async function requireRoom(directory: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < roomBytesMin) throw new DatabaseUnreachable(new Error("its disk is full"));
}
