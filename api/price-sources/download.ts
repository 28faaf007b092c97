import { attemptsMax } from "./aws-connection.ts";
import { backoffMs, type Clock } from "./clock.ts";
import { SourceFailure } from "./source-failure.ts";

/** How public files are fetched. */
export interface Web {
  readonly clock: Clock;
  readonly fetch: (address: string, init: { signal: AbortSignal }) => Promise<Response>;
}

/** Of silence within a file, before the connection counts as dead. */
const silenceMaxMs = 60_000;
const worthAnotherAttempt = ["provider_error", "throttled", "unreachable", "unreadable"];

/**
 * Does `attempt` up to five times, with full jitter between, where the connection, the server or the file fails. `attempt` starts from
 * nothing each time. Failure: the last attempt's.
 */
export async function withAttempts<T>(
  web: Web,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const again = error instanceof SourceFailure && worthAnotherAttempt.includes(error.code);
      if (!again || count >= attemptsMax) throw error;
      await web.clock.sleep(backoffMs(count, web.clock), signal);
    }
  }
}

/** The bytes of a file as they come. Failures: `not_found`, `throttled`, `provider_error`, `unreachable`. */
export async function* download(web: Web, address: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const connection = new AbortController();
  const stop = () => connection.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const body = await within(web.clock, address, openBody(web, address, connection.signal));
    const reader = body.getReader();
    while (true) {
      const { done, value } = await within(web.clock, address, reader.read());
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (error instanceof SourceFailure || signal?.aborted) throw error;
    throw new SourceFailure(`The connection for ${address} broke. (${describe(error)})`, {
      code: "unreachable",
      cause: error,
    });
  } finally {
    signal?.removeEventListener("abort", stop);
    connection.abort();
  }
}

/** A small JSON file, whole. Failures: as `download`, and `unreadable`. */
export async function downloadJson(web: Web, address: string, signal?: AbortSignal): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of download(web, address, signal)) text += decoder.decode(chunk, { stream: true });
  try {
    return JSON.parse(text + decoder.decode());
  } catch (error) {
    throw new SourceFailure(`${address} is no JSON, or breaks off.`, { code: "unreadable", cause: error });
  }
}

async function openBody(web: Web, address: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const answer = await web.fetch(address, { signal });
  if (answer.ok && answer.body !== null) return answer.body;
  const { status } = answer;
  await answer.body?.cancel();
  const message = `${address} answers with status ${status}.`;
  if (status === 429) throw new SourceFailure(message, { code: "throttled" });
  if (status >= 500) throw new SourceFailure(message, { code: "provider_error" });
  throw new SourceFailure(message, { code: "not_found" });
}

async function within<T>(clock: Clock, address: string, promise: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const silence = clock.sleep(silenceMaxMs, stop.signal).then(
    () => {
      throw new SourceFailure(`${address} has sent nothing for ${silenceMaxMs / 1000} seconds.`, {
        code: "unreachable",
      });
    },
    // Stopped, since the promise has settled: never speaks.
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([promise, silence]);
  } finally {
    stop.abort();
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return `${error}`;
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
