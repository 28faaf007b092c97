/** What goes on once its request is answered. */
export interface Background {
  /** Does the work, which must not fail, after the request is answered. */
  add(work: () => Promise<void>): void;
  /** Does this part of it when its turn comes: it takes much. */
  inTurn<T>(part: () => Promise<T>): Promise<T>;
}

export interface Backlog extends Background {
  /** Resolves once there is no more work, or after so long. */
  done(milliseconds: number): Promise<void>;
}

/** So many turns at once, in the order in which they were asked for. */
export function newBacklog(turns: number): Backlog {
  let open = 0;
  let free = turns;
  const waiting: (() => void)[] = [];
  let addedAt = Number.NEGATIVE_INFINITY;
  const quiet = async () => {
    for (let waits = 0; waits < waitsMax && performance.now() - addedAt < quietMilliseconds; waits += 1) {
      await milliseconds(quietMilliseconds);
    }
  };
  return {
    add(work) {
      open += 1;
      addedAt = performance.now();
      setTimeout(() => work().finally(() => (open -= 1)), 0);
    },
    async inTurn(part) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        await quiet();
        return await part();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
    async done(within) {
      const until = performance.now() + within;
      while (open > 0 && performance.now() < until) await milliseconds(20);
    },
  };
}

/** Many that ask at once are all to be acknowledged before what takes much begins; those who never stop asking do not keep it up. */
const quietMilliseconds = 50;
const waitsMax = 10;

async function milliseconds(count: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, count));
}
