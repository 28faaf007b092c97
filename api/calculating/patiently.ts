import { Overloaded } from "./calculate.ts";

/** Requests that somebody waits for go first: where as many wait as may, this tries again until there is room. */
export async function patiently<T>(attempt: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  while (true) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Overloaded)) throw error;
      signal?.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, roomMilliseconds));
    }
  }
}

const roomMilliseconds = 200;
