import type { Placement } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import type { Problem, Result } from "../model/problem.ts";
import { nothingHolds } from "./misfits.ts";
import { mixOf } from "./mix.ts";
import { mixProof } from "./mix-proof.ts";
import { simplestMix } from "./simplest-mix.ts";

/** The cheapest set of instances of any types, zone by zone, with a bound that no other set is below. */
export function cheapestMix(request: PlacementRequest): Result<Placement> {
  const problems = notSearchable(request);
  if (problems.length > 0) return { ok: false, problems };
  const found = mixOf(request);
  if (found === null) return { ok: false, problems: [nothingHolds(request)] };
  const { instances } = found;
  const proof = mixProof(found, found.problem, request);
  return { ok: true, value: { instances, packing: { ...proof, simplest: simplestMix(instances, request) } } };
}

/** What depends on what else is on an instance is beyond the search. */
function notSearchable(request: PlacementRequest): Problem[] {
  const services = [...new Set(request.lives.map(({ service }) => service))];
  return services
    .filter((service) => request.tasks.get(service)?.allowsInstance)
    .map((service) => ({
      code: "placement_constraint_not_searched",
      path: "",
      message: `A placement constraint of ${service} depends on the tasks beside it (task:group, runningTasksCount), which the search for the cheapest mix does not follow. The other options on instances do.`,
    }));
}
