import type { ScalingReport } from "./scaling.ts";

/** When tasks are alive, run-length: `count` tasks of `service` that all start and end together. */
export interface TaskLife {
  readonly service: string;
  readonly count: number;
  /** Seconds from the start of the period, half-open. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Lives laid end to end in [start, end), each a task's whole life with its own minimum charge. */
  readonly times: number;
}

export interface Demand {
  readonly periodSeconds: number;
  readonly lives: readonly TaskLife[];
  /** Of each service that is scaled. */
  readonly reports: readonly ScalingReport[];
}
