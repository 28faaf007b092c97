import type { Deployments } from "../model/scaling.ts";

const secondsPerWeek = 604_800;

/** Extra tasks alive together for `rounds` rounds laid end to end. */
export interface ExtraTasks {
  readonly count: number;
  readonly startSeconds: number;
  readonly rounds: number;
}

/** The second at which the k-th deployment (from 0) begins. */
export function deploymentSecond(deployments: Deployments, number: number): number {
  return deployments.perWeek === 0
    ? Number.POSITIVE_INFINITY
    : Math.floor(((number + 0.5) * secondsPerWeek) / deployments.perWeek);
}

/**
 * What a deployment of `tasks` tasks that begins at `t` adds, and when it is over. One that can neither start nor stop a task is stuck: it
 * adds nothing and is over at once. Source: botocore ecs 2014-11-13, DeploymentConfiguration.
 */
export function deploy(
  deployments: Deployments,
  tasks: number,
  t: number,
): { readonly extra: readonly ExtraTasks[]; readonly endSeconds: number } {
  const { kind, maximumPercent, minimumHealthyPercent, roundSeconds } = deployments;
  if (kind === "blue-green") {
    return { extra: some([{ count: tasks, startSeconds: t, rounds: 1 }]), endSeconds: t + roundSeconds };
  }
  const more = Math.max(0, Math.floor((tasks * maximumPercent) / 100) - tasks);
  const fewer = Math.max(0, tasks - Math.ceil((tasks * minimumHealthyPercent) / 100));
  const perRound = Math.min(tasks, more + fewer);
  if (perRound === 0) return { extra: [], endSeconds: t };
  const full = Math.floor(tasks / perRound);
  const left = tasks % perRound;
  return {
    extra: some([
      { count: Math.min(more, perRound), startSeconds: t, rounds: full },
      { count: Math.min(more, left), startSeconds: t + full * roundSeconds, rounds: 1 },
    ]),
    endSeconds: t + Math.ceil(tasks / perRound) * roundSeconds,
  };
}

function some(extra: readonly ExtraTasks[]): ExtraTasks[] {
  return extra.filter(({ count }) => count > 0);
}
