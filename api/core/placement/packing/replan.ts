import { PlanSearch } from "./host-plan.ts";
import type { Group, Instance } from "./instance.ts";
import { type Cut, inflated, needsOf } from "./needs.ts";
import { packInto } from "./pack-into.ts";
import type { Pricing } from "./pricing.ts";

/** What is known of the whole problem, of use for any part of it. */
export interface Known {
  readonly instance: Instance;
  readonly pricing: Pricing;
  readonly prices: Float64Array;
  readonly cuts: readonly Cut[];
}

/** Room that a plan has beyond what is needed, tried in this order: the less, the cheaper, and the harder to pack. */
const spares = [0.04, 0.02, 0.01, 0.005, 0.0025, 0.001, 0];

/** Instances that hold these tasks for less than `below`: host plans first, then the tasks on them. Null: none found. */
export function replan(
  known: Known,
  tasks: { readonly left: Float64Array; readonly hostsLeft: Float64Array },
  limits: { readonly below: number; readonly plansMax: number; readonly nodesMax: number },
): { readonly groups: Group[] | null; readonly cost: number; readonly nodes: number } {
  let groups: Group[] | null = null;
  let cost = limits.below;
  let nodes = 0;
  const needs = { ...needsOf(known.instance, tasks.left, known.cuts), countMax: tasks.hostsLeft };
  for (const spare of spares) {
    const search = new PlanSearch(inflated(needs, spare), cost);
    const { plans, ...found } = search.find({ below: cost, plansMax: limits.plansMax, nodesMax: limits.nodesMax });
    nodes += found.nodes;
    for (const plan of plans) {
      const packed = packInto(plan, { ...known, left: tasks.left });
      if (packed === null) continue;
      groups = packed;
      cost = plan.cost;
      break;
    }
  }
  return { groups, cost, nodes };
}
