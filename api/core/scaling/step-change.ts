import type { StepScalingPolicy } from "../model/scaling.ts";

/** Tasks that a step scaling policy wants, when its metric shows `value` and `current` tasks run; null: no step is for that value. */
export function stepChange(policy: StepScalingPolicy, value: number, current: number): number | null {
  const distance = value - policy.alarm.threshold;
  const step = policy.steps.find((one) => isWithin(distance, one, isAbove(distance, policy)));
  if (step === undefined) return null;
  if (policy.adjustment === "exact") return step.adjustment;
  if (policy.adjustment === "change") return Math.max(0, current + step.adjustment);
  return Math.max(0, current + percentChange((current * step.adjustment) / 100, policy.magnitudeMin));
}

/**
 * Above the threshold lower bounds are inclusive and upper ones exclusive, below it the other way round; on it, as the alarm looks.
 * Source: botocore application-autoscaling 2016-02-06, StepAdjustment.
 */
function isAbove(distance: number, { alarm }: StepScalingPolicy): boolean {
  if (distance !== 0) return distance > 0;
  return alarm.comparison === ">" || alarm.comparison === ">=";
}

function isWithin(
  distance: number,
  { lower, upper }: { readonly lower: number | null; readonly upper: number | null },
  above: boolean,
): boolean {
  const from = lower ?? Number.NEGATIVE_INFINITY;
  const to = upper ?? Number.POSITIVE_INFINITY;
  return above ? distance >= from && distance < to : distance > from && distance <= to;
}

/** 12.7 → 12, 0.67 → 1, −0.58 → −1, −6.67 → −6. Source: the user guide of application auto scaling 2023-06, step scaling policies. */
function percentChange(change: number, magnitudeMin: number): number {
  if (change === 0) return 0;
  const magnitude = Math.max(1, Math.floor(Math.abs(change)), magnitudeMin);
  return change > 0 ? magnitude : -magnitude;
}
