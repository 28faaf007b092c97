import type { Clock } from "../../api/price-sources/clock.ts";

export interface TestClock extends Clock {
  /** Every sleep that was asked for, in milliseconds. */
  readonly slept: number[];
}

/**
 * Stands at 2026-11-23 12:00 UTC and moves on by what is slept, at once. Waiting for a silent connection (a minute) never ends, unless
 * the clock is one of silence.
 */
export function testClock({ silence = false, random = 0 } = {}): TestClock {
  let nowMs = Date.UTC(2026, 10, 23, 12);
  const slept: number[] = [];
  return {
    slept,
    nowMs: () => nowMs,
    random: () => random,
    sleep: async (ms, signal) => {
      if (ms >= 60_000 && !silence) await new Promise((_, reject) => signal?.addEventListener("abort", reject));
      slept.push(ms);
      nowMs += ms;
    },
  };
}

export const fakeCredentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" } as const;
