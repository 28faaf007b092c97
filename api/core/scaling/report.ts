import type { TaskLife } from "../model/demand.ts";
import type { ScaledLifetime, ScalingReport, TimelineStep } from "../model/scaling.ts";
import type { Played } from "./stage.ts";
import { timelineOf } from "./timeline.ts";

/** Every task's life: what was started to meet the desired number, and what deployments ran beside it. Cut off at the period's end. */
export function livesOf(
  service: string,
  played: Played,
  given: { readonly lifetime: ScaledLifetime; readonly periodSeconds: number },
): TaskLife[] {
  const { lifetime, periodSeconds } = given;
  const roundSeconds = lifetime.deployments?.roundSeconds ?? 0;
  const lives: TaskLife[] = [];
  const add = (count: number, startSeconds: number, { end, times }: { end: number; times: number }) => {
    const endSeconds = Math.min(end, periodSeconds);
    if (endSeconds > startSeconds) lives.push({ service, count, startSeconds, endSeconds, times });
  };
  for (const { count, startSeconds, endSeconds } of played.batches)
    add(count, startSeconds, { end: endSeconds, times: 1 });
  for (const { count, startSeconds, rounds } of played.extra) {
    const room = Math.max(0, periodSeconds - startSeconds);
    const whole = Math.min(rounds, Math.floor(room / roundSeconds));
    const cut = startSeconds + whole * roundSeconds;
    if (whole > 0) add(count, startSeconds, { end: cut, times: whole });
    if (whole < rounds) add(count, cut, { end: cut + roundSeconds, times: 1 });
  }
  return lives.sort((a, b) => a.startSeconds - b.startSeconds || a.endSeconds - b.endSeconds);
}

export function reportOf(
  service: string,
  played: Played,
  given: { readonly lifetime: ScaledLifetime; readonly lives: readonly TaskLife[]; readonly periodSeconds: number },
): ScalingReport {
  const { lives, lifetime, periodSeconds } = given;
  const timeline = timelineOf(played, lives, periodSeconds);
  const measurable = lifetime.loads.some((load) => load.cpuUnits + load.memoryMiB > 0);
  const { policies = [], controller } = lifetime.scaling ?? {};
  const tracks = controller !== undefined || policies.some((policy) => policy.kind === "target-tracking");
  return {
    service,
    periodSeconds,
    timeline,
    taskSeconds: lives.reduce(
      (sum, { count, startSeconds, endSeconds }) => sum + count * (endSeconds - startSeconds),
      0,
    ),
    taskStarts: lives.reduce((sum, { count, times, startSeconds }) => sum + (startSeconds > 0 ? count * times : 0), 0),
    tasks: percentilesOf(timeline, periodSeconds),
    desiredPeak: timeline.reduce((peak, { desired }) => Math.max(peak, desired), 0),
    unmetSeconds: measurable ? played.unmetSeconds : null,
    underTargetSeconds: tracks && lifetime.loads.length > 0 ? played.underTargetSeconds : null,
    waiting: null,
  };
}

function percentilesOf(timeline: readonly TimelineStep[], periodSeconds: number): ScalingReport["tasks"] {
  const peak = timeline.reduce((most, { alive }) => Math.max(most, alive), 0);
  const seconds = new Float64Array(peak + 1);
  for (const [at, { startSeconds, alive }] of timeline.entries()) {
    const end = timeline[at + 1]?.startSeconds ?? periodSeconds;
    seconds[alive] = (seconds[alive] ?? 0) + end - startSeconds;
  }
  const percentile = (percent: number): number => {
    let sofar = 0;
    for (let count = 0; count < peak; count++) {
      sofar += seconds[count] ?? 0;
      if (sofar * 100 >= periodSeconds * percent) return count;
    }
    return peak;
  };
  return { peak, p50: percentile(50), p95: percentile(95) };
}

/** Task-seconds of each hour of the period, one after another; the last hour may be a part of one. */
export function* taskSecondsByHour({ timeline, periodSeconds }: ScalingReport): Generator<number> {
  let at = 0;
  for (let hour = 0; hour < periodSeconds; hour += 3600) {
    const end = Math.min(hour + 3600, periodSeconds);
    let sum = 0;
    let from = hour;
    while (from < end) {
      const until = Math.min(end, timeline[at + 1]?.startSeconds ?? periodSeconds);
      sum += (timeline[at]?.alive ?? 0) * (until - from);
      from = until;
      if (from === timeline[at + 1]?.startSeconds) at++;
    }
    yield sum;
  }
}
