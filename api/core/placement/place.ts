import type { Placement } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import type { Result } from "../model/problem.ts";
import { cheapestMix } from "./cheapest-mix.ts";
import { onGivenCapacity } from "./given-capacity.ts";
import { oneType } from "./one-type.ts";

/**
 * Instances that hold every task for its whole life: of the capacity that is given, else the cheapest of one type as the orchestrator
 * itself would fill them, else the cheapest set of any types. Types with a published price are taken before those with an estimated one.
 */
export function place(request: PlacementRequest): Result<Placement> {
  if (request.fleet === "one-type" && request.capacity !== null) return onGivenCapacity(request, request.capacity);
  const search = request.fleet === "one-type" ? oneType : cheapestMix;
  const published = request.hostTypes.filter((type) => !type.estimated);
  const result = search({ ...request, hostTypes: published });
  if (result.ok || published.length === request.hostTypes.length) return result;
  return search(request);
}
