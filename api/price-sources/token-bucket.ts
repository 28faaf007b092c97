import type { Clock } from "./clock.ts";

export interface TokenBucket {
  /** Waits until there is a token, and takes it; in the order of asking. */
  take(): Promise<void>;
}

/** Starts full with `capacity` tokens and gains `perSecond`, never holding more than `capacity`. */
export function tokenBucket(size: { capacity: number; perSecond: number }, clock: Clock): TokenBucket {
  let tokens = size.capacity;
  let countedAtMs = clock.nowMs();
  let turn = Promise.resolve();

  async function wait(): Promise<void> {
    const nowMs = clock.nowMs();
    tokens = Math.min(size.capacity, tokens + ((nowMs - countedAtMs) * size.perSecond) / 1000);
    countedAtMs = nowMs;
    if (tokens < 1) {
      const missingMs = Math.ceil(((1 - tokens) * 1000) / size.perSecond);
      await clock.sleep(missingMs);
      countedAtMs += missingMs;
      tokens = 1;
    }
    tokens -= 1;
  }

  return {
    take: () => {
      turn = turn.then(wait);
      return turn;
    },
  };
}
