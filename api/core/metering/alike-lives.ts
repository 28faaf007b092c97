import type { TaskLife } from "../model/demand.ts";
import type { Fraction } from "../model/fraction.ts";
import type { AdmittedTask } from "../model/launch-type.ts";
import type { InstanceLife } from "../model/placement.ts";

export interface MeteredTasks {
  readonly life: TaskLife;
  readonly task: AdmittedTask;
  readonly share: Fraction;
}

/** Lives to meter at once, and the seconds that their usage falls in. */
export interface AlikeLives extends MeteredTasks {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * Lives of a scaled service are many and of few lengths, and what one costs depends on its length alone: those of one length are metered
 * together, and all of the service's usage falls in the time from its first task's start to its last one's end. When within that, its
 * scaling report tells. What is always on or run is left as it is.
 */
export function alikeTogether(rows: readonly MeteredTasks[]): AlikeLives[] {
  const together: AlikeLives[] = [];
  const byService = Map.groupBy(rows, ({ task }) => task.service);
  for (const [service, lives] of byService) {
    if (service.lifetime.kind === "scaled") together.push(...byLength(lives));
    else for (const row of lives) together.push({ ...row, ...periodOf(row.life) });
  }
  return together;
}

function byLength(rows: readonly MeteredTasks[]): AlikeLives[] {
  const counts = new Map<number, number>();
  let startSeconds = Number.POSITIVE_INFINITY;
  let endSeconds = 0;
  for (const { life } of rows) {
    const length = (life.endSeconds - life.startSeconds) / life.times;
    counts.set(length, (counts.get(length) ?? 0) + life.count * life.times);
    startSeconds = Math.min(startSeconds, life.startSeconds);
    endSeconds = Math.max(endSeconds, life.endSeconds);
  }
  const [first] = rows;
  if (first === undefined) return [];
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([length, count]) => {
      const life = { ...first.life, count, startSeconds, endSeconds: startSeconds + length, times: 1 };
      return { life, task: first.task, share: first.share, startSeconds, endSeconds };
    });
}

/**
 * The same for instances that come and go: those of a type that lived as long are metered together, and all usage of the type falls in the
 * time from its first instance's start to its last one's end.
 */
export function instancesAlike(
  lives: readonly InstanceLife[],
): { readonly life: InstanceLife; readonly startSeconds: number; readonly endSeconds: number }[] {
  const kinds = Map.groupBy(lives, ({ instanceType, purchaseOption }) => `${instanceType} ${purchaseOption}`);
  return [...kinds.values()].flatMap((alike) => {
    const startSeconds = alike.reduce((first, life) => Math.min(first, life.startSeconds), Number.POSITIVE_INFINITY);
    const endSeconds = alike.reduce((last, life) => Math.max(last, life.endSeconds), 0);
    const byLength = Map.groupBy(alike, (life) => life.endSeconds - life.startSeconds);
    return [...byLength]
      .sort(([a], [b]) => a - b)
      .map(([length, lived]) => {
        const count = lived.reduce((sum, life) => sum + life.count, 0);
        const life = { ...(lived[0] as InstanceLife), count, startSeconds, endSeconds: startSeconds + length };
        return { life, startSeconds, endSeconds };
      });
  });
}

function periodOf({ startSeconds, endSeconds }: TaskLife) {
  return { startSeconds, endSeconds };
}
