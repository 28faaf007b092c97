import type { Load } from "./load.ts";
import type { ReplicaController } from "./replica-controller.ts";

/** A service whose number of tasks changes in the period, or whose load is known. */
export interface ScaledLifetime {
  readonly kind: "scaled";
  /** Empty: not known; then nothing is measured, and policies never act. */
  readonly loads: readonly Load[];
  /** What a running task takes without any load. */
  readonly idle: { readonly cpuUnits: number; readonly memoryMiB: number };
  /** Null: the number of tasks stays as it is. */
  readonly scaling: Scaling | null;
  readonly behaviour: TaskBehaviour;
  readonly deployments: Deployments | null;
}

export interface Scaling {
  readonly min: number;
  readonly max: number;
  readonly suspended: { readonly in: boolean; readonly out: boolean; readonly scheduled: boolean };
  readonly policies: readonly ScalingPolicy[];
  readonly scheduledActions: readonly ScheduledAction[];
  /** Counts tasks anew every few seconds, instead of policies that wait for alarms; absent: none does. */
  readonly controller?: ReplicaController;
}

/** How tasks come and go. */
export interface TaskBehaviour {
  /** From the decision to start a task until it takes load; it is alive from the decision on. */
  readonly startSeconds: number;
  /** From the decision to stop it until its end; it takes no load any more. */
  readonly drainSeconds: number;
  /** Which tasks a scale-in stops. */
  readonly stops: "newest" | "oldest";
  /** The most that a CPU or memory metric shows, in percent. */
  readonly utilizationMaxPercent: number;
}

export type ScalingPolicy = TargetTrackingPolicy | StepScalingPolicy;

/**
 * In a slot: `cpu` and `memory`, percent, the mean over running tasks; `requests`, those that arrive in it, and `requests-per-task`.
 * All are missing while no task runs, but for `requests-offered`, which arrive all the same, and where the load has a gap.
 */
export type MetricKind = "cpu" | "memory" | "requests-per-task" | "requests" | "requests-offered";

export interface ScalingMetric {
  readonly kind: MetricKind;
  /** Of one datapoint: a multiple of 20 seconds. */
  readonly periodSeconds: number;
  /** Over the slots of a datapoint. */
  readonly statistic: "average" | "minimum" | "maximum" | "sum";
  /** From the end of its period until a datapoint can be seen. */
  readonly publicationDelaySeconds: number;
}

/** In alarm while at least `datapointsToAlarm` of the last `datapoints` compare so with the threshold; a missing one never does. */
export interface Alarm {
  readonly comparison: ">" | ">=" | "<" | "<=";
  readonly threshold: number;
  readonly datapoints: number;
  readonly datapointsToAlarm: number;
}

export interface TargetTrackingPolicy {
  readonly kind: "target-tracking";
  readonly name: string;
  readonly metric: ScalingMetric;
  readonly target: number;
  readonly high: Alarm;
  readonly low: Alarm;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
  readonly scaleInDisabled: boolean;
}

export interface StepScalingPolicy {
  readonly kind: "step-scaling";
  readonly name: string;
  readonly metric: ScalingMetric;
  readonly alarm: Alarm;
  readonly adjustment: "change" | "exact" | "percent";
  readonly steps: readonly StepAdjustment[];
  /** Tasks that a percent change comes to at least. */
  readonly magnitudeMin: number;
  readonly cooldownSeconds: number;
}

/** Bounds are distances from the alarm's threshold; null: none. */
export interface StepAdjustment {
  readonly lower: number | null;
  readonly upper: number | null;
  readonly adjustment: number;
}

/** Null min or max: stays as it is. Those of one second act in the order given, before any task is started or stopped. */
export interface ScheduledAction {
  readonly name: string;
  readonly schedule: Schedule;
  readonly min: number | null;
  readonly max: number | null;
}

/** When something recurs; the calendar that reads it comes from outside the calculation. */
export interface Schedule {
  /** As written: `cron(0 9 * * ? *)`, `rate(1 hour)`, `at(2026-11-01T00:00:00)`. */
  readonly expression: string;
  readonly timeZone: string;
  /** Seconds since 1970 UTC; null: no bound. */
  readonly startSeconds: number | null;
  readonly endSeconds: number | null;
}

/** The first instant of the schedule that is not before `fromSeconds`; both in seconds since 1970 UTC, whole. Null: none any more. */
export type Calendar = (schedule: Schedule, fromSeconds: number, periodStartSeconds: number) => number | null;

/**
 * New revisions put into service, `perWeek`, the k-th (k = 0, 1, …) at floor((k + 0.5) × 604,800 / perWeek). Tasks that run twice meanwhile are
 * extra lives. With n = desired as it begins, whatever others are under way: rolling, e = floor(n × maximumPercent / 100) − n extra at a time
 * and s = n − ceil(n × minimumHealthyPercent / 100) stopped beforehand; rounds of min(e + s, what is left) tasks, each with min(e, that) extra
 * ones for roundSeconds. Blue/green, be traffic shifted at once or bit by bit: n extra for one round, which it lasts even for n = 0.
 */
export interface Deployments {
  readonly perWeek: number;
  readonly kind: "rolling" | "blue-green";
  readonly maximumPercent: number;
  readonly minimumHealthyPercent: number;
  /** From a new task's start to the end of the one it takes over from. */
  readonly roundSeconds: number;
}

/** What one task has for its load. */
export interface TaskCapacity {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

/** A stretch in which the counts stay the same, up to the next step's start. */
export interface TimelineStep {
  readonly startSeconds: number;
  readonly desired: number;
  /** Take load. */
  readonly running: number;
  /** Starting, running, draining, or extra in a deployment: what is billed. */
  readonly alive: number;
}

/** What became of a service in the period. */
export interface ScalingReport {
  readonly service: string;
  readonly periodSeconds: number;
  readonly timeline: readonly TimelineStep[];
  /** The area under `alive`. */
  readonly taskSeconds: number;
  /** After the period's start, extra ones of deployments too. */
  readonly taskStarts: number;
  /** Of tasks alive, by time: the least count that is not exceeded in so much of the period. */
  readonly tasks: { readonly peak: number; readonly p50: number; readonly p95: number };
  readonly desiredPeak: number;
  /** Time in which the load wanted more than the running tasks have; null: the load does not say what it takes. */
  readonly unmetSeconds: number | null;
  /** Time in which every target-tracking metric is there and a datapoint of such slots at or below its target; null: no such policy. */
  readonly underTargetSeconds: number | null;
  /** For an instance with room; null: its tasks do not run on instances. */
  readonly waiting: WaitingReport | null;
}

/** Tasks that were wanted before there was an instance with room for them, those that got none too. */
export interface WaitingReport {
  readonly tasks: number;
  /** Of all of them together, of the one that waited longest, and what 95 % of those that waited did not exceed. */
  readonly taskSeconds: number;
  readonly longestSeconds: number;
  readonly p95Seconds: number;
}

/** A stretch in which the number of a group's instances stays the same, up to the next step's start. */
export interface InstanceStep {
  readonly startSeconds: number;
  /** Billed. */
  readonly instances: number;
  /** Take tasks. */
  readonly ready: number;
}

/** What became of a group of instances in the period. */
export interface CapacityProviderReport {
  /** Null: none is named. */
  readonly provider: string | null;
  readonly instanceTypes: readonly string[];
  readonly periodSeconds: number;
  readonly timeline: readonly InstanceStep[];
  readonly peak: number;
  /** The area under `instances`. */
  readonly instanceSeconds: number;
  /** After the start of the period. */
  readonly launches: number;
}
