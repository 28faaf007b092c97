import type { CapacityProviderReport, ScalingReport } from "./scaling.ts";

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
  /** By service, in each hour of the period, in thousandths; of those behind load balancers whose load is in requests. */
  readonly requests: ReadonlyMap<string, readonly number[]>;
  /** Of each group of instances, where they were played out too. */
  readonly capacityProviders: readonly CapacityProviderReport[];
  /** Tasks that are always on, or run, for which those instances had no room when the period began. */
  readonly unplaced: readonly { readonly service: string; readonly count: number }[];
}
