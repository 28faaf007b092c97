import type { Calendar, Scaling, TaskCapacity } from "../model/scaling.ts";
import type { Period } from "../model/workload.ts";
import type { ExtraTasks } from "./deployment.ts";
import type { Batch, Places } from "./task-stack.ts";

/** What a service is played out over. */
export interface Stage {
  /** At the start of the period. */
  readonly tasks: number;
  readonly capacity: TaskCapacity;
  readonly calendar: Calendar;
  readonly period: Period;
  readonly periodSeconds: number;
  readonly seed: number;
  /** Where tasks have to find room; nothing said: there is always enough. */
  readonly places?: Places;
}

/** What happened, before it is added up. */
export interface Played {
  readonly batches: readonly Batch[];
  readonly extra: readonly ExtraTasks[];
  /** Second and number, in pairs, from second 0 on. */
  readonly desired: readonly { readonly startSeconds: number; readonly count: number }[];
  readonly unmetSeconds: number;
  readonly underTargetSeconds: number;
}

/** The number of tasks stays as it is. */
export const unscaled: Scaling = {
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
  suspended: { in: false, out: false, scheduled: false },
  policies: [],
  scheduledActions: [],
};
