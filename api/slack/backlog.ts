/** Work that goes on after its request is answered: so much at once, in the order in which it came. */
export interface Backlog {
  /** The work must not fail. */
  add(work: () => Promise<void>): void;
  /** Resolves once there is none, or after so long. */
  done(milliseconds: number): Promise<void>;
}

export function newBacklog(atOnce: number): Backlog {
  const waiting: (() => Promise<void>)[] = [];
  let working = 0;
  const proceed = async () => {
    if (working === atOnce) return;
    working += 1;
    for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) await work();
    working -= 1;
  };
  return {
    add(work) {
      waiting.push(work);
      // Not before what is being answered is answered.
      setTimeout(proceed, 0);
    },
    async done(milliseconds) {
      const until = performance.now() + milliseconds;
      while (working + waiting.length > 0 && performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}
