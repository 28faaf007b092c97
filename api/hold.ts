import { openDatabase } from "../db/connect.ts";
import type { OpenDatabase } from "../db/database.ts";
import { isKeyInForce } from "../db/keys.ts";
import { DatabaseNotPrepared, DataDirectoryInUse, innermost } from "../db/problems.ts";
import { openPostgresQueue, type PostgresQueue } from "./batching/postgres-queue.ts";
import { startThreads, type Threads } from "./calculating/threads.ts";
import { type KeyMemory, keyring, newKeyMemory } from "./keyring.ts";
import type { Log } from "./log.ts";
import type { ServerSettings } from "./settings.ts";

/** What a server has as long as it runs. */
export interface Held {
  readonly opened: OpenDatabase;
  readonly keyMemory: KeyMemory;
  readonly threads: Threads;
  readonly queue: PostgresQueue;
  close(): Promise<void>;
}

export interface NotHeld {
  /** 2: what is set cannot be; 1: what is set is not to be had. */
  readonly exitCode: 1 | 2;
  readonly mistake: string;
}

/** Opens all of it, or none and says why. Batches that were under way go on from here. */
export async function hold(settings: ServerSettings, log: Log): Promise<Held | NotHeld> {
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of undo.toReversed()) await end();
  };
  try {
    const opening = openDatabase(settings.database);
    // They load the calculation while the database is being opened, which nothing needs of them before.
    const threads = startThreads({ run: async (statement) => (await opening).run(statement) }, settings.limits);
    undo.push(() => threads.close());
    const opened = await opening;
    undo.unshift(() => opened.close());
    const { refused, memory: keyMemory } = await admit(opened, settings);
    if (refused !== null) {
      await close();
      return { exitCode: 2, mistake: refused };
    }
    const working = { calculate: threads.calculate, log, threads: settings.limits.threads };
    const queue = await openPostgresQueue(opened, working);
    undo.push(() => queue.stop());
    return { opened, keyMemory, threads, queue, close };
  } catch (error) {
    await close();
    return { exitCode: 1, mistake: couldNotOpen(error) };
  }
}

/** Others than this machine are only let near where a key can tell who asks. */
async function admit({ database }: OpenDatabase, { loopback, host }: ServerSettings) {
  const memory = newKeyMemory();
  const now = () => new Date();
  await keyring({ database, memory, now }).isKeyMade();
  const isOpen = !loopback && !(await isKeyInForce(database, now()));
  const how = "Make one first: npm run keys -- create --name admin --scope admin";
  const refused = isOpen ? `HOST=${host} lets other machines ask, and no API key is in force. ${how}` : null;
  return { refused, memory };
}

function couldNotOpen(error: unknown): string {
  if (error instanceof DataDirectoryInUse || error instanceof DatabaseNotPrepared) return error.message;
  return `The database cannot be opened: ${innermost(error) || "nothing more is known"}.`;
}
