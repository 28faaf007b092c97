import { fileURLToPath } from "node:url";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { Piscina } from "piscina";
import type { OpenDatabase } from "../../db/database.ts";
import { DatabaseUnreachable } from "../../db/problems.ts";
import type { Result } from "../core/model/problem.ts";
import { type Calculate, Overloaded } from "./calculate.ts";
import { type Task, unreachable } from "./thread.ts";
import { answerThrough } from "./thread-database.ts";
import type { ThreadSettings } from "./thread-settings.ts";

/** Comparisons in threads of their own, so that the server can answer others meanwhile and end those that take too long. */
export interface Threads {
  readonly calculate: Calculate;
  /** Waiting and in work. */
  load(): { readonly waiting: number; readonly working: number };
  /** Ends what is in work. */
  close(): Promise<void>;
}

export function startThreads({ run }: Pick<OpenDatabase, "run">, settings: ThreadSettings): Threads {
  const pool = new Piscina({
    filename: fileURLToPath(new URL("./thread.ts", import.meta.url)),
    name: "calculateHere",
    ...{ minThreads: settings.threads, maxThreads: settings.threads },
    resourceLimits: { maxOldGenerationSizeMb: memoryMebibytesMax },
    // A thread that waits by blocking could not collect its garbage.
    atomics: "disabled",
  });
  return {
    async calculate(asked, hungUp) {
      if (pool.queueSize >= settings.queueMax) throw new Overloaded();
      const { port1: here, port2: there } = new MessageChannel();
      answerThrough(here, run);
      const limit = timeLimit(here, settings.secondsMax);
      try {
        const signal = hungUp ? AbortSignal.any([limit.signal, hungUp]) : limit.signal;
        const said = await pool.run({ asked, port: there } satisfies Task, { signal, transferList: [there] });
        if (said === unreachable) throw new DatabaseUnreachable(new Error("a comparison could not be made"));
        return said;
      } catch (error) {
        if (limit.signal.aborted) return refused("calculation_too_long", `more than ${settings.secondsMax} s`);
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

/** For one comparison; 20,000 tasks of 200 services take some 200. */
const memoryMebibytesMax = 1024;

/** Runs from the moment a thread takes the task up. */
function timeLimit(port: MessagePort, secondsMax: number): { readonly signal: AbortSignal; end(): void } {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  port.once("message", () => {
    timer = setTimeout(() => limit.abort(), secondsMax * 1000);
  });
  return { signal: limit.signal, end: () => clearTimeout(timer) };
}

function refused(code: string, what: string): Result<never> {
  const message = `The calculation takes ${what}. Ask for fewer services, options or hours at a time.`;
  return { ok: false, problems: [{ code, path: "", message }] };
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
