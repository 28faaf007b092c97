import type { InstanceLife } from "./placement.ts";

const secondsPerHour = 3600;

/** Instance-seconds of each type in each hour of the period, one hour after another; the last one may be a part of one. */
export function* instanceSecondsByHour(
  lives: readonly InstanceLife[],
  periodSeconds: number,
): Generator<ReadonlyMap<string, number>> {
  const inOrder = [...lives].sort((a, b) => a.startSeconds - b.startSeconds);
  let alive: InstanceLife[] = [];
  let next = 0;
  for (let hour = 0; hour < periodSeconds; hour += secondsPerHour) {
    const end = Math.min(hour + secondsPerHour, periodSeconds);
    for (; (inOrder[next]?.startSeconds ?? end) < end; next++) alive.push(inOrder[next] as InstanceLife);
    alive = alive.filter(({ endSeconds }) => endSeconds > hour);
    const seconds = new Map<string, number>();
    for (const { instanceType, count, startSeconds, endSeconds } of alive) {
      const lived = count * (Math.min(endSeconds, end) - Math.max(startSeconds, hour));
      seconds.set(instanceType, (seconds.get(instanceType) ?? 0) + lived);
    }
    yield seconds;
  }
}
