import { Assignment, stepsForOne } from "./assignment.ts";
import { type Settled, settleByColumns } from "./column-plan.ts";
import type { Plan } from "./host-plan.ts";
import { packInto } from "./pack-into.ts";
import { planCuts } from "./plan-cuts.ts";
import type { Known } from "./replan.ts";
import { Swaps } from "./swaps.ts";

/** More of them make branching slower than they make it shorter. */
const cutsMax = 3;

/** Whether the instances of a plan hold all tasks; `nodesMax`: of moving tasks about, and as many of branching. */
export function settle(plan: Plan, known: Known, nodesMax: number): Settled {
  const { instance, pricing, prices } = known;
  const packed = packInto(plan, { instance, pricing, left: instance.counts, prices });
  if (packed !== null) return { nodes: 0, is: "packed", groups: packed };
  const tried = settleByTask(plan, known, nodesMax);
  if (tried.is !== "open") return tried;
  const settled = settleByColumns(plan, instance, prices);
  return { ...settled, nodes: settled.nodes + tried.nodes };
}

/** The same, with no regard to contents that many instances may share. */
export function settleByTask(plan: Plan, { instance, pricing }: Known, nodesMax: number): Settled {
  const hosts = plan.hosts.flatMap(({ host, count }) => new Array<number>(count).fill(host));
  const groupsOf = (contents: readonly Float64Array[]) =>
    hosts.map((host, at) => ({ host, content: contents[at] as Float64Array, count: 1 }));
  // Another effort, another way through.
  const swaps = new Swaps(instance, hosts, nodesMax);
  const isPacked = swaps.run(nodesMax);
  let nodes = Math.ceil(swaps.nodes);
  if (isPacked) return { nodes, is: "packed", groups: groupsOf(swaps.contents) };
  if (!Assignment.isPossible(instance, hosts)) return { nodes, is: "open" };
  const { cuts, isRefuted, steps } = planCuts(instance, hosts, pricing);
  nodes += Math.ceil(steps / stepsForOne);
  if (isRefuted) return { nodes, is: "refuted", prices: cuts.at(-1)?.prices ?? null };
  const assignment = new Assignment(instance, hosts, { cuts: cuts.slice(-cutsMax), nodesMax });
  const verdict = assignment.run();
  nodes += Math.ceil(assignment.nodes);
  if (verdict === "packed") return { nodes, is: "packed", groups: groupsOf(assignment.contents) };
  return verdict === "open" ? { nodes, is: "open" } : { nodes, is: "refuted", prices: assignment.prices };
}
