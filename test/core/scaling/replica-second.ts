import type { ReplicaController, ReplicaRules } from "../../../api/core/model/replica-controller.ts";

interface Scene {
  readonly tasks: number;
  readonly min: number;
  readonly max: number;
  readonly startSeconds: number;
  readonly periodSeconds: number;
  /** CPU units in the slot that begins at the second. */
  readonly wanted: (t: number) => number;
}

/**
 * The rules of a controller of replicas on CPU as kubernetes.io writes them, every 15 seconds by themselves, with all that ever happened
 * looked through again. Tasks stop at once, the newest first. Returns [second, wanted] wherever that changes.
 */
export function replicasSlotBySlot(controller: ReplicaController, scene: Scene): [second: number, tasks: number][] {
  const ready: number[] = new Array(scene.tasks).fill(0);
  const proposals: { t: number; count: number }[] = [];
  const counts: { t: number; count: number }[] = [{ t: 0, count: scene.tasks }];
  for (let t = 15; t < scene.periodSeconds; t += 15) {
    const current = ready.length;
    // Who ran in the slot before, and what they took.
    const running = ready.filter((at) => at <= t - 15).length;
    const proposal = proposed(controller, { current, running, load: scene.wanted(t - 15) });
    if (proposal === null || current === 0) continue;
    proposals.push({ t, count: proposal });
    const { up, down } = controller;
    const inWindow = (seconds: number) => proposals.filter((one) => one.t > t - seconds || one.t === t);
    const least = Math.min(...inWindow(up.windowSeconds).map(({ count }) => count));
    const most = Math.max(...inWindow(down.windowSeconds).map(({ count }) => count));
    let wanted = Math.min(most, Math.max(least, current));
    if (wanted > current) wanted = Math.min(wanted, Math.max(current, limit(up, { counts, t, sign: 1 })));
    else if (wanted < current) wanted = Math.max(wanted, Math.min(current, limit(down, { counts, t, sign: -1 })));
    wanted = Math.max(scene.min, Math.min(scene.max, wanted));
    if (wanted === current) continue;
    counts.push({ t, count: wanted });
    while (ready.length > wanted) ready.pop();
    while (ready.length < wanted) ready.push(t + scene.startSeconds);
  }
  return counts.map(({ t, count }) => [t, count]);
}

function proposed(
  { metrics: [metric], tolerance }: ReplicaController,
  { current, running, load }: { readonly current: number; readonly running: number; readonly load: number },
): number | null {
  if (metric === undefined || running === 0) return null;
  const percent = (tasks: number) => Math.floor((load * 100) / (tasks * metric.each) + 1e-9);
  const ratio = percent(running) / metric.targetPercent;
  const near = (one: number) => one >= 1 - tolerance - 1e-9 && one <= 1 + tolerance + 1e-9;
  if (near(ratio)) return current;
  if (ratio < 1) return Math.ceil(ratio * running - 1e-9);
  const ofAll = percent(current) / metric.targetPercent;
  if (near(ofAll) || ofAll < 1) return current;
  return Math.ceil(ofAll * current - 1e-9);
}

/** How many there may be, by how many there were when each policy's period began. */
function limit(
  { select, policies }: ReplicaRules,
  given: { readonly counts: readonly { t: number; count: number }[]; readonly t: number; readonly sign: 1 | -1 },
): number {
  const { counts, t, sign } = given;
  const now = counts.at(-1)?.count ?? 0;
  if (select === "disabled") return now;
  const limits = policies.map(({ kind, value, periodSeconds }) => {
    const before = counts.findLast((one) => one.t <= t - periodSeconds)?.count ?? counts[0]?.count ?? 0;
    if (kind === "tasks") return before + sign * value;
    const exact = (before * (100 + sign * value)) / 100;
    return sign === 1 ? Math.ceil(exact) : Math.floor(exact);
  });
  const largest = sign === 1 ? Math.max(...limits) : Math.min(...limits);
  const smallest = sign === 1 ? Math.min(...limits) : Math.max(...limits);
  return select === "max" ? largest : smallest;
}
