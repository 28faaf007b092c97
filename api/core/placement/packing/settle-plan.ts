import { Assignment } from "./assignment.ts";
import { type Settled, settleByColumns } from "./column-plan.ts";
import type { Plan } from "./host-plan.ts";
import type { Instance } from "./instance.ts";
import { packInto } from "./pack-into.ts";
import type { Known } from "./replan.ts";
import { Swaps } from "./swaps.ts";

export interface PlanEffort {
  /** Of tasks, from one instance to another. */
  readonly moves: number;
  /** Of branching on what each instance takes. */
  readonly nodesMax: number;
}

/** Whether the instances of a plan hold all tasks. */
export function settle(plan: Plan, { instance, pricing, prices }: Known, effort: PlanEffort): Settled {
  const packed = packInto(plan, { instance, pricing, left: instance.counts, prices });
  if (packed !== null) return { nodes: 0, is: "packed", groups: packed };
  const tried = settleByTask(plan, instance, effort);
  if (tried.is !== "open") return tried;
  const settled = settleByColumns(plan, instance, prices);
  return { ...settled, nodes: settled.nodes + tried.nodes };
}

/** The same, with no regard to contents that many instances may share. */
export function settleByTask(plan: Plan, instance: Instance, { moves, nodesMax }: PlanEffort): Settled {
  const hosts = plan.hosts.flatMap(({ host, count }) => new Array<number>(count).fill(host));
  const groupsOf = (contents: readonly Float64Array[]) =>
    hosts.map((host, at) => ({ host, content: contents[at] as Float64Array, count: 1 }));
  const swaps = new Swaps(instance, hosts);
  const isPacked = swaps.run(moves);
  if (isPacked) return { nodes: Math.ceil(swaps.nodes), is: "packed", groups: groupsOf(swaps.contents) };
  if (!Assignment.isPossible(instance, hosts)) return { nodes: Math.ceil(swaps.nodes), is: "open" };
  const assignment = new Assignment(instance, hosts, nodesMax);
  const verdict = assignment.run();
  const nodes = Math.ceil(swaps.nodes + assignment.nodes);
  if (verdict === "packed") return { nodes, is: "packed", groups: groupsOf(assignment.contents) };
  return verdict === "open" ? { nodes, is: "open" } : { nodes, is: "refuted", prices: assignment.prices };
}
