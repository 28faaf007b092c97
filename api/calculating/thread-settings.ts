import { availableParallelism } from "node:os";

export interface ThreadSettings {
  /** Comparisons made at once. */
  readonly threads: number;
  /** Comparisons that may wait for a thread. */
  readonly queueMax: number;
  /** Of wall-clock time for one comparison, waiting not counted. */
  readonly secondsMax: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** One core is left to the server itself. */
const defaults = {
  STOWAGE_THREADS: Math.max(1, availableParallelism() - 1),
  STOWAGE_QUEUE: 64,
  STOWAGE_CALCULATION_SECONDS: 60,
};

export function readThreadSettings(environment: Environment): ThreadSettings {
  const value = (name: keyof typeof defaults) => Number(environment[name] || defaults[name]);
  return {
    threads: value("STOWAGE_THREADS"),
    queueMax: value("STOWAGE_QUEUE"),
    secondsMax: value("STOWAGE_CALCULATION_SECONDS"),
  };
}

/** A sentence for each value that cannot be used. */
export function threadMistakes(environment: Environment): string[] {
  return Object.keys(defaults).flatMap((name) => {
    const value = environment[name] ?? "";
    if (value === "" || /^[1-9]\d{0,3}$/.test(value)) return [];
    return [`${name} must be a whole number from 1 to 9999, not ${JSON.stringify(value)}.`];
  });
}
