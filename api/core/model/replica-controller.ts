/**
 * Every `syncSeconds` (a divisor of 60) each metric proposes ceil(ratio × tasks that take load), ratio the metric over its target; within the
 * tolerance of 1, the number there is. Tasks that are starting count as idle where there are to be more. The largest proposal is taken, as
 * far as the windows and rates of its direction allow. Source: kubernetes.io, Horizontal Pod Autoscaling, algorithm details.
 */
export interface ReplicaController {
  readonly syncSeconds: number;
  readonly tolerance: number;
  readonly metrics: readonly ReplicaMetric[];
  readonly up: ReplicaRules;
  readonly down: ReplicaRules;
}

/** What tasks took in the slot before, in percent of `each`. */
export interface ReplicaMetric {
  readonly kind: "cpu" | "memory";
  /** Of one task, CPU units or MiB: what it asks for, or what it is to take on average. */
  readonly each: number;
  readonly targetPercent: number;
  /** Only whole percents are seen. */
  readonly wholePercent: boolean;
  /** The most that a task takes; null: whatever its load wants. */
  readonly most: number | null;
}

/** One direction. What was proposed in the window holds back: up to its least, down to its most. */
export interface ReplicaRules {
  readonly windowSeconds: number;
  /** Which policy counts: the one that allows the largest change, the smallest, or none. */
  readonly select: "max" | "min" | "disabled";
  readonly policies: readonly ReplicaRate[];
}

/** Of change in the last `periodSeconds`. */
export interface ReplicaRate {
  readonly kind: "tasks" | "percent";
  readonly value: number;
  readonly periodSeconds: number;
}
