import type { TaskLife } from "../model/demand.ts";
import type { TimelineStep } from "../model/scaling.ts";
import type { Played } from "./play.ts";

interface Change {
  readonly startSeconds: number;
  readonly running: number;
  readonly alive: number;
}

/** How many tasks there were to be, took load and were alive, wherever one of the three changes. */
export function timelineOf(played: Played, lives: readonly TaskLife[], periodSeconds: number): TimelineStep[] {
  const changes: Change[] = [];
  for (const { count, startSeconds, endSeconds } of lives) {
    changes.push({ startSeconds, running: 0, alive: count }, { startSeconds: endSeconds, running: 0, alive: -count });
  }
  for (const { count, readySeconds, stopSeconds } of played.batches) {
    if (readySeconds >= stopSeconds) continue;
    changes.push(
      { startSeconds: readySeconds, running: count, alive: 0 },
      { startSeconds: stopSeconds, running: -count, alive: 0 },
    );
  }
  changes.sort((a, b) => a.startSeconds - b.startSeconds);
  const steps: TimelineStep[] = [];
  let step: TimelineStep = { startSeconds: 0, desired: 0, running: 0, alive: 0 };
  let changed = 0;
  let set = 0;
  while (changed < changes.length || set < played.desired.length) {
    const startSeconds = Math.min(
      changes[changed]?.startSeconds ?? periodSeconds,
      played.desired[set]?.startSeconds ?? periodSeconds,
    );
    if (startSeconds >= periodSeconds) break;
    let { desired, running, alive } = step;
    for (; changes[changed]?.startSeconds === startSeconds; changed++) {
      running += changes[changed]?.running ?? 0;
      alive += changes[changed]?.alive ?? 0;
    }
    for (; played.desired[set]?.startSeconds === startSeconds; set++) desired = played.desired[set]?.count ?? desired;
    const same = steps.length > 0 && desired === step.desired && running === step.running && alive === step.alive;
    step = { startSeconds, desired, running, alive };
    if (!same) steps.push(step);
  }
  return steps;
}
