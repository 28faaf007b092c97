/** Time as the sources use it; tests bring their own. */
export interface Clock {
  nowMs(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to below 1: the jitter of retries. */
  random(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, ms);
      signal?.addEventListener("abort", stop, { once: true });
    }),
};

/** The ISO day of now, in UTC. */
export function today(clock: Clock): string {
  return new Date(clock.nowMs()).toISOString().slice(0, 10);
}

/** Full jitter: anything up to twice as long as the time before, from 100 ms and never above 20 s. */
export function backoffMs(attempt: number, clock: Clock): number {
  return Math.floor(clock.random() * Math.min(20_000, 100 * 2 ** attempt));
}
