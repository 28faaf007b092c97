import { fileURLToPath } from "node:url";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { Piscina } from "piscina";
import type { OpenDatabase } from "../../db/database.ts";
import { DatabaseUnreachable } from "../../db/problems.ts";
import type { Result } from "../core/model/problem.ts";
import type { LimitSettings } from "../limit-settings.ts";
import { type Calculate, Overloaded } from "./calculate.ts";
import { lastKnown } from "./last-known.ts";
import { type Handed, unreachable } from "./thread.ts";
import { answerThrough } from "./thread-database.ts";

/** Comparisons in threads of their own, so that the server can answer others meanwhile and end those that take too long. */
export interface Threads {
  readonly calculate: Calculate;
  /** Waiting and in work. */
  load(): { readonly waiting: number; readonly working: number };
  /** Ends what is in work. */
  close(): Promise<void>;
}

export function startThreads(
  { run }: Pick<OpenDatabase, "run">,
  settings: Omit<LimitSettings, "requestsPerMinute">,
): Threads {
  const database = lastKnown(run);
  const pool = new Piscina({
    filename: fileURLToPath(new URL("./thread.ts", import.meta.url)),
    name: "calculateHere",
    ...{ minThreads: settings.threads, maxThreads: settings.threads },
    resourceLimits: { maxOldGenerationSizeMb: memoryMebibytesMax },
    // A thread that waits by blocking could not collect its garbage.
    atomics: "disabled",
  });
  return {
    async calculate(task, hungUp) {
      if (pool.queueSize >= settings.queueMax) throw new Overloaded();
      const { port1: here, port2: there } = new MessageChannel();
      answerThrough(here, database);
      const limit = timeLimit(here, { secondsMax: settings.secondsMax, hungUp });
      try {
        const ways = { signal: limit.signal, transferList: [there] };
        const said = await pool.run({ ...task, port: there } satisfies Handed, ways);
        if (said === unreachable) throw new DatabaseUnreachable(new Error("a comparison could not be made"));
        return said;
      } catch (error) {
        const { reason } = limit.signal;
        if (reason instanceof TooLong) return refused("calculation_too_long", `more than ${settings.secondsMax} s`);
        if (reason !== undefined) throw reason;
        if (isOutOfMemory(error)) return refused("calculation_too_large", `more than ${memoryMebibytesMax} MiB`);
        throw error;
      } finally {
        limit.end();
        here.close();
      }
    },
    load: () => ({ waiting: pool.queueSize, working: pool.threads.length - pool.idleThreads }),
    close: () => pool.destroy(),
  };
}

/** For one comparison: many times what 200 services take, as `npm run bench` prints it. */
const memoryMebibytesMax = 1024;

/** Longer than that hardly anybody waits. */
const waitSecondsMax = 30;

/** A thread that is ended takes about a second to replace: what is nearly done is rather finished for nobody. */
const unheardSecondsMax = 5;

interface Limits {
  readonly secondsMax: number;
  readonly hungUp: AbortSignal | undefined;
}

/** Of waiting for a thread, and then anew, from the moment a thread takes the task up. Its signal's reason says what was too long. */
function timeLimit(port: MessagePort, { secondsMax, hungUp }: Limits): { readonly signal: AbortSignal; end(): void } {
  const limit = new AbortController();
  let timer = setTimeout(() => limit.abort(new Overloaded()), waitSecondsMax * 1000);
  let leave = () => limit.abort(hungUp?.reason);
  const onHangUp = () => leave();
  if (hungUp?.aborted) onHangUp();
  hungUp?.addEventListener("abort", onHangUp);
  port.once("message", () => {
    clearTimeout(timer);
    timer = setTimeout(() => limit.abort(new TooLong()), secondsMax * 1000);
    leave = () => {
      clearTimeout(timer);
      timer = setTimeout(() => limit.abort(hungUp?.reason), unheardSecondsMax * 1000);
    };
  });
  const end = () => {
    clearTimeout(timer);
    hungUp?.removeEventListener("abort", onHangUp);
  };
  return { signal: limit.signal, end };
}

class TooLong extends Error {}

function refused(code: string, what: string): Result<never> {
  const message = `The calculation takes ${what}. Ask for fewer services, options or hours at a time.`;
  return { ok: false, problems: [{ code, path: "", message }] };
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
