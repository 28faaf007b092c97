/** A part of a request's work, as `Server-Timing` names it. */
export interface Stage {
  readonly name: string;
  readonly milliseconds: number;
}

export interface Stopwatch {
  readonly stages: readonly Stage[];
  lap(name: string): void;
}

/** Says how long each stage took, from the end of the one before it. */
export function stopwatch(): Stopwatch {
  const stages: Stage[] = [];
  let since = performance.now();
  return {
    stages,
    lap(name) {
      const now = performance.now();
      stages.push({ name, milliseconds: now - since });
      since = now;
    },
  };
}
