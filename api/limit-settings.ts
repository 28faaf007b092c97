import { availableParallelism } from "node:os";

/** What one server lets itself be asked. */
export interface LimitSettings {
  /** Comparisons made at once. */
  readonly threads: number;
  /** Comparisons that may wait for a thread. */
  readonly queueMax: number;
  /** Of wall-clock time that one comparison may take once it is begun. */
  readonly secondsMax: number;
  /** Of each API key, and of each address that comes with a link. */
  readonly requestsPerMinute: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const defaults = {
  // One core is left to the server itself.
  STOWAGE_THREADS: Math.max(1, availableParallelism() - 1),
  STOWAGE_QUEUE: 64,
  STOWAGE_CALCULATION_SECONDS: 60,
  STOWAGE_REQUESTS_PER_MINUTE: 600,
};

export function readLimitSettings(environment: Environment): LimitSettings {
  const value = (name: keyof typeof defaults) => Number(environment[name] || defaults[name]);
  return {
    threads: value("STOWAGE_THREADS"),
    queueMax: value("STOWAGE_QUEUE"),
    secondsMax: value("STOWAGE_CALCULATION_SECONDS"),
    requestsPerMinute: value("STOWAGE_REQUESTS_PER_MINUTE"),
  };
}

/** A sentence for each value that cannot be used. */
export function limitMistakes(environment: Environment): string[] {
  return Object.keys(defaults).flatMap((name) => {
    const value = environment[name] ?? "";
    if (value === "" || /^[1-9]\d{0,5}$/.test(value)) return [];
    return [`${name} must be a whole number from 1 to 999999, not ${JSON.stringify(value)}.`];
  });
}
