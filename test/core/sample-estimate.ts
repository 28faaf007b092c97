import type { Estimate } from "../../api/core/model/comparison.ts";
import { Exact } from "../../api/core/model/exact.ts";
import { aCharge } from "./sample-book.ts";

/** A feasible option of one line at this cost, all of it web's. */
export function anEstimate(id: string, cost: string, fields: Partial<Estimate> = {}): Estimate {
  return {
    id,
    label: id,
    launchType: id,
    purchaseOption: "on-demand",
    runs: [],
    tasks: [],
    problems: [],
    charges: [aCharge("web", cost)],
    total: new Exact(cost),
    range: null,
    totalOnceMended: null,
    allocation: [{ service: "web", cost: new Exact(cost) }],
    fleet: null,
    fleetCost: null,
    existing: null,
    packing: null,
    realisation: null,
    scaling: null,
    interruptions: new Map(),
    assumptions: [],
    spotWithoutLeave: [],
    ...fields,
  };
}
